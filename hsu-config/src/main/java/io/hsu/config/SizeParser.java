package io.hsu.config;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes, or in units of 1024 ({@code 512KB}, {@code 1.5 MiB}). */
final class SizeParser {

    private static final Pattern SIZE = Pattern.compile("([-+]?)(?:(\\d+)|(\\d+(?:\\.\\d+)?) ?([KMGkmg])[Ii]?[Bb])");
    private static final Map<String, Long> BYTES = Map.of("K", 1L << 10, "M", 1L << 20, "G", 1L << 30);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    /** More digits are too many in any unit, and would take time by their number. */
    private static final int LONGEST = 40;

    /**
     * {@return how many bytes a text says}
     *
     * @param text the text
     * @param shown how the text is shown in a message
     * @throws IllegalArgumentException if it says none
     */
    static long parse(String text, String shown) {
        Matcher size = SIZE.matcher(text);
        if (text.length() > LONGEST || !size.matches()) {
            throw new IllegalArgumentException(
                    "must be a size such as '512KB', '50MB' or '1GB', or a number of bytes, but is '%s'"
                            .formatted(shown));
        }
        BigDecimal bytes = size.group(2) != null
                ? new BigDecimal(size.group(2))
                : new BigDecimal(size.group(3))
                        .multiply(BigDecimal.valueOf(BYTES.get(size.group(4).toUpperCase(Locale.ROOT))));
        if (size.group(1).equals("-") && bytes.signum() > 0) {
            throw new IllegalArgumentException("must not be negative, but is '%s'".formatted(shown));
        }
        if (bytes.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("must be less than 8589934592GB, but is '%s'".formatted(shown));
        }
        return bytes.longValue();
    }

    private SizeParser() {}
}
