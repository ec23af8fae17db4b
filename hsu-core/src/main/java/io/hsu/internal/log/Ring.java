package io.hsu.internal.log;

import io.hsu.LogLine;
import io.hsu.StreamKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The last lines of a process as bytes, bounded in number and in size; it numbers all lines. What is kept needs no objects, and
 * no memory before there is something to keep. Safe for use by many threads.
 */
final class Ring {

    /** In bytes: one process's memory is bounded whatever its lines look like. */
    private static final int MAX_SIZE = 1024 * 1024;

    private static final int FIRST_SIZE = 512;
    private static final int FIRST_LINES = 8;

    private static final int STDERR = 1;
    private static final int SPLIT = 2;

    private final int maxLines;
    private long latest;

    private byte[] data = new byte[0];
    /** Where the next line's bytes go; those that are kept lie before it, perhaps round the end. */
    private int dataEnd;

    private int dataSize;

    private int first;
    private int count;
    private int[] lengths = new int[0];
    private byte[] flags = new byte[0];
    private long[] launches = new long[0];
    private long[] times = new long[0];

    Ring(int maxLines) {
        this.maxLines = maxLines;
    }

    /** Numbers lines, and keeps those that would be among the last. */
    synchronized void addAll(LineTable lines) {
        int all = lines.count();
        latest += lines.skipped();
        lines.number(latest + 1);
        latest += all;
        int passedOver = Math.max(0, all - maxLines);
        if (passedOver > 0 || lines.skipped() > 0) {
            forgetAll();
        }
        for (int index = passedOver; index < all; index++) {
            add(lines, index);
        }
    }

    private void add(LineTable lines, int index) {
        int start = lines.start(index);
        int length = lines.end(index) - start;
        while (count == maxLines || (count > 0 && dataSize + length > MAX_SIZE)) {
            dataSize -= lengths[first];
            first = next(first);
            count--;
        }
        if (count == lengths.length) {
            growLines();
        }
        if (dataSize + length > data.length) {
            growData(dataSize + length);
        }
        int at = (first + count) % lengths.length;
        lengths[at] = length;
        flags[at] = (byte)
                ((lines.origin().stream() == StreamKind.STDERR ? STDERR : 0) | (lines.isSplit(index) ? SPLIT : 0));
        launches[at] = lines.launch();
        times[at] = lines.epochNanos();
        count++;
        int fits = Math.min(length, data.length - dataEnd);
        System.arraycopy(lines.bytes(), start, data, dataEnd, fits);
        System.arraycopy(lines.bytes(), start + fits, data, 0, length - fits);
        dataEnd = wrapped(dataEnd + length);
        dataSize += length;
    }

    /** {@return the number of the latest line; 0 before the first} */
    synchronized long latest() {
        return latest;
    }

    /** {@return the last lines, oldest first, as many as there are} */
    synchronized List<LogLine> tail(int wanted) {
        return from(Math.max(0, count - wanted), Math.min(wanted, count));
    }

    /** What a follower gets next: lines, and how many it has missed before them. */
    record Next(List<LogLine> lines, long missed) {}

    /** {@return the lines behind a cursor, so many at most} */
    synchronized Next after(long cursor, int max) {
        long oldest = latest - count + 1;
        long missed = Math.max(0, oldest - 1 - cursor);
        long known = Math.max(0, cursor - (oldest - 1));
        if (known >= count) { // a cursor may be that of another manager, far ahead
            return new Next(List.of(), missed);
        }
        int index = (int) known;
        return new Next(from(index, Math.min(max, count - index)), missed);
    }

    private List<LogLine> from(int index, int wanted) {
        List<LogLine> lines = new ArrayList<>(wanted);
        int at = wrapped(dataEnd - dataSize + data.length);
        for (int skipped = 0; skipped < index; skipped++) {
            at = wrapped(at + lengths[(first + skipped) % lengths.length]);
        }
        for (int taken = index; taken < index + wanted; taken++) {
            int place = (first + taken) % lengths.length;
            lines.add(new LogLine(
                    latest - count + 1 + taken,
                    launches[place],
                    LineTable.at(times[place]),
                    (flags[place] & STDERR) != 0 ? StreamKind.STDERR : StreamKind.STDOUT,
                    text(at, lengths[place]),
                    (flags[place] & SPLIT) != 0));
            at = wrapped(at + lengths[place]);
        }
        return lines;
    }

    private String text(int at, int length) {
        if (at + length <= data.length) {
            return new String(data, at, length, StandardCharsets.UTF_8);
        }
        byte[] whole = Arrays.copyOfRange(data, at, at + length);
        int fits = data.length - at;
        System.arraycopy(data, 0, whole, fits, length - fits);
        return new String(whole, StandardCharsets.UTF_8);
    }

    private void forgetAll() {
        count = 0;
        dataSize = 0;
    }

    private int next(int place) {
        return place + 1 == lengths.length ? 0 : place + 1;
    }

    private int wrapped(int at) {
        return at >= data.length ? at - data.length : at;
    }

    private void growLines() {
        int size = Math.min(maxLines, Math.max(FIRST_LINES, lengths.length * 2));
        int[] newLengths = new int[size];
        byte[] newFlags = new byte[size];
        long[] newLaunches = new long[size];
        long[] newTimes = new long[size];
        for (int index = 0; index < count; index++) {
            int from = (first + index) % lengths.length;
            newLengths[index] = lengths[from];
            newFlags[index] = flags[from];
            newLaunches[index] = launches[from];
            newTimes[index] = times[from];
        }
        lengths = newLengths;
        flags = newFlags;
        launches = newLaunches;
        times = newTimes;
        first = 0;
    }

    private void growData(int needed) {
        byte[] more = new byte[Math.max(needed, Math.min(MAX_SIZE, Math.max(FIRST_SIZE, data.length * 2)))];
        int at = wrapped(dataEnd - dataSize + data.length);
        int fits = Math.min(dataSize, data.length - at);
        System.arraycopy(data, at, more, 0, fits);
        System.arraycopy(data, 0, more, fits, dataSize - fits);
        data = more;
        dataEnd = dataSize == more.length ? 0 : dataSize;
    }
}
