package io.hsu.internal.log;

import io.hsu.LogLevel;
import io.hsu.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Lines of one stream, one behind the other in one array. Used by one thread at a time, again for each chunk that is read, so
 * that lines need no objects; {@link #copy} is for whoever keeps them.
 */
final class LineTable {

    /** Lines that were cut in two have a rest that follows. */
    private static final byte SPLIT = 1;

    private static final int FIRST_LINES = 64;

    private byte[] bytes = new byte[0];
    private int count;
    private int[] starts = new int[FIRST_LINES];
    private int[] ends = new int[FIRST_LINES];
    private byte[] flags = new byte[FIRST_LINES];
    private long[] numbers = new long[FIRST_LINES];
    private long[] sequences = new long[FIRST_LINES];
    private int splits;
    private long skipped;

    private Origin origin;
    private long launch;
    private long epochNanos;
    private byte[] timestamp;
    private long timestampMillis = Long.MIN_VALUE;

    /** Begins anew. */
    void begin(Origin from, long launchNumber, Instant at) {
        count = 0;
        splits = 0;
        skipped = 0;
        origin = from;
        launch = launchNumber;
        epochNanos = at.getEpochSecond() * 1_000_000_000L + at.getNano();
    }

    /** {@return where the bytes of lines are to be put; the lines that are there keep their places} */
    byte[] reserve(int size) {
        if (bytes.length < size) {
            bytes = Arrays.copyOf(bytes, Math.max(size, bytes.length * 2));
        }
        return bytes;
    }

    void add(int start, int end, boolean isSplit, long number) {
        if (count == starts.length) {
            int more = count * 2;
            starts = Arrays.copyOf(starts, more);
            ends = Arrays.copyOf(ends, more);
            flags = Arrays.copyOf(flags, more);
            numbers = Arrays.copyOf(numbers, more);
            sequences = Arrays.copyOf(sequences, more);
        }
        starts[count] = start;
        ends[count] = end;
        flags[count] = isSplit ? SPLIT : 0;
        splits += isSplit ? 1 : 0;
        numbers[count] = number;
        count++;
    }

    /** Lines came before these that nobody will look at. */
    void skip(long lines) {
        skipped = lines;
    }

    /** {@return how many lines came before these and are only counted} */
    long skipped() {
        return skipped;
    }

    /** Numbers the lines, from the first on. */
    void number(long first) {
        for (int index = 0; index < count; index++) {
            sequences[index] = first + index;
        }
    }

    /** Leaves lines out; what is left moves up. */
    void keep(int index, int to) {
        starts[to] = starts[index];
        ends[to] = ends[index];
        flags[to] = flags[index];
        numbers[to] = numbers[index];
        sequences[to] = sequences[index];
    }

    void truncate(int lines) {
        count = lines;
    }

    Origin origin() {
        return origin;
    }

    long launch() {
        return launch;
    }

    long epochNanos() {
        return epochNanos;
    }

    int count() {
        return count;
    }

    /** {@return how many of the lines are pieces that go on in the next} */
    int splits() {
        return splits;
    }

    byte[] bytes() {
        return bytes;
    }

    int start(int index) {
        return starts[index];
    }

    int end(int index) {
        return ends[index];
    }

    boolean isSplit(int index) {
        return flags[index] == SPLIT;
    }

    long number(int index) {
        return numbers[index];
    }

    long sequence(int index) {
        return sequences[index];
    }

    /** {@return how many bytes the lines have, a newline each included} */
    long size() {
        long size = count;
        for (int index = 0; index < count; index++) {
            size += ends[index] - starts[index];
        }
        return size;
    }

    String text(int index) {
        return new String(bytes, starts[index], ends[index] - starts[index], StandardCharsets.UTF_8);
    }

    LogLevel level(int index) {
        return LevelDetector.detect(bytes, starts[index], ends[index]);
    }

    LogLine line(int index) {
        return new LogLine(sequences[index], launch, at(epochNanos), origin.stream(), text(index), isSplit(index));
    }

    static Instant at(long epochNanos) {
        return Instant.ofEpochSecond(0, epochNanos);
    }

    /** {@return the time in ISO 8601, to the millisecond, in UTC; made once for all lines} */
    byte[] timestamp() {
        long millis = Math.floorDiv(epochNanos, 1_000_000L);
        if (millis != timestampMillis) {
            timestamp = Timestamps.iso(millis, timestamp);
            timestampMillis = millis;
        }
        return timestamp;
    }

    /** {@return the same lines, for keeping} */
    LineTable copy() {
        LineTable copy = new LineTable();
        copy.origin = origin;
        copy.launch = launch;
        copy.epochNanos = epochNanos;
        copy.count = count;
        copy.splits = splits;
        copy.bytes = new byte[(int) size() - count];
        copy.starts = new int[count];
        copy.ends = new int[count];
        copy.flags = Arrays.copyOf(flags, count);
        copy.numbers = Arrays.copyOf(numbers, count);
        copy.sequences = Arrays.copyOf(sequences, count);
        int at = 0;
        for (int index = 0; index < count; index++) {
            int length = ends[index] - starts[index];
            System.arraycopy(bytes, starts[index], copy.bytes, at, length);
            copy.starts[index] = at;
            at += length;
            copy.ends[index] = at;
        }
        return copy;
    }
}
