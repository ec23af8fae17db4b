package io.hsu;

import io.hsu.internal.Require;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Where a process's output goes. Immutable.
 *
 * <p>The output is always read, so that a process never waits on a full pipe; this says who gets it besides the ring of
 * last lines in memory. Defaults: both streams captured, 1000 lines kept, forwarded to nobody.
 */
public final class OutputSpec {

    private final boolean captureStdout;
    private final boolean captureStderr;
    private final int keptLines;
    private final List<Target> targets;

    private OutputSpec(Builder builder) {
        this.captureStdout = builder.captureStdout;
        this.captureStderr = builder.captureStderr;
        this.keptLines = builder.keptLines;
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
        builder.keptLines = keptLines;
        builder.targets.addAll(targets);
        return builder;
    }

    /** {@return whether a stream is captured; if not, what is written there is discarded by the system} */
    public boolean captures(StreamKind stream) {
        return stream == StreamKind.STDOUT ? captureStdout : captureStderr;
    }

    /** {@return how many last lines are kept in memory} */
    public int keptLines() {
        return keptLines;
    }

    /** {@return who else gets the output, in the order they were added} */
    public List<Target> targets() {
        return targets;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OutputSpec that
                && captureStdout == that.captureStdout
                && captureStderr == that.captureStderr
                && keptLines == that.keptLines
                && targets.equals(that.targets);
    }

    @Override
    public int hashCode() {
        return Objects.hash(captureStdout, captureStderr, keptLines, targets);
    }

    @Override
    public String toString() {
        return "OutputSpec[keep %d lines, %s]".formatted(keptLines, targets);
    }

    /** Someone who gets one stream of a process. */
    public sealed interface Target {

        /** {@return the stream} */
        StreamKind stream();

        /**
         * A plain file that lines are appended to, byte for byte.
         *
         * @param stream the stream
         * @param path an absolute path, or one below {@code managed_processes/} in the manager's log directory; {@code
         *     {process_id}} in it stands for the process
         */
        record File(StreamKind stream, Path path) implements Target {
            public File {
                Require.nonNull(stream, "stream");
                Require.nonNull(path, "path");
            }
        }

        /**
         * The slf4j logger {@code hsu.process.<id>.<stream>}, at level INFO.
         *
         * @param stream the stream
         */
        record Slf4j(StreamKind stream) implements Target {
            public Slf4j {
                Require.nonNull(stream, "stream");
            }
        }

        /**
         * The manager's own standard output.
         *
         * @param stream the stream
         * @param prefix what stands before each line; {@code {process_id}} in it stands for the process
         */
        record ManagerStdout(StreamKind stream, String prefix) implements Target {
            public ManagerStdout {
                Require.nonNull(stream, "stream");
                Require.nonNull(prefix, "prefix");
            }
        }

        /**
         * The manager's own standard error.
         *
         * @param stream the stream
         * @param prefix what stands before each line; {@code {process_id}} in it stands for the process
         */
        record ManagerStderr(StreamKind stream, String prefix) implements Target {
            public ManagerStderr {
                Require.nonNull(stream, "stream");
                Require.nonNull(prefix, "prefix");
            }
        }
    }

    /** Builds an {@link OutputSpec}. Not safe for use by many threads. */
    public static final class Builder {
        private boolean captureStdout = true;
        private boolean captureStderr = true;
        private int keptLines = 1000;
        private final List<Target> targets = new ArrayList<>();

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

        /** Sets how many last lines are kept in memory; at least 1. Default: 1000 (and never more than 1 MiB). */
        public Builder keptLines(int lines) {
            this.keptLines = Require.atLeast(lines, 1, "lines");
            return this;
        }

        /** Adds a target. */
        public Builder target(Target target) {
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
            return target(new Target.Slf4j(StreamKind.STDOUT)).target(new Target.Slf4j(StreamKind.STDERR));
        }

        /** Writes a file per stream, {@code <id>-stdout.log} and {@code <id>-stderr.log}, in the manager's log directory. */
        public Builder toFiles() {
            return target(new Target.File(StreamKind.STDOUT, Path.of("{process_id}-stdout.log")))
                    .target(new Target.File(StreamKind.STDERR, Path.of("{process_id}-stderr.log")));
        }

        /** {@return the settings; the builder may be used again} */
        public OutputSpec build() {
            return new OutputSpec(this);
        }
    }
}
