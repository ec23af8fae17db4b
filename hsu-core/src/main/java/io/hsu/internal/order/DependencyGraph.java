package io.hsu.internal.order;

import io.hsu.Dependency;
import io.hsu.ProcessSpec;
import io.hsu.internal.Require;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who waits for whom. Immutable; free of circles by construction. */
public final class DependencyGraph {

    private final Map<String, ProcessSpec> processes;

    private DependencyGraph(Map<String, ProcessSpec> processes) {
        this.processes = processes;
    }

    /**
     * {@return the graph of these processes}
     *
     * @throws IllegalArgumentException if a dependency is not among them, can never be healthy, or leads in a circle
     */
    public static DependencyGraph of(Collection<ProcessSpec> specs) {
        Map<String, ProcessSpec> processes = new LinkedHashMap<>();
        specs.forEach(spec -> processes.put(spec.id(), spec));
        DependencyGraph graph = new DependencyGraph(processes);
        specs.forEach(graph::checkDependencies);
        graph.refuseCircles();
        return graph;
    }

    /** {@return everything a process depends on, directly or not, without itself} */
    public Set<String> dependenciesOf(String id) {
        Set<String> all = new LinkedHashSet<>();
        collect(id, all);
        return all;
    }

    private void collect(String id, Set<String> all) {
        for (Dependency dependency : processes.get(id).dependencies()) {
            if (all.add(dependency.id())) {
                collect(dependency.id(), all);
            }
        }
    }

    /** {@return who waits for a process directly} */
    public List<String> dependantsOf(String id) {
        return processes.values().stream()
                .filter(spec -> spec.dependencies().stream()
                        .anyMatch(dependency -> dependency.id().equals(id)))
                .map(ProcessSpec::id)
                .toList();
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
                            || other.healthChecks().stream().anyMatch(check -> check.enabled()),
                    "process '%s' waits until '%s' is healthy, but '%s' has no health check that is enabled; "
                            + "add one, or wait until it is started",
                    spec.id(),
                    dependency.id(),
                    dependency.id());
        }
    }

    private void refuseCircles() {
        Set<String> done = new HashSet<>();
        for (String id : processes.keySet()) {
            visit(id, new ArrayList<>(), done);
        }
    }

    private void visit(String id, List<String> path, Set<String> done) {
        int begin = path.indexOf(id);
        if (begin >= 0) {
            List<String> circle = new ArrayList<>(path.subList(begin, path.size()));
            circle.add(id);
            throw new IllegalArgumentException(
                    "dependencies lead in a circle: %s; remove one of them".formatted(String.join(" -> ", circle)));
        }
        if (done.contains(id)) {
            return;
        }
        path.add(id);
        processes.get(id).dependencies().forEach(dependency -> visit(dependency.id(), path, done));
        path.remove(path.size() - 1);
        done.add(id);
    }
}
