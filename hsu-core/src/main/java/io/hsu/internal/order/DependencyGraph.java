package io.hsu.internal.order;

import io.hsu.Dependency;
import io.hsu.HealthCheckSpec;
import io.hsu.ProcessSpec;
import io.hsu.Restart;
import io.hsu.internal.Require;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who waits for whom. Immutable; free of circles by construction. Nothing here recurses: a chain may be as long as there is
 * memory.
 */
public final class DependencyGraph {

    private final Map<String, ProcessSpec> processes;
    private final Map<String, List<String>> dependants = new HashMap<>();
    private final List<String> dependenciesFirst;

    private DependencyGraph(Map<String, ProcessSpec> processes) {
        this.processes = processes;
        processes.values().forEach(this::checkDependencies);
        processes
                .values()
                .forEach(spec -> spec.dependencies()
                        .forEach(dependency -> dependants
                                .computeIfAbsent(dependency.id(), id -> new ArrayList<>())
                                .add(spec.id())));
        this.dependenciesFirst = sort();
    }

    /**
     * {@return the graph of these processes}
     *
     * @throws IllegalArgumentException if a dependency is not among them, can never be healthy, or leads in a circle
     */
    public static DependencyGraph of(Collection<ProcessSpec> specs) {
        Map<String, ProcessSpec> processes = new LinkedHashMap<>();
        specs.forEach(spec -> processes.put(spec.id(), spec));
        return new DependencyGraph(processes);
    }

    /** {@return all processes, each one after those that it depends on} */
    public List<String> dependenciesFirst() {
        return dependenciesFirst;
    }

    /** {@return everything a process depends on, directly or not, without itself} */
    public Set<String> dependenciesOf(String id) {
        Set<String> all = new LinkedHashSet<>();
        Deque<String> toVisit = new ArrayDeque<>(List.of(id));
        while (!toVisit.isEmpty()) {
            for (Dependency dependency : processes.get(toVisit.remove()).dependencies()) {
                if (all.add(dependency.id())) {
                    toVisit.add(dependency.id());
                }
            }
        }
        return all;
    }

    /** {@return who waits for a process directly} */
    public List<String> dependantsOf(String id) {
        return dependants.getOrDefault(id, List.of());
    }

    private void checkDependencies(ProcessSpec spec) {
        for (Dependency dependency : spec.dependencies()) {
            ProcessSpec other = processes.get(dependency.id());
            Require.argument(
                    other != null,
                    "process '%s' depends on '%s', which is not registered; add it first, or correct the id",
                    spec.id(),
                    dependency.id());
            Require.argument(
                    dependency.condition() != Dependency.Condition.HEALTHY
                            || other.healthChecks().stream().anyMatch(HealthCheckSpec::enabled),
                    "process '%s' waits until '%s' is healthy, but '%s' has no health check that is enabled; "
                            + "add one, or wait until it is started",
                    spec.id(),
                    dependency.id(),
                    dependency.id());
            Require.argument(
                    dependency.condition() != Dependency.Condition.COMPLETED || mayComplete(other),
                    "process '%s' waits until '%s' has completed, but its restart policy '%s' starts it again whenever it ends; "
                            + "take %s or %s",
                    spec.id(),
                    dependency.id(),
                    other.restart().policyName(),
                    Restart.ON_FAILURE,
                    Restart.NEVER);
        }
    }

    private static boolean mayComplete(ProcessSpec other) {
        String policy = other.restart().policyName();
        return !policy.equals(Restart.ALWAYS) && !policy.equals(Restart.UNLESS_STOPPED);
    }

    /** Kahn's way: again and again take a process all of whose dependencies have been taken. */
    private List<String> sort() {
        Map<String, Integer> missing = new LinkedHashMap<>();
        Deque<String> free = new ArrayDeque<>();
        processes.forEach((id, spec) -> {
            missing.put(id, spec.dependencies().size());
            if (spec.dependencies().isEmpty()) {
                free.add(id);
            }
        });
        List<String> sorted = new ArrayList<>();
        while (!free.isEmpty()) {
            String id = free.remove();
            sorted.add(id);
            missing.remove(id);
            for (String dependant : dependantsOf(id)) {
                if (missing.merge(dependant, -1, Integer::sum) == 0) {
                    free.add(dependant);
                }
            }
        }
        Require.argument(
                missing.isEmpty(),
                "dependencies lead in a circle: %s; remove one of them",
                missing.isEmpty() ? "" : String.join(" -> ", circleAmong(missing.keySet())));
        return List.copyOf(sorted);
    }

    /** Every process that is left has a dependency that is left: who goes on from one to the next comes round. */
    private List<String> circleAmong(Set<String> left) {
        List<String> way = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        String at = left.iterator().next();
        while (seen.add(at)) {
            way.add(at);
            at = processes.get(at).dependencies().stream()
                    .map(Dependency::id)
                    .filter(left::contains)
                    .findFirst()
                    .orElseThrow();
        }
        List<String> circle = new ArrayList<>(way.subList(way.indexOf(at), way.size()));
        circle.add(at);
        return circle;
    }
}
