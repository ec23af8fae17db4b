package io.hsu.internal.limit;

import io.hsu.Limit;
import io.hsu.LimitAction;
import io.hsu.LimitKind;
import io.hsu.Severity;
import io.hsu.internal.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Judges what one launch uses by its limits. It knows no clock: each look is told the time. Used from the process's mailbox only.
 *
 * <p>What is above a limit is a spike until the tolerance is over, and nobody hears of it. Then it is a violation: it is told, and
 * what leaves the process running is done (log, alert, throttle). What ends the process (shutdown, kill, restart) is done when the
 * violation has been sustained, and not before the startup grace is over. A warning only is told.
 */
public final class LimitWatch {

    /** From this many times the limit on, it is an emergency. */
    private static final double EMERGENCY = 1.5;

    private static final int PERCENT = 100;

    /** Hears what is found, in the process's mailbox. */
    public interface Listener {

        /** The use has come near the limit, or above it. */
        void exceeded(Finding finding);

        /** The use is well below the limit again. */
        void recovered(Finding finding);

        /** The violation has lasted: what is to be done that ends the process is due. */
        void due(Finding finding);
    }

    /**
     * What was found.
     *
     * @param limit the limit
     * @param value what is used, in the limit's unit
     * @param severity how bad it is
     * @param lasted how long it has been so, as far as the looks tell
     */
    public record Finding(Limit limit, double value, Severity severity, Duration lasted) {

        /** {@return the same in words} */
        public String words() {
            LimitKind kind = limit.kind();
            String relation = severity == Severity.WARNING
                    ? "near the limit of "
                    : value > limit.amount() ? "above the limit of " : "at the limit of ";
            return "%s is %s, %s%s%s"
                    .formatted(
                            kind.label(),
                            kind.text(value),
                            relation,
                            kind.text(limit.amount()),
                            lasted.isZero() ? "" : ", for " + Durations.text(lasted));
        }
    }

    private final List<Standing> standings = new ArrayList<>();
    private final Predicate<Limit> held;
    private final Duration tolerance;
    private final Duration sustained;
    private final Listener listener;

    /**
     * @param limits the limits, as they are now
     * @param held whether the kernel holds a limit, so that nothing comes above it: to be at it is to have reached it
     * @param tolerance how long a spike may last
     * @param sustained how long a violation must last before the process is ended for it
     */
    public LimitWatch(
            List<Limit> limits, Predicate<Limit> held, Duration tolerance, Duration sustained, Listener listener) {
        this.held = held;
        this.tolerance = tolerance;
        this.sustained = sustained.compareTo(tolerance) > 0 ? sustained : tolerance;
        this.listener = listener;
        limits.forEach(limit -> standings.add(new Standing(limit)));
    }

    /**
     * A look.
     *
     * @param use what counts for a limit, in its unit; NaN if it is not known
     * @param nanos when
     * @param mayEnd whether the process may be ended for a violation: its startup grace is over
     */
    public void look(ToDoubleFunction<Limit> use, long nanos, boolean mayEnd) {
        for (Standing standing : standings) {
            double value = use.applyAsDouble(standing.limit);
            if (!Double.isNaN(value)) {
                standing.look(value, nanos, mayEnd);
            }
        }
    }

    /** {@return whether a limit is exceeded at the moment, be it a spike, that may cost the process its life} */
    public boolean isInDanger() {
        return standings.stream().anyMatch(standing -> standing.above && ends(standing.limit.action()));
    }

    /** {@return whether a limit is exceeded at the moment, and that is no spike} */
    public boolean isViolated(Limit limit) {
        return standings.stream()
                .anyMatch(
                        standing -> standing.limit.equals(limit) && standing.above && standing.level == Level.EXCEEDED);
    }

    /** There was a look that saw nothing: how long a limit has been exceeded counts anew. */
    public void interrupt() {
        standings.forEach(Standing::interrupt);
    }

    /** Forgets what has been found: the looks so far do not count. */
    public void forget() {
        standings.forEach(Standing::forget);
    }

    /** {@return whether an action ends the process} */
    public static boolean ends(LimitAction action) {
        return switch (action) {
            case NONE, LOG, ALERT, THROTTLE -> false;
            case GRACEFUL_SHUTDOWN, IMMEDIATE_KILL, RESTART, RESTART_ADJUSTED -> true;
        };
    }

    private enum Level {
        FINE,
        WARNED,
        EXCEEDED
    }

    /** How it stands with one limit. */
    private final class Standing {
        private final Limit limit;
        private Level level = Level.FINE;
        private boolean above;
        private long aboveSince;
        private boolean told;

        Standing(Limit limit) {
            this.limit = limit;
        }

        void look(double value, long nanos, boolean mayEnd) {
            boolean reached = value >= limit.amount() && held.test(limit);
            if (value > limit.amount() || reached) {
                above(value, nanos, mayEnd);
            } else {
                below(value);
            }
        }

        private void above(double value, long nanos, boolean mayEnd) {
            if (!above) {
                above = true;
                aboveSince = nanos;
            }
            Duration lasted = Duration.ofNanos(nanos - aboveSince);
            if (lasted.compareTo(tolerance) < 0) {
                return;
            }
            Severity severity = value >= limit.amount() * EMERGENCY ? Severity.EMERGENCY : Severity.CRITICAL;
            Finding finding = new Finding(limit, value, severity, lasted);
            if (level != Level.EXCEEDED) {
                level = Level.EXCEEDED;
                listener.exceeded(finding);
            }
            if (!told && mayEnd && ends(limit.action()) && lasted.compareTo(sustained) >= 0) {
                told = true;
                listener.due(finding);
            }
        }

        private void below(double value) {
            above = false;
            told = false;
            boolean near = value > 0 && value >= limit.amount() * limit.warnAt() / PERCENT && limit.warnAt() < PERCENT;
            Finding finding = new Finding(limit, value, Severity.WARNING, Duration.ZERO);
            if (near && level == Level.FINE) {
                level = Level.WARNED;
                listener.exceeded(finding);
            } else if (!near && level != Level.FINE) {
                level = Level.FINE;
                listener.recovered(finding);
            }
        }

        void interrupt() {
            above = false;
            told = false;
        }

        void forget() {
            interrupt();
            level = Level.FINE;
        }
    }
}
