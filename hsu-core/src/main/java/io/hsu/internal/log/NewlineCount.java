package io.hsu.internal.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Counts the newlines of a piece of output, and finds one of them again. Used by one thread at a time; eight bytes at a time. */
final class NewlineCount {

    private static final long NEWLINES = 0x0A0A_0A0A_0A0A_0A0AL;
    private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;

    /** How many bytes share one entry of the index. */
    private static final int BLOCK = 8 * 1024;

    private static final int[] NOTHING = {};

    /** How many newlines there are up to the end of each block. */
    private int[] upTo = NOTHING;

    private ByteBuffer bytes;
    private int total;
    private boolean anyLineIsLong;

    /** {@return the high bit of each byte that is a newline, the first byte lowest; exact, whatever the other bytes are} */
    static long in(long littleEndian) {
        long word = littleEndian ^ NEWLINES;
        return ~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS);
    }

    /** {@return how many there are} */
    static long of(ByteBuffer chunk) {
        NewlineCount count = new NewlineCount();
        count.count(chunk, 0, Integer.MAX_VALUE);
        return count.total;
    }

    /** {@return how many lines there are, one that has no end included} */
    static long lines(ByteBuffer chunk) {
        boolean ended = !chunk.hasRemaining() || chunk.get(chunk.limit() - 1) == '\n';
        return of(chunk) + (ended ? 0 : 1);
    }

    /**
     * Counts.
     *
     * @param before how much of the first line came before
     * @param limit how long a line may be
     */
    void count(ByteBuffer chunk, int before, int limit) {
        bytes = chunk.order() == ByteOrder.LITTLE_ENDIAN
                ? chunk
                : chunk.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int blocks = (chunk.remaining() + BLOCK - 1) / BLOCK;
        if (upTo.length < blocks) {
            upTo = new int[blocks];
        }
        total = 0;
        anyLineIsLong = false;
        long lineStart = (long) bytes.position() - before;
        for (int block = 0; block < blocks; block++) {
            int start = bytes.position() + block * BLOCK;
            lineStart = countBlock(start, Math.min(start + BLOCK, bytes.limit()), lineStart, limit);
            upTo[block] = total;
        }
        anyLineIsLong |= bytes.limit() - lineStart > limit;
    }

    /** {@return where the line begins that goes on} */
    private long countBlock(int start, int end, long begun, int limit) {
        long lineStart = begun;
        int count = 0;
        int at = start;
        for (int last = end - Long.BYTES; at <= last; at += Long.BYTES) {
            long found = in(bytes.getLong(at));
            if (found != 0) {
                int first = at + (Long.numberOfTrailingZeros(found) >>> 3);
                anyLineIsLong |= first - lineStart > limit;
                lineStart = (long) at + Long.BYTES - (Long.numberOfLeadingZeros(found) >>> 3);
                count += Long.bitCount(found);
            }
        }
        for (; at < end; at++) {
            if (bytes.get(at) == '\n') {
                anyLineIsLong |= at - lineStart > limit;
                lineStart = at + 1L;
                count++;
            }
        }
        total += count;
        return lineStart;
    }

    int total() {
        return total;
    }

    /** {@return whether a line is longer than the limit, as far as it has come} */
    boolean anyLineIsLong() {
        return anyLineIsLong;
    }

    /** {@return what follows the newline of that number, from 1} */
    int after(long newline) {
        int block = 0;
        while (upTo[block] < newline) {
            block++;
        }
        long left = newline - (block == 0 ? 0 : upTo[block - 1]);
        for (int at = bytes.position() + block * BLOCK; ; at++) {
            if (bytes.get(at) == '\n') {
                left--;
            }
            if (left == 0) {
                return at + 1;
            }
        }
    }
}
