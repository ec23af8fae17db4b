package io.hsu.config;

import io.hsu.LogTarget;
import io.hsu.StreamKind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Files that several targets write, judged for all of them together: they must rotate one in the same way. */
final class SharedFiles {

    /** As the builder has it. */
    private static final String FOLDER = "managed_processes";

    private final Problems problems;
    private final Map<Path, PlacedTarget> first = new HashMap<>();
    private final Set<Place> told = new HashSet<>();

    private SharedFiles(Problems problems) {
        this.problems = problems;
    }

    /** Reports those that rotate a file in another way than one before. */
    static void check(LogCollection logs, List<ProcessDraft> drafts, Path logDirectory, Problems problems) {
        SharedFiles files = new SharedFiles(problems);
        Path directory = logDirectory.toAbsolutePath();
        if (logs.enabled()) {
            logs.aggregates().forEach(target -> files.add(target, directory, OutputOf.ALL));
        }
        Path ofProcesses = directory.resolve(logs.system().processDirectory().orElse(FOLDER));
        for (ProcessDraft draft : drafts) {
            logs.of(draft.log).targets().forEach(target -> files.add(target, ofProcesses, OutputOf.of(draft.id)));
        }
    }

    private void add(PlacedTarget placed, Path directory, OutputOf output) {
        LogTarget target = placed.target();
        if (target.rotation().isEmpty()) {
            return;
        }
        Set<StreamKind> streams = target.streams();
        OutputOf heard = streams.size() == 1 ? output.only(streams.iterator().next()) : output;
        Path file = directory.resolve(heard.inPath(target.settings().get("path").toString()));
        PlacedTarget other = first.putIfAbsent(file.normalize(), placed);
        if (other != null && !other.target().rotation().equals(target.rotation()) && told.add(placed.place())) {
            problems.error(
                    placed.place(),
                    "writes the file that the target in line %d writes, but rotates it in another way; write the same rotation, or another path"
                            .formatted(other.place().line()));
        }
    }
}
