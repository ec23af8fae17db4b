package io.hsu.internal.engine;

import io.hsu.Dependency;
import io.hsu.DesiredState;
import io.hsu.HealthStatus;
import io.hsu.ProcessSpec;
import io.hsu.ProcessState;
import java.util.Locale;
import java.util.function.Function;

/** Whether what a process waits for has come, and what to say if not. */
final class Dependencies {

    /** How it stands with a process's dependencies. */
    sealed interface Standing {

        /** {@return what is waited for; null if nothing} */
        String waitingFor();

        /** All are there. */
        record Met() implements Standing {
            @Override
            public String waitingFor() {
                return null;
            }
        }

        /** One is still to come. */
        record Pending(String waitingFor) implements Standing {}

        /** One cannot come as things are; should it come all the same, the process starts. */
        record Hopeless(String waitingFor) implements Standing {}
    }

    private static final int MAX_TEXT = 500;

    private final Function<String, Snapshot> others;

    /**
     * @param others gives another process's snapshot, or null if there is none
     */
    Dependencies(Function<String, Snapshot> others) {
        this.others = others;
    }

    Standing of(ProcessSpec spec) {
        Standing worst = new Standing.Met();
        for (Dependency dependency : spec.dependencies()) {
            Standing one = standing(dependency, others.apply(dependency.id()));
            if (one instanceof Standing.Hopeless) {
                return one;
            }
            if (one instanceof Standing.Pending && worst instanceof Standing.Met) {
                worst = one;
            }
        }
        return worst;
    }

    private static Standing standing(Dependency dependency, Snapshot other) {
        if (other != null && !other.startPending() && isMet(dependency.condition(), other)) {
            return new Standing.Met();
        }
        String wanted = "'%s' to be %s"
                .formatted(dependency.id(), dependency.condition().name().toLowerCase(Locale.ROOT));
        if (other == null) {
            return new Standing.Hopeless(wanted + ", but it was removed");
        }
        if (other.startPending()) {
            return new Standing.Pending(wanted + " (about to be started)"); // how its last run ended counts no more
        }
        String because = whyHopeless(other);
        if (because != null) {
            return new Standing.Hopeless(wanted + ", but " + because);
        }
        String now = other.waitingFor() == null
                ? "now " + other.state()
                : "which itself waits for " + shortened(other.waitingFor());
        return new Standing.Pending("%s (%s)".formatted(wanted, now));
    }

    /** What is about to be stopped is not there any more, though it still runs. */
    private static boolean isMet(Dependency.Condition condition, Snapshot other) {
        boolean runs = other.state() == ProcessState.RUNNING && other.desired() == DesiredState.RUNNING;
        return switch (condition) {
            case STARTED -> runs || other.completed();
            case HEALTHY -> runs && other.health() == HealthStatus.HEALTHY;
            case COMPLETED -> other.completed();
        };
    }

    /** {@return why it cannot come as things are; null if it can} */
    private static String whyHopeless(Snapshot other) {
        if (other.desired() == DesiredState.STOPPED && other.state() != ProcessState.FAILED) {
            return other.state() == ProcessState.REGISTERED ? "it is not started" : "it is stopped";
        }
        if (other.waitingFor() != null) {
            // How its last run ended counts no more: it is to start again.
            return other.waitingHopelessly() ? "it waits for " + shortened(other.waitingFor()) : null;
        }
        if (other.state() == ProcessState.FAILED) {
            return "it is FAILED: " + other.reason();
        }
        return other.state() == ProcessState.STOPPED ? "it has ended: " + other.reason() : null;
    }

    /** In a long chain, what each one waits for would otherwise hold what all before it wait for. */
    private static String shortened(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }
}
