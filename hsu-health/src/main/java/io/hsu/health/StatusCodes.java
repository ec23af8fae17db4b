package io.hsu.health;

import java.util.BitSet;
import java.util.Collection;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A set of HTTP status codes; two of the same codes are equal, however they were written. */
final class StatusCodes {

    private static final int LOWEST = 100;
    private static final int HIGHEST = 599;
    private static final Pattern PART = Pattern.compile("\\s*(\\d{1,9})\\s*(?:-\\s*(\\d{1,9})\\s*)?");

    /** What Kubernetes takes for success. */
    static final StatusCodes SUCCESS_OR_REDIRECT = range(200, 399);

    private final BitSet codes;

    private StatusCodes(BitSet codes) {
        this.codes = codes;
    }

    static StatusCodes range(int from, int to) {
        BitSet codes = new BitSet();
        add(codes, from, to);
        return new StatusCodes(codes);
    }

    static StatusCodes of(Collection<Integer> each) {
        if (each.isEmpty()) {
            throw new IllegalArgumentException("expected status must be at least one code, but there is none");
        }
        BitSet codes = new BitSet();
        each.forEach(code -> add(codes, code, code));
        return new StatusCodes(codes);
    }

    /** Reads {@code "204"}, {@code "200-399"}, {@code "200,204,300-399"}. */
    static StatusCodes parse(String text) {
        BitSet codes = new BitSet();
        for (String part : text.split(",", -1)) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "expected_status '%s' is not allowed; write codes and ranges, such as 204, \"200-399\" or \"200,204\""
                                .formatted(text));
            }
            int from = Integer.parseInt(matcher.group(1));
            add(codes, from, matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2)));
        }
        return new StatusCodes(codes);
    }

    private static void add(BitSet codes, int from, int to) {
        if (from < LOWEST || to > HIGHEST || from > to) {
            throw new IllegalArgumentException(
                    "expected status %s is not allowed; codes are from %d to %d, the lower first"
                            .formatted(from == to ? from : from + "-" + to, LOWEST, HIGHEST));
        }
        codes.set(from, to + 1);
    }

    boolean contains(int code) {
        return codes.get(code);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StatusCodes that && codes.equals(that.codes);
    }

    @Override
    public int hashCode() {
        return codes.hashCode();
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(",");
        for (int from = codes.nextSetBit(0); from >= 0; ) {
            int end = codes.nextClearBit(from);
            text.add(end - from == 1 ? String.valueOf(from) : from + "-" + (end - 1));
            from = codes.nextSetBit(end);
        }
        return text.toString();
    }
}
