package io.hsu.internal.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts bytes into lines. A line longer than the limit is handed on in pieces, each but the last marked as split. Fed
 * by one thread.
 */
final class Lines {

    /** Long enough for any log line, short enough that a child without newlines does not fill the memory. */
    static final int LIMIT = 64 * 1024;

    /** Most processes write little, and many nothing. */
    private static final int FIRST_SIZE = 256;

    /** Gets each line. */
    @FunctionalInterface
    interface Consumer {
        void line(String text, boolean split);
    }

    private final Consumer consumer;
    private byte[] pending = {};
    private int length;

    Lines(Consumer consumer) {
        this.consumer = consumer;
    }

    void feed(byte[] bytes, int offset, int count) {
        int end = offset + count;
        int start = offset;
        for (int at = offset; at < end; at++) {
            if (bytes[at] == '\n') {
                take(bytes, start, at - start);
                emitLine();
                start = at + 1;
            }
        }
        take(bytes, start, end - start);
    }

    /** {@return what has come of a line that has no end yet} The only method for other threads than the one that feeds. */
    synchronized String unfinished() {
        return new String(pending, 0, length, StandardCharsets.UTF_8);
    }

    /** Hands on a last line that has no end. */
    void finish() {
        if (length > 0) {
            emitLine();
        }
    }

    private void take(byte[] bytes, int offset, int count) {
        int from = offset;
        int left = count;
        while (length + left > LIMIT) {
            int fits = LIMIT - length;
            append(bytes, from, fits);
            from += fits;
            left -= fits;
            emitPiece();
        }
        append(bytes, from, left);
    }

    private synchronized void append(byte[] bytes, int offset, int count) {
        if (length + count > pending.length) {
            pending = Arrays.copyOf(
                    pending, Math.min(LIMIT, Math.max(length + count, Math.max(FIRST_SIZE, pending.length * 2))));
        }
        System.arraycopy(bytes, offset, pending, length, count);
        length += count;
    }

    private void emitLine() {
        consumer.line(takeLine(), false); // outside the lock: it may take its time
    }

    private synchronized String takeLine() {
        int end = length > 0 && pending[length - 1] == '\r' ? length - 1 : length;
        String text = new String(pending, 0, end, StandardCharsets.UTF_8);
        length = 0;
        return text;
    }

    private void emitPiece() {
        consumer.line(takePiece(), true);
    }

    /** A character that is not complete yet begins the next piece. */
    private synchronized String takePiece() {
        int end = length - incompleteBytes();
        String text = new String(pending, 0, end, StandardCharsets.UTF_8);
        System.arraycopy(pending, end, pending, 0, length - end);
        length -= end;
        return text;
    }

    /** {@return how many bytes at the end begin a UTF-8 character that goes on} */
    private int incompleteBytes() {
        for (int count = 1; count <= 3; count++) {
            int last = pending[length - count] & 0xFF;
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
