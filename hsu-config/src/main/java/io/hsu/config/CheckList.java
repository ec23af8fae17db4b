package io.hsu.config;

import io.hsu.HealthCheckSpec;
import io.hsu.ProcessSpec;
import io.hsu.ProcessSpecBuilder;
import io.hsu.spi.HealthCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The health checks of a process while it is read: no two have one name, and each goes with the process. */
final class CheckList {

    private final Map<String, Place> names = new HashMap<>();
    private final List<Placed> checks = new ArrayList<>();
    private boolean clash;

    /**
     * A check, and who hears what is wrong with it.
     *
     * @param spec what Java would say
     * @param look what looks; {@code spec} may only name it
     * @param refuse hears why it does not go with the process
     */
    record Placed(HealthCheckSpec spec, HealthCheck look, Consumer<String> refuse) {
        HealthCheckSpec resolved() {
            return spec.toBuilder().check(look).build();
        }
    }

    void add(Placed check) {
        checks.add(check);
    }

    /**
     * Takes a name, which no other check may have.
     *
     * @param shown the name as it is written
     * @param place where it is given, or else where the check begins
     */
    void name(String name, String shown, Place place, Problems problems) {
        Place other = names.putIfAbsent(name, place);
        if (other == null) {
            return;
        }
        clash = true;
        // What is read first need not stand first.
        Place first = place.isBefore(other) ? place : other;
        names.put(name, first);
        problems.error(
                first.equals(place) ? other : place,
                "is called '%s', as the check in line %d is; give it a 'name' of its own"
                        .formatted(shown, first.line()));
    }

    /** {@return whether two checks have one name, which has been told} */
    boolean hasClash() {
        return clash;
    }

    /**
     * {@return the process with the checks that go with it}
     *
     * @throws IllegalStateException if something else is wrong with it
     */
    ProcessSpec build(ProcessSpecBuilder process) {
        List<Placed> fitting = whyNot(process, checks).isEmpty() ? checks : fitting(process);
        process.clearHealthChecks();
        fitting.forEach(check -> process.check(check.spec()));
        return process.build();
    }

    /** One after the other, to know which of them it is. */
    private List<Placed> fitting(ProcessSpecBuilder process) {
        List<Placed> fitting = new ArrayList<>();
        for (Placed check : checks) {
            fitting.add(check);
            whyNot(process, fitting).ifPresent(reason -> {
                fitting.remove(fitting.size() - 1);
                check.refuse().accept(reason);
            });
        }
        return fitting;
    }

    private static Optional<String> whyNot(ProcessSpecBuilder process, List<Placed> checks) {
        process.clearHealthChecks();
        checks.forEach(check -> process.check(check.resolved()));
        try {
            process.build();
            return Optional.empty();
        } catch (RuntimeException e) {
            // The builder wraps what a check says in words of its own; where the file says it, they are not needed.
            boolean wrapped = e.getCause() instanceof IllegalArgumentException;
            return Optional.of(ProviderMessage.of(wrapped ? e.getCause() : e, "check"));
        }
    }
}
