package io.hsu.internal.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Cuts the bytes of one stream into lines. A line longer than the limit is handed on in pieces, each but the last marked as
 * split. Fed by one thread at a time.
 */
final class LineCutter {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte[] NOTHING = {};
    /** Most processes write little, and many nothing. */
    private static final int FIRST_SIZE = 256;

    /** With less, there is nothing to be won. */
    private static final int LEAST_TO_COUNT = 32 * 1024;

    private final int limit;
    private final NewlineCount newlines = new NewlineCount();
    /** The beginning of a line that has no end yet. Written under this object's lock, for {@link #unfinished}. */
    private byte[] pending = NOTHING;

    private int length;
    private long number;
    private boolean inLine;

    /** @param limit how many bytes a line may have */
    LineCutter(int limit) {
        this.limit = limit;
    }

    /** Cuts what has come and adds the lines to a table that has begun; the rest is kept for the next time. */
    void cut(ByteBuffer chunk, LineTable table) {
        cutFrom(chunk, chunk.position(), table);
    }

    /**
     * As {@link #cut(ByteBuffer, LineTable)}, but adds the last lines only and counts the others: who writes so much at once
     * that the first of it is not kept pays for a count of its newlines.
     *
     * @param last how many lines at the least
     */
    void cutLast(ByteBuffer chunk, int last, LineTable table) {
        if (chunk.remaining() < LEAST_TO_COUNT || inLine) {
            cut(chunk, table);
            return;
        }
        newlines.count(chunk, length, limit);
        long skipped = (long) newlines.total() - last;
        if (skipped <= 0 || newlines.anyLineIsLong()) {
            cut(chunk, table);
            return;
        }
        int from = newlines.after(skipped);
        number += skipped;
        table.skip(skipped);
        forgetPending();
        cutFrom(chunk, from, table);
    }

    private void cutFrom(ByteBuffer chunk, int from, LineTable table) {
        int count = chunk.limit() - from;
        byte[] bytes = table.reserve(length + count);
        System.arraycopy(pending, 0, bytes, 0, length);
        chunk.get(from, bytes, length, count);
        int end = length + count;
        int rest = splitAt(bytes, length, end, table);
        keep(bytes, cutLong(bytes, rest, end, table), end);
    }

    private synchronized void forgetPending() {
        length = 0;
    }

    /** Adds a last line that has no end. */
    void finish(LineTable table) {
        if (length > 0) {
            byte[] bytes = table.reserve(length);
            System.arraycopy(pending, 0, bytes, 0, length);
            addLine(bytes, 0, length, table);
            keep(bytes, 0, 0);
        }
    }

    /** {@return what has come of a line that has no end yet} The only method for other threads than the one that feeds. */
    synchronized String unfinished() {
        return new String(pending, 0, length, StandardCharsets.UTF_8);
    }

    /** {@return where the rest begins} */
    private int splitAt(byte[] bytes, int from, int end, LineTable table) {
        int start = 0;
        int at = from;
        for (int last = end - Long.BYTES; at <= last; at += Long.BYTES) {
            long found = NewlineCount.in((long) LONGS.get(bytes, at));
            while (found != 0) {
                int newline = at + (Long.numberOfTrailingZeros(found) >>> 3);
                addLine(bytes, start, newline, table);
                start = newline + 1;
                found &= found - 1;
            }
        }
        for (; at < end; at++) {
            if (bytes[at] == '\n') {
                addLine(bytes, start, at, table);
                start = at + 1;
            }
        }
        return start;
    }

    private void addLine(byte[] bytes, int start, int newline, LineTable table) {
        int from = newline - start > limit ? cutLong(bytes, start, newline, table) : start;
        int end = newline > from && bytes[newline - 1] == '\r' ? newline - 1 : newline;
        table.add(from, end, false, nextNumber());
        inLine = false;
    }

    /** {@return where the piece begins that is not longer than the limit} */
    private int cutLong(byte[] bytes, int start, int end, LineTable table) {
        int from = start;
        while (end - from > limit) {
            int piece = from + limit - incompleteBytes(bytes, from, from + limit);
            table.add(from, piece, true, nextNumber());
            inLine = true;
            from = piece;
        }
        return from;
    }

    /** All pieces of a line have its number. */
    private long nextNumber() {
        return inLine ? number : ++number;
    }

    private synchronized void keep(byte[] bytes, int start, int end) {
        int count = end - start;
        if (pending.length < count) {
            pending = new byte[Math.max(count, Math.max(FIRST_SIZE, Math.min(limit, pending.length * 2)))];
        } else if (count == 0 && pending.length > FIRST_SIZE) {
            pending = NOTHING; // one long line is no reason to keep so much
        }
        System.arraycopy(bytes, start, pending, 0, count);
        length = count;
    }

    /** {@return how many bytes at the end begin a UTF-8 character that goes on} */
    private static int incompleteBytes(byte[] bytes, int start, int end) {
        for (int count = 1; count <= 3 && end - count > start; count++) {
            int last = bytes[end - count] & 0xFF;
            if (last >= 0xC0) {
                int size = last >= 0xF0 ? 4 : last >= 0xE0 ? 3 : 2;
                return size > count ? count : 0;
            }
            if (last < 0x80) {
                return 0;
            }
        }
        return 0;
    }
}
