package io.hsu.benchmarks.managers;

import io.hsu.benchmarks.proc.ProcFs;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Looks for children that have come to run. What was there before, and what was found, is not looked at again. */
final class ChildSearch {

    private final Children children;
    private final Set<Long> settled = new HashSet<>();

    /** Begins a search; to be made before the children are started. */
    ChildSearch(Children children) {
        this.children = children;
        Arrays.stream(ProcFs.pids()).forEach(settled::add);
    }

    /** {@return the children that were not there at the last look: their numbers and process ids} */
    Map<Integer, Long> look() {
        Map<Integer, Long> found = new HashMap<>();
        for (long pid : ProcFs.pids()) {
            if (!settled.contains(pid)) {
                // Not one yet, it may still become one: a fork bears its parent's command line until it is replaced.
                OptionalInt index = children.index(ProcFs.read(pid, "cmdline").orElse(""));
                index.ifPresent(number -> {
                    found.put(number, pid);
                    settled.add(pid);
                });
            }
        }
        return found;
    }
}
