package io.hsu;

import io.hsu.internal.Require;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * When a log file is set aside and a new one begun, and how many are kept. Immutable and safe for use by many threads: every
 * method that sets something returns a changed copy.
 *
 * <p>A file that is set aside is renamed to {@code <name>.<time>}, so that names sort by age. It always ends with a whole
 * line: no line is lost, doubled or split, and a file may be larger than {@code maxSize} by the end of its last line. Old files
 * are looked at when one is opened or set aside.
 */
public final class Rotation {

    /** A file is never left alone for less; a line longer than that makes the file longer. */
    private static final long LEAST_SIZE = 1024;

    private static final Rotation NONE = new Rotation(Long.MAX_VALUE, Integer.MAX_VALUE, null, false);
    private static final Rotation DEFAULT = ofSize(Bytes.mib(50)).maxFiles(10);

    private final long maxSize;
    private final int maxFiles;
    private final Duration maxAge;
    private final boolean compressed;

    private Rotation(long maxSize, int maxFiles, Duration maxAge, boolean compressed) {
        this.maxSize = maxSize;
        this.maxFiles = maxFiles;
        this.maxAge = maxAge;
        this.compressed = compressed;
    }

    /** {@return the default: 50 MiB a file, 10 files kept besides the current one, no age, not compressed} */
    public static Rotation defaults() {
        return DEFAULT;
    }

    /** {@return no rotation: one file grows without bound; who rotates it from outside may rename or truncate it} */
    public static Rotation none() {
        return NONE;
    }

    /**
     * {@return rotation by size, with 10 files kept}
     *
     * @param bytes how large a file may become; at least 1 KiB
     */
    public static Rotation ofSize(long bytes) {
        return new Rotation(checkedSize(bytes), 10, null, false);
    }

    /** Sets how large a file may become, in bytes; at least 1 KiB. */
    public Rotation maxSize(long bytes) {
        return new Rotation(checkedSize(bytes), maxFiles, maxAge, compressed);
    }

    /** Sets how many files are kept besides the current one; the oldest are deleted. */
    public Rotation maxFiles(int files) {
        return new Rotation(maxSize, Require.atLeast(files, 0, "maxFiles"), maxAge, compressed);
    }

    /**
     * Sets the age at which a file is set aside, counted from its first line; and at which one that was set aside is deleted,
     * counted from its last line.
     */
    public Rotation maxAge(Duration age) {
        return new Rotation(maxSize, maxFiles, Require.positive(age, "maxAge"), compressed);
    }

    /** Compresses what is set aside (gzip, RFC 1952), in the background; its name ends in {@code .gz} then. */
    public Rotation compressed() {
        return new Rotation(maxSize, maxFiles, maxAge, true);
    }

    /** {@return how large a file may become, in bytes; {@link Long#MAX_VALUE}: any size} */
    public long maxSize() {
        return maxSize;
    }

    /** {@return how many files are kept besides the current one} */
    public int maxFiles() {
        return maxFiles;
    }

    /** {@return at which age files are set aside and deleted} */
    public Optional<Duration> maxAge() {
        return Optional.ofNullable(maxAge);
    }

    /** {@return whether what is set aside is compressed} */
    public boolean isCompressed() {
        return compressed;
    }

    private static long checkedSize(long bytes) {
        Require.argument(bytes >= LEAST_SIZE, "maxSize must be %d bytes or more, but is %d", LEAST_SIZE, bytes);
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rotation that
                && maxSize == that.maxSize
                && maxFiles == that.maxFiles
                && Objects.equals(maxAge, that.maxAge)
                && compressed == that.compressed;
    }

    @Override
    public int hashCode() {
        return Objects.hash(maxSize, maxFiles, maxAge, compressed);
    }

    @Override
    public String toString() {
        return "Rotation[maxSize=%s, maxFiles=%s, maxAge=%s, compressed=%s]"
                .formatted(
                        maxSize == Long.MAX_VALUE ? "unlimited" : maxSize,
                        maxFiles == Integer.MAX_VALUE ? "unlimited" : maxFiles,
                        maxAge,
                        compressed);
    }
}
