package io.hsu.benchmarks.logs;

import io.hsu.benchmarks.support.CannotMeasureException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which scenarios and contenders {@code --only} names. Without a scenario's name, all that have a named contender; without
 * a contender's, all contenders; without any name, everything.
 */
final class Selection {

    private final List<String> scenarios;
    private final List<String> contenders;

    private Selection(List<String> scenarios, List<String> contenders) {
        this.scenarios = scenarios;
        this.contenders = contenders;
    }

    /**
     * {@return what some names choose}
     *
     * @throws CannotMeasureException if nothing has one of the names
     */
    static Selection of(List<String> names, List<? extends Scenario> all) {
        List<String> scenarios = all.stream().map(Scenario::key).toList();
        List<String> contenders = all.stream()
                .flatMap(scenario -> scenario.contenders().stream())
                .distinct()
                .toList();
        List<String> unknown = new ArrayList<>(names);
        unknown.removeAll(scenarios);
        unknown.removeAll(contenders);
        if (!unknown.isEmpty()) {
            throw new CannotMeasureException(
                    "--only: nothing is called %s; there are the scenarios %s and the contenders %s"
                            .formatted(unknown, scenarios, contenders));
        }
        return new Selection(
                names.stream().filter(scenarios::contains).toList(),
                names.stream().filter(contenders::contains).toList());
    }

    boolean has(Scenario scenario) {
        if (!scenarios.isEmpty()) {
            return scenarios.contains(scenario.key());
        }
        return contenders.isEmpty() || scenario.contenders().stream().anyMatch(contenders::contains);
    }

    /** {@return whether a contender takes part in the scenarios that have it} */
    boolean has(String contender) {
        return contenders.isEmpty() || contenders.contains(contender);
    }
}
