package io.hsu.config;

import io.hsu.LogTarget;
import io.hsu.OutputSpec;
import java.time.Duration;
import java.util.Optional;

/** What is kept in memory: for slow targets, and for those who ask for the last lines. */
record LogBuffering(Optional<Long> size, Optional<Duration> flushInterval, Optional<Integer> maxLines) {

    static final LogBuffering NONE = new LogBuffering(Optional.empty(), Optional.empty(), Optional.empty());

    /** {@return what {@code buffering} says} */
    static LogBuffering read(Block block) {
        LogBuffering targets = ofTargets(block, "size");
        return new LogBuffering(
                targets.size(),
                targets.flushInterval(),
                block.read("max_lines", value -> value.integer(0, Integer.MAX_VALUE)));
    }

    /** {@return what a block says about the buffers of targets} */
    static LogBuffering ofTargets(Block block, String sizeKey) {
        return new LogBuffering(
                readSize(block, sizeKey),
                block.read("flush_interval", Value::duration, LogTarget.stdout()::flushInterval),
                Optional.empty());
    }

    /** {@return what the flat shape's {@code logging} says} */
    static LogBuffering ofSize(Block block) {
        return new LogBuffering(readSize(block, "buffer_size"), Optional.empty(), Optional.empty());
    }

    private static Optional<Long> readSize(Block block, String key) {
        return block.read(key, Value::size, LogTarget.stdout()::bufferSize);
    }

    LogBuffering over(LogBuffering below) {
        return new LogBuffering(
                size.or(below::size), flushInterval.or(below::flushInterval), maxLines.or(below::maxLines));
    }

    void applyTo(OutputSpec.Builder output) {
        maxLines.ifPresent(output::keptLines);
    }

    LogTarget applyTo(LogTarget target) {
        LogTarget sized = size.map(target::bufferSize).orElse(target);
        return flushInterval.map(sized::flushInterval).orElse(sized);
    }
}
