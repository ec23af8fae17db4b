package io.hsu.benchmarks.logs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks that files have all of some {@link NumberedLines}: each once, whole, in order. */
final class LineCheck {

    /** Longer than any line with what stands around it. */
    private static final int BUFFER = 1 << 20;

    private static final int SHOWN = 160;

    /** Some lines. */
    private static final int HEAD = 4096;

    private static final Pattern NUMBER = Pattern.compile("#(\\d{" + NumberedLines.DIGITS + "})");

    private static final byte[] FILLER = NumberedLines.FILLER.getBytes(StandardCharsets.US_ASCII);
    private static final int PAYLOAD = NumberedLines.LENGTH - 1;

    private final byte[] buffer = new byte[BUFFER];

    /** How much of a line that has not ended yet stands in the buffer; it may go on in the next file. */
    private int kept;

    private long last;
    private int torn;

    /**
     * What was found.
     *
     * @param fault what is wrong, in words; empty: nothing
     * @param torn how many lines go on in another file
     */
    record Result(Optional<String> fault, int torn) {}

    /**
     * {@return what some files have}
     *
     * @param files all of them, in any order: contenders have their own ideas of names
     * @param count how many lines there must be
     */
    static Result check(List<Path> files, long count) throws IOException {
        Map<Long, Path> byNumber = new TreeMap<>();
        for (Path file : files) {
            byNumber.put(firstNumber(file), file);
        }
        LineCheck check = new LineCheck();
        return new Result(check.fault(byNumber.values(), count), check.torn);
    }

    private Optional<String> fault(Iterable<Path> files, long count) throws IOException {
        for (Path file : files) {
            torn += kept > 0 ? 1 : 0;
            Optional<String> fault = read(file);
            if (fault.isPresent()) {
                return fault;
            }
        }
        if (kept > 0) {
            return Optional.of("behind line %d the end is missing: %s".formatted(last, shown(0, kept)));
        }
        return last == count
                ? Optional.empty()
                : Optional.of("the last line is %d, but must be %d".formatted(last, count));
    }

    /** {@return the number of the first line that begins in a file, or -1} */
    private static long firstNumber(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(HEAD);
            String text = new String(head, StandardCharsets.ISO_8859_1);
            Matcher number = NUMBER.matcher(text);
            return number.find() ? Long.parseLong(number.group(1)) : -1;
        }
    }

    private Optional<String> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            while (true) {
                int read = in.readNBytes(buffer, kept, BUFFER - kept);
                if (read == 0) {
                    return Optional.empty();
                }
                int length = kept + read;
                int from = 0;
                for (int end; (end = indexOf((byte) '\n', from, length)) >= 0; from = end + 1) {
                    if (number(from, end) != last + 1) {
                        return Optional.of("in %s, behind line %d stands: %s"
                                .formatted(file.getFileName(), last, shown(from, end)));
                    }
                    last++;
                }
                kept = length - from;
                System.arraycopy(buffer, from, buffer, 0, kept);
            }
        }
    }

    /** {@return the number of a line, or -1 if it is none of ours, or not whole} */
    private long number(int from, int end) {
        int mark = indexOf(NumberedLines.MARK, from, end);
        if (mark < 0 || mark + PAYLOAD > end) {
            return -1;
        }
        int filler = mark + 1 + NumberedLines.DIGITS;
        if (!Arrays.equals(buffer, filler, mark + PAYLOAD, FILLER, 0, FILLER.length)) {
            return -1;
        }
        long number = 0;
        for (int i = mark + 1; i < filler; i++) {
            int digit = buffer[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private int indexOf(byte sought, int from, int end) {
        for (int i = from; i < end; i++) {
            if (buffer[i] == sought) {
                return i;
            }
        }
        return -1;
    }

    private String shown(int from, int end) {
        return new String(buffer, from, Math.min(SHOWN, end - from), StandardCharsets.ISO_8859_1);
    }

    private LineCheck() {}
}
