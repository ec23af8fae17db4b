package io.hsu.config;

import io.hsu.Dependency.Condition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the processes wait for, judged for all of them together: every id is there, and none waits for itself. */
final class Dependencies {

    private final Map<String, ProcessDraft> drafts = new LinkedHashMap<>();
    private final Set<String> leftOut;
    private final Set<String> done = new HashSet<>();
    private final Set<String> open = new HashSet<>();

    private Dependencies(List<ProcessDraft> drafts, Set<String> leftOut) {
        drafts.forEach(draft -> this.drafts.putIfAbsent(draft.id, draft));
        this.leftOut = leftOut;
    }

    /**
     * Sets the dependencies of each process, and reports those that cannot be.
     *
     * @param drafts the processes
     * @param leftOut ids of processes that a lenient load goes without
     */
    static void apply(List<ProcessDraft> drafts, Set<String> leftOut) {
        Dependencies all = new Dependencies(drafts, leftOut);
        drafts.forEach(all::applyTo);
        all.drafts.values().forEach(all::findCircles);
    }

    private void applyTo(ProcessDraft draft) {
        for (ProcessDraft.Edge edge : draft.dependencies) {
            ProcessDraft other = drafts.get(edge.id());
            if (other != null) {
                if (!edge.id().equals(draft.id)) {
                    refuseIfNeverHealthy(edge, other);
                    draft.spec.dependsOn(edge.id(), edge.condition());
                }
            } else if (leftOut.contains(edge.id())) {
                edge.at()
                        .source()
                        .problems()
                        .warning(
                                edge.at().keyPlace(),
                                "'%s' is left out, so nothing waits for it".formatted(edge.shownId()));
            } else {
                problem(edge, "there is no process '%s'; %s".formatted(edge.shownId(), hint(edge)));
            }
        }
    }

    /** Nobody can wait for the health of a process that is not checked. */
    private static void refuseIfNeverHealthy(ProcessDraft.Edge edge, ProcessDraft other) {
        if (edge.condition() == Condition.HEALTHY && other.checked() == ProcessDraft.Checked.NEVER) {
            problem(
                    edge,
                    "'%1$s' never becomes healthy, because no health check of it is enabled; give '%1$s' one, or write 'condition: started'"
                            .formatted(edge.shownId()));
        }
    }

    private String hint(ProcessDraft.Edge edge) {
        List<String> ids = drafts.values().stream().map(draft -> draft.shownId).toList();
        return edge.at().isSecret()
                ? "known are " + String.join(", ", Shown.few(ids))
                : DidYouMean.hint(edge.id(), ids);
    }

    /** Goes down every path once; by hand, because a chain may be longer than the stack is deep. */
    private void findCircles(ProcessDraft root) {
        Deque<Step> path = new ArrayDeque<>();
        enter(root, path);
        while (!path.isEmpty()) {
            Step step = path.getLast();
            if (!step.rest().hasNext()) {
                open.remove(path.removeLast().draft().id);
                continue;
            }
            ProcessDraft.Edge edge = step.rest().next();
            ProcessDraft next = drafts.get(edge.id());
            if (next != null && open.contains(next.id)) {
                List<String> ids = Stream.concat(path.stream().map(Step::draft), Stream.of(next))
                        .dropWhile(draft -> draft != next)
                        .map(draft -> draft.shownId)
                        .toList();
                String circle = String.join(" -> ", Shown.few(ids));
                problem(edge, "processes wait for each other in a circle: %s; remove one of these".formatted(circle));
            } else if (next != null) {
                enter(next, path);
            }
        }
    }

    private void enter(ProcessDraft draft, Deque<Step> path) {
        if (done.add(draft.id)) {
            open.add(draft.id);
            path.addLast(new Step(draft, draft.dependencies.iterator()));
        }
    }

    private record Step(ProcessDraft draft, Iterator<ProcessDraft.Edge> rest) {}

    private static void problem(ProcessDraft.Edge edge, String message) {
        edge.at().source().problems().error(edge.at().keyPlace(), message);
    }
}
