package io.hsu;

import io.hsu.internal.Require;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Somewhere that output goes: a {@link io.hsu.spi.LogSinkProvider} by its type, what that is told, and how lines are written
 * there. Immutable and safe for use by many threads: every method that sets something returns a changed copy.
 *
 * <p>Defaults: both streams, {@link LogFormat#PLAIN}, no prefix, a buffer of 1 MiB, written at once.
 */
public final class LogTarget {

    /** The type of {@link #file}. */
    public static final String FILE = "file";
    /** The type of {@link #stdout}. */
    public static final String STDOUT = "stdout";
    /** The type of {@link #stderr}. */
    public static final String STDERR = "stderr";
    /** The type of {@link #slf4j}. */
    public static final String SLF4J = "slf4j";

    private static final long BUFFER_SIZE = Bytes.mib(1);
    private static final long LEAST_BUFFER = 1024;

    private final String type;
    private final Map<String, Object> settings;
    private final Rotation rotation;
    private final Set<StreamKind> streams;
    private final LogFormat format;
    private final String prefix;
    private final long bufferSize;
    private final Duration flushInterval;

    private LogTarget(Draft draft) {
        this.type = draft.type;
        this.settings = draft.settings;
        this.rotation = draft.rotation;
        this.streams = draft.streams;
        this.format = draft.format;
        this.prefix = draft.prefix;
        this.bufferSize = draft.bufferSize;
        this.flushInterval = draft.flushInterval;
    }

    /**
     * {@return a file that lines are appended to, rotated by {@link Rotation#defaults()}}
     *
     * @param path an absolute path, or one below {@code managed_processes/} in the manager's log directory; {@code
     *     {process_id}} in it stands for the process, {@code {stream}} for the stream ({@code output} where it gets both). Several targets may name one file if
     *     they rotate it in the same way
     */
    public static LogTarget file(Path path) {
        return file(Require.nonNull(path, "path").toString());
    }

    /** As {@link #file(Path)}. */
    public static LogTarget file(String path) {
        Require.noNul(Require.nonBlank(path, "path"), "path");
        return of(FILE, Map.of("path", path)).rotation(Rotation.defaults());
    }

    /** {@return the manager's own standard output} */
    public static LogTarget stdout() {
        return of(STDOUT, Map.of());
    }

    /** {@return the manager's own standard error} */
    public static LogTarget stderr() {
        return of(STDERR, Map.of());
    }

    /**
     * {@return the slf4j logger {@code hsu.process.<id>.<stream>}, at the level that a line says it has, else INFO; the
     * logging framework decides how lines are written}
     */
    public static LogTarget slf4j() {
        return of(SLF4J, Map.of());
    }

    /**
     * {@return a target of any type}
     *
     * @param type the {@linkplain io.hsu.spi.LogSinkProvider#type() type} of a provider
     * @param settings what the provider is told: strings, numbers, booleans, lists and maps of them
     */
    public static LogTarget of(String type, Map<String, ?> settings) {
        return new LogTarget(new Draft(Require.nonBlank(type, "type"), Require.nonNull(settings, "settings")));
    }

    /** Takes one stream only. */
    public LogTarget only(StreamKind stream) {
        Draft draft = new Draft(this);
        draft.streams = Set.of(Require.nonNull(stream, "stream"));
        return new LogTarget(draft);
    }

    /** Sets how lines are written. */
    public LogTarget format(LogFormat format) {
        Draft draft = new Draft(this);
        draft.format = Require.nonNull(format, "format");
        return new LogTarget(draft);
    }

    /** Sets what stands before each line, a blank behind it; {@code {process_id}} in it stands for the process. Not with JSON. */
    public LogTarget prefix(String prefix) {
        Draft draft = new Draft(this);
        draft.prefix = Require.nonNull(prefix, "prefix");
        return new LogTarget(draft);
    }

    /**
     * Sets when a file is set aside.
     *
     * @throws IllegalStateException if this is not a file
     */
    public LogTarget rotation(Rotation rotation) {
        if (!type.equals(FILE)) {
            throw new IllegalStateException("only files are rotated, but this target is of type '%s'".formatted(type));
        }
        Draft draft = new Draft(this);
        draft.rotation = Require.nonNull(rotation, "rotation");
        return new LogTarget(draft);
    }

    /**
     * Sets how much may wait for a target that is slow, fails, or is not written at once.
     *
     * @param bytes at least 1 KiB; when so much waits, {@link OutputSpec#overflow} decides
     */
    public LogTarget bufferSize(long bytes) {
        Require.argument(bytes >= LEAST_BUFFER, "bufferSize must be %d bytes or more, but is %d", LEAST_BUFFER, bytes);
        Draft draft = new Draft(this);
        draft.bufferSize = bytes;
        return new LogTarget(draft);
    }

    /**
     * Sets how long lines may be gathered in the buffer before they are written; zero: not at all. What is gathered when the
     * host dies is lost, unless it comes from a {@linkplain OutputCapture#SPOOL spool}.
     */
    public LogTarget flushInterval(Duration interval) {
        Draft draft = new Draft(this);
        draft.flushInterval = Require.notNegative(interval, "flushInterval");
        return new LogTarget(draft);
    }

    /** {@return the provider's type} */
    public String type() {
        return type;
    }

    /** {@return what the provider is told} */
    public Map<String, Object> settings() {
        return settings;
    }

    /** {@return how a file is rotated; empty for other types} */
    public Optional<Rotation> rotation() {
        return Optional.ofNullable(rotation);
    }

    /** {@return which streams it gets} */
    public Set<StreamKind> streams() {
        return streams;
    }

    /** {@return how lines are written} */
    public LogFormat format() {
        return format;
    }

    /** {@return what stands before each line} */
    public String prefix() {
        return prefix;
    }

    /** {@return how many bytes may wait for it} */
    public long bufferSize() {
        return bufferSize;
    }

    /** {@return how long lines may be gathered before they are written} */
    public Duration flushInterval() {
        return flushInterval;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogTarget that
                && type.equals(that.type)
                && settings.equals(that.settings)
                && Objects.equals(rotation, that.rotation)
                && streams.equals(that.streams)
                && format == that.format
                && prefix.equals(that.prefix)
                && bufferSize == that.bufferSize
                && flushInterval.equals(that.flushInterval);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, settings, streams, format, prefix);
    }

    /** Shows no settings but a file's path: they may be secrets. */
    @Override
    public String toString() {
        return "LogTarget[%s%s, %s, %s]"
                .formatted(type, type.equals(FILE) ? " " + settings.get("path") : "", streams, format);
    }

    /** What is not fixed yet. */
    private static final class Draft {
        private final String type;
        private final Map<String, Object> settings;
        private Rotation rotation;
        private Set<StreamKind> streams;
        private LogFormat format = LogFormat.PLAIN;
        private String prefix = "";
        private long bufferSize = BUFFER_SIZE;
        private Duration flushInterval = Duration.ZERO;

        Draft(String type, Map<String, ?> settings) {
            this.type = type;
            this.settings = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(settings));
            this.streams = java.util.Collections.unmodifiableSet(EnumSet.allOf(StreamKind.class));
        }

        Draft(LogTarget target) {
            this.type = target.type;
            this.settings = target.settings;
            this.rotation = target.rotation;
            this.streams = target.streams;
            this.format = target.format;
            this.prefix = target.prefix;
            this.bufferSize = target.bufferSize;
            this.flushInterval = target.flushInterval;
        }
    }
}
