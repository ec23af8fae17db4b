package io.hsu.config;

import io.hsu.OutputCapture;
import io.hsu.OutputSpec;
import io.hsu.Overflow;
import java.util.Optional;

/** How output gets to the manager, and what happens when it comes too fast. */
record LogCapture(
        Optional<Boolean> stdout,
        Optional<Boolean> stderr,
        Optional<OutputCapture> way,
        Optional<Overflow> overflow,
        Optional<Integer> lineLimit,
        Optional<Long> spoolLimit) {

    static final LogCapture NONE = new LogCapture(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * {@return what a block says}
     *
     * @param canSpool whether the manager has a state directory
     */
    static LogCapture read(Block block, boolean canSpool) {
        OutputSpec.Builder limits = OutputSpec.builder();
        Optional<OutputCapture> way = block.read("capture", value -> value.word(OutputCapture.class));
        if (way.equals(Optional.of(OutputCapture.SPOOL)) && !canSpool) {
            block.problems()
                    .warning(
                            block.value("capture").orElseThrow().place(),
                            "a spool lies in the manager's state directory, but the file names none; give process_manager a base_directory, or set a state directory in Java");
        }
        return new LogCapture(
                block.read("capture_stdout", Value::bool),
                block.read("capture_stderr", Value::bool),
                way,
                block.read("overflow", value -> value.word(Overflow.class)),
                block.read("line_limit", Value::smallSize, limits::lineLimit),
                block.read("spool_limit", Value::size, limits::spoolLimit));
    }

    LogCapture over(LogCapture below) {
        return new LogCapture(
                stdout.or(below::stdout),
                stderr.or(below::stderr),
                way.or(below::way),
                overflow.or(below::overflow),
                lineLimit.or(below::lineLimit),
                spoolLimit.or(below::spoolLimit));
    }

    void applyTo(OutputSpec.Builder output) {
        stdout.ifPresent(output::captureStdout);
        stderr.ifPresent(output::captureStderr);
        way.ifPresent(output::capture);
        overflow.ifPresent(output::overflow);
        lineLimit.ifPresent(output::lineLimit);
        spoolLimit.ifPresent(output::spoolLimit);
    }
}
