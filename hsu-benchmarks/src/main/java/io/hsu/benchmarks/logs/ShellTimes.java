package io.hsu.benchmarks.logs;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a shell's {@code times} says. */
final class ShellTimes {

    /** Such as {@code 0m1.250000s}; some shells write the language's decimal sign. */
    private static final Pattern TIME = Pattern.compile("(\\d+)m(\\d+)[.,](\\d+)s");

    /**
     * {@return the sum of user and system time}
     *
     * @param line such as {@code 0m1.250000s 0m0.130000s}
     */
    static Duration parse(String line) {
        Duration sum = Duration.ZERO;
        Matcher times = TIME.matcher(line);
        for (int i = 0; i < 2; i++) {
            if (!times.find()) {
                throw new IllegalArgumentException("there are no two times in: " + line);
            }
            sum = sum.plusMinutes(Long.parseLong(times.group(1)))
                    .plusSeconds(Long.parseLong(times.group(2)))
                    .plusNanos(nanos(times.group(3)));
        }
        return sum;
    }

    private static long nanos(String decimals) {
        return Long.parseLong((decimals + "000000000").substring(0, 9));
    }

    private ShellTimes() {}
}
