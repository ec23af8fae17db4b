package io.hsu.config;

import io.hsu.OutputSpec;
import io.hsu.OutputSpec.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a log block says. What it leaves open is empty, so that a process's block can be laid over the one for all, key by
 * key.
 */
record LogSettings(
        Optional<Boolean> enabled,
        Optional<Boolean> captureStdout,
        Optional<Boolean> captureStderr,
        Optional<Integer> maxLines,
        Optional<List<Target>> stdout,
        Optional<List<Target>> stderr,
        Optional<List<Target>> forwarding) {

    static final LogSettings NONE = captures(Optional.empty(), Optional.empty());

    static LogSettings captures(Optional<Boolean> stdout, Optional<Boolean> stderr) {
        return new LogSettings(
                Optional.empty(),
                stdout,
                stderr,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    LogSettings over(LogSettings below) {
        return new LogSettings(
                enabled.or(below::enabled),
                captureStdout.or(below::captureStdout),
                captureStderr.or(below::captureStderr),
                maxLines.or(below::maxLines),
                stdout.or(below::stdout),
                stderr.or(below::stderr),
                forwarding.or(below::forwarding));
    }

    LogSettings disabled() {
        return new LogSettings(Optional.of(false), captureStdout, captureStderr, maxLines, stdout, stderr, forwarding);
    }

    /** Log collection that is off forwards nothing; the output is read and its last lines are kept all the same. */
    OutputSpec toOutput() {
        OutputSpec.Builder output = OutputSpec.builder();
        captureStdout.ifPresent(output::captureStdout);
        captureStderr.ifPresent(output::captureStderr);
        maxLines.ifPresent(output::keptLines);
        if (enabled.orElse(true)) {
            Stream.of(stdout, stderr, forwarding)
                    .flatMap(Optional::stream)
                    .forEach(targets -> targets.forEach(output::target));
        }
        return output.build();
    }
}
