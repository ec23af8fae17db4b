package io.hsu.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations in Go's form ({@code 1h30m}, {@code 250ms}, {@code 1.5s}), with days and weeks besides. */
final class DurationParser {

    private static final String NUMBER = "(\\d+(?:\\.\\d*)?|\\.\\d+)";
    private static final Pattern BARE = Pattern.compile("[-+]?" + NUMBER);
    private static final Pattern PART = Pattern.compile(NUMBER + "(ns|us|\u00b5s|\u03bcs|ms|s|m|h|d|w)");
    private static final Pattern WHOLE = Pattern.compile("[-+]?(?:" + PART.pattern() + ")+");

    private static final long SECOND = 1_000_000_000L;
    private static final Map<String, Long> NANOS = Map.of(
            "ns",
            1L,
            "us",
            1_000L,
            "\u00b5s",
            1_000L,
            "\u03bcs",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            SECOND,
            "m",
            60 * SECOND,
            "h",
            3600 * SECOND,
            "d",
            24 * 3600 * SECOND,
            "w",
            7 * 24 * 3600 * SECOND);
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    /**
     * {@return the duration that a text says}
     *
     * @param text the text
     * @param shown how the text is shown in a message
     * @throws IllegalArgumentException if it says none
     */
    static Duration parse(String text, String shown) {
        if (BARE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a duration needs a unit, but '%1$s' has none; write '%1$ss' for seconds or '%1$sms' for milliseconds"
                            .formatted(shown));
        }
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "must be a duration such as '30s', '1.5s', '250ms', '1h30m' or '7d', but is '%s'".formatted(shown));
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(NANOS.get(part.group(2)))));
        }
        if (text.startsWith("-") && nanos.signum() > 0) {
            throw new IllegalArgumentException("must not be negative, but is '%s'".formatted(shown));
        }
        if (nanos.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("must be shorter than 292 years, but is '%s'".formatted(shown));
        }
        return Duration.ofNanos(nanos.longValue());
    }

    private DurationParser() {}
}
