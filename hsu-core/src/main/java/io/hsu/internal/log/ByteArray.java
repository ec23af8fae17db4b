package io.hsu.internal.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow; used again and again by one thread at a time, so that what is written needs no objects. */
final class ByteArray {

    private byte[] bytes = new byte[1024];
    private int length;

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    /** {@return what was written, up to {@link #length()}; good until more is} */
    byte[] bytes() {
        return bytes;
    }

    void add(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    void add(byte[] more) {
        add(more, 0, more.length);
    }

    void add(byte[] more, int start, int end) {
        int count = end - start;
        reserve(count);
        System.arraycopy(more, start, bytes, length, count);
        length += count;
    }

    /** Adds a number that is not negative, in decimal. */
    void addNumber(long number) {
        reserve(20);
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    private void reserve(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        }
    }

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
