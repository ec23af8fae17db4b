package io.hsu;

import io.hsu.internal.Require;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Where a process's output goes. Immutable and safe for use by many threads.
 *
 * <p>The output is always read, so that a process never waits on a full pipe; this says who gets it besides the ring of
 * last lines in memory. Defaults: both streams captured, 1000 lines kept, lines of up to 64 KiB, no targets but the
 * {@linkplain ProcessManagerBuilder#aggregate manager's own}, {@link Overflow#BLOCK}.
 */
public final class OutputSpec {

    private final boolean captureStdout;
    private final boolean captureStderr;
    private final OutputCapture capture;
    private final int keptLines;
    private final int lineLimit;
    private final long spoolLimit;
    private final Overflow overflow;
    private final LogFilter filter;
    private final Set<LogField> fields;
    private final List<LogParser> parsers;
    private final boolean aggregated;
    private final List<LogTarget> targets;

    private OutputSpec(Builder builder) {
        this.captureStdout = builder.captureStdout;
        this.captureStderr = builder.captureStderr;
        this.capture = builder.capture;
        this.keptLines = builder.keptLines;
        this.lineLimit = builder.lineLimit;
        this.spoolLimit = builder.spoolLimit;
        this.overflow = builder.overflow;
        this.filter = builder.filter;
        this.fields = Set.copyOf(builder.fields);
        this.parsers = List.copyOf(builder.parsers);
        this.aggregated = builder.aggregated;
        this.targets = List.copyOf(builder.targets);
    }

    /** {@return a builder with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder that begins with what this one says} */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.captureStdout = captureStdout;
        builder.captureStderr = captureStderr;
        builder.capture = capture;
        builder.keptLines = keptLines;
        builder.lineLimit = lineLimit;
        builder.spoolLimit = spoolLimit;
        builder.overflow = overflow;
        builder.filter = filter;
        builder.fields = fields;
        builder.parsers = parsers;
        builder.aggregated = aggregated;
        builder.targets.addAll(targets);
        return builder;
    }

    /** {@return whether a stream is captured; if not, what is written there is discarded by the system} */
    public boolean captures(StreamKind stream) {
        return stream == StreamKind.STDOUT ? captureStdout : captureStderr;
    }

    /** {@return how it gets to the manager} */
    public OutputCapture capture() {
        return capture;
    }

    /** {@return how many last lines are kept in memory} */
    public int keptLines() {
        return keptLines;
    }

    /** {@return how many bytes a line may have; a longer one is split} */
    public int lineLimit() {
        return lineLimit;
    }

    /** {@return how many bytes may wait in the spool of a stream} */
    public long spoolLimit() {
        return spoolLimit;
    }

    /** {@return what happens when a target's buffer is full} */
    public Overflow overflow() {
        return overflow;
    }

    /** {@return which lines go to the targets} */
    public LogFilter filter() {
        return filter;
    }

    /** {@return what is said about each line, besides its process and stream} */
    public Set<LogField> fields() {
        return fields;
    }

    /** {@return by which lines are understood, in the order they are tried} */
    public List<LogParser> parsers() {
        return parsers;
    }

    /** {@return whether the manager's own targets get it too} */
    public boolean isAggregated() {
        return aggregated;
    }

    /** {@return who else gets the output, in the order they were added} */
    public List<LogTarget> targets() {
        return targets;
    }

    /** Everything that makes two of them equal, in one place. */
    private List<Object> parts() {
        return List.of(
                captureStdout,
                captureStderr,
                capture,
                keptLines,
                lineLimit,
                spoolLimit,
                overflow,
                filter,
                fields,
                parsers,
                aggregated,
                targets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OutputSpec that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    @Override
    public String toString() {
        return "OutputSpec[keep %d lines, %s]".formatted(keptLines, targets);
    }

    /** Builds an {@link OutputSpec}. Not safe for use by many threads. */
    public static final class Builder {
        private boolean captureStdout = true;
        private boolean captureStderr = true;
        private OutputCapture capture = OutputCapture.AUTO;
        private int keptLines = 1000;
        private int lineLimit = 64 * 1024;
        private long spoolLimit = Bytes.mib(256);
        private Overflow overflow = Overflow.BLOCK;
        private LogFilter filter = LogFilter.none();
        private Set<LogField> fields = EnumSet.of(LogField.TIMESTAMP);
        private List<LogParser> parsers = List.of();
        private boolean aggregated = true;
        private final List<LogTarget> targets = new ArrayList<>();

        private Builder() {}

        /** Sets whether standard output is captured. Default: true. */
        public Builder captureStdout(boolean capture) {
            this.captureStdout = capture;
            return this;
        }

        /** Sets whether standard error is captured. Default: true. */
        public Builder captureStderr(boolean capture) {
            this.captureStderr = capture;
            return this;
        }

        /** Sets how output gets to the manager. Default: {@link OutputCapture#AUTO}. */
        public Builder capture(OutputCapture capture) {
            this.capture = Require.nonNull(capture, "capture");
            return this;
        }

        /**
         * Sets how many last lines are kept in memory. Default: 1000 (and never more than 1 MiB). With 0, a stream whose only
         * target is a plain file of its own ({@link LogTarget#only}), rotated by the manager, passes to it through the kernel
         * on Linux, untouched; the last lines in an exit record are read from the file then. Nobody else may write to it.
         */
        public Builder keptLines(int lines) {
            this.keptLines = Require.atLeast(lines, 0, "keptLines");
            return this;
        }

        /** Sets how many bytes a line may have, 256 to 1 MiB; a longer one is split and marked. Default: 64 KiB. */
        public Builder lineLimit(int bytes) {
            Require.argument(
                    bytes >= 256 && bytes <= Bytes.mib(1), "lineLimit must be from 256 to 1048576, but is %d", bytes);
            this.lineLimit = bytes;
            return this;
        }

        /**
         * Sets how many bytes may wait in the {@linkplain OutputCapture#SPOOL spool} of a stream, at least 1 MiB. Default:
         * 256 MiB. Beyond it the process is stopped (SIGSTOP) until half of it has been read, or, with {@link Overflow#DROP},
         * the oldest lines are dropped.
         */
        public Builder spoolLimit(long bytes) {
            Require.argument(bytes >= Bytes.mib(1), "spoolLimit must be 1048576 bytes or more, but is %d", bytes);
            this.spoolLimit = bytes;
            return this;
        }

        /** Sets what happens when a target's buffer is full. Default: {@link Overflow#BLOCK}. */
        public Builder overflow(Overflow overflow) {
            this.overflow = Require.nonNull(overflow, "overflow");
            return this;
        }

        /** Sets which lines go to the targets. Default: all. */
        public Builder filter(LogFilter filter) {
            this.filter = Require.nonNull(filter, "filter");
            return this;
        }

        /** Sets what is said about each line, besides its process and stream. Default: {@link LogField#TIMESTAMP}. */
        public Builder fields(Set<LogField> fields) {
            this.fields = Set.copyOf(Require.nonNull(fields, "fields"));
            return this;
        }

        /** Sets what is said about each line, besides its process and stream. Default: {@link LogField#TIMESTAMP}. */
        public Builder fields(LogField... fields) {
            return fields(Set.of(fields));
        }

        /** Sets by which lines are understood; the first that does decides. Default: none. */
        public Builder parsers(LogParser... parsers) {
            this.parsers = List.of(parsers);
            return this;
        }

        /** Sets whether the {@linkplain ProcessManagerBuilder#aggregate manager's own targets} get it too. Default: true. */
        public Builder aggregated(boolean aggregated) {
            this.aggregated = aggregated;
            return this;
        }

        /** Adds a target. */
        public Builder to(LogTarget target) {
            targets.add(Require.nonNull(target, "target"));
            return this;
        }

        /** Removes all targets. */
        public Builder clearTargets() {
            targets.clear();
            return this;
        }

        /** Forwards both streams to slf4j. */
        public Builder toSlf4j() {
            return to(LogTarget.slf4j());
        }

        /** Writes a file per stream, {@code <id>-stdout.log} and {@code <id>-stderr.log}, in the manager's log directory. */
        public Builder toFiles() {
            return to(LogTarget.file("{process_id}-stdout.log").only(StreamKind.STDOUT))
                    .to(LogTarget.file("{process_id}-stderr.log").only(StreamKind.STDERR));
        }

        /** {@return the settings; the builder may be used again} */
        public OutputSpec build() {
            return new OutputSpec(this);
        }
    }
}
