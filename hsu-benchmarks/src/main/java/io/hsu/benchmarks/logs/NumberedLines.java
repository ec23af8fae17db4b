package io.hsu.benchmarks.logs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What children write: lines of {@value #LENGTH} bytes, each with its number from 1. A {@code #} stands before the number
 * and nowhere else, so that a line is found behind whatever a contender writes before it.
 */
final class NumberedLines {

    /** With the line's end. */
    static final int LENGTH = 100;

    static final byte MARK = '#';

    static final int DIGITS = 10;

    /** What stands behind the number: as a log may have it, and nothing that JSON writes in another way. */
    static final String FILLER =
            " GET /api/v1/orders/5f3a77 status=200 bytes=4096 millis=12 client=192.0.2.17 tenant=0042";

    /** So much is written at once. */
    private static final int CHUNK = 10_000;

    /** {@return a line without its end} */
    static String text(long number) {
        return "#%010d%s".formatted(number, FILLER);
    }

    /** {@return how many lines so many bytes are} */
    static long in(long bytes) {
        return bytes / LENGTH;
    }

    /**
     * Writes lines to a file.
     *
     * @param count how many
     * @param end what ends each: a line feed, or something else where all shall be one line
     */
    static void write(Path file, long count, char end) throws IOException {
        byte[] chunk = new byte[CHUNK * LENGTH];
        byte[] line = (text(0) + end).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < CHUNK; i++) {
            System.arraycopy(line, 0, chunk, i * LENGTH, LENGTH);
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long written = 0; written < count; written += CHUNK) {
                int lines = (int) Math.min(CHUNK, count - written);
                for (int i = 0; i < lines; i++) {
                    putNumber(chunk, i * LENGTH + 1, written + i + 1);
                }
                out.write(chunk, 0, lines * LENGTH);
            }
        }
    }

    private static void putNumber(byte[] chunk, int at, long number) {
        long rest = number;
        for (int i = at + DIGITS - 1; i >= at; i--) {
            chunk[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private NumberedLines() {}
}
