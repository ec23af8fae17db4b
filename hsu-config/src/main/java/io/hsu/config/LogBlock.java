package io.hsu.config;

import io.hsu.StreamKind;
import java.util.List;
import java.util.Optional;

/** {@code log_collection}, for all processes and for one, and the flat shape's {@code logging}. */
final class LogBlock {

    /** What the top-level block says. */
    record Collection(boolean enabled, LogSettings defaults) {

        /** {@return what holds for a process; with the whole collection off, its own block cannot turn it on} */
        LogSettings of(LogSettings process) {
            LogSettings settings = process.over(defaults);
            return enabled ? settings : settings.disabled();
        }
    }

    private record Separate(Optional<List<LogTarget>> stdout, Optional<List<LogTarget>> stderr) {
        static final Separate NONE = new Separate(Optional.empty(), Optional.empty());
    }

    private record Outputs(Separate separate, Optional<List<LogTarget>> forwarding) {
        static final Outputs NONE = new Outputs(Separate.NONE, Optional.empty());
    }

    static Collection readCollection(Block file) {
        return file.block("log_collection", Section.LOG_COLLECTION, block -> {
                    boolean enabled = block.read("enabled", Value::bool).orElse(true);
                    LogSettings defaults = block.block("default", Section.LOG_OF_PROCESS, LogBlock::readSettings)
                            .orElse(LogSettings.NONE);
                    block.inBlock("system", Section.LOG_SYSTEM, system -> {});
                    return new Collection(enabled, defaults);
                })
                .orElse(new Collection(true, LogSettings.NONE));
    }

    static LogSettings readSettings(Block block) {
        Optional<Boolean> enabled = block.read("enabled", Value::bool);
        LogSettings captures = readCaptures(block);
        Optional<Integer> maxLines = block.block(
                        "buffering",
                        Section.BUFFERING,
                        buffering -> buffering.read("max_lines", value -> value.integer(1, Integer.MAX_VALUE)))
                .flatMap(lines -> lines);
        Outputs outputs =
                block.block("outputs", Section.OUTPUTS, LogBlock::readOutputs).orElse(Outputs.NONE);
        return new LogSettings(
                enabled,
                captures.captureStdout(),
                captures.captureStderr(),
                maxLines,
                outputs.separate().stdout().map(list -> LogTarget.all(list, StreamKind.STDOUT)),
                outputs.separate().stderr().map(list -> LogTarget.all(list, StreamKind.STDERR)),
                outputs.forwarding().map(list -> LogTarget.all(list, StreamKind.STDOUT, StreamKind.STDERR)));
    }

    /** Reads the flat shape's {@code logging}, which says which streams are captured and no more. */
    static LogSettings readCaptures(Block block) {
        return LogSettings.captures(
                block.read("capture_stdout", Value::bool), block.read("capture_stderr", Value::bool));
    }

    private static Outputs readOutputs(Block outputs) {
        Separate separate = outputs.block(
                        "separate",
                        Section.SEPARATE,
                        streams -> new Separate(readTargets(streams, "stdout"), readTargets(streams, "stderr")))
                .orElse(Separate.NONE);
        return new Outputs(separate, readTargets(outputs, "forwarding"));
    }

    private static Optional<List<LogTarget>> readTargets(Block block, String key) {
        return block.read(key, Value::list)
                .map(items -> items.stream()
                        .flatMap(item -> LogTarget.read(item).stream())
                        .toList());
    }

    private LogBlock() {}
}
