package io.hsu.internal;

import java.time.Duration;

/** Durations as people write them: {@code 1h30m}, {@code 2.5s}, {@code 250ms}. */
public final class Durations {

    public static String text(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        if (duration.isNegative()) {
            return "-" + text(duration.negated());
        }
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return fraction(Math.max(duration.toNanos(), 1_000), 1_000_000) + "ms";
        }
        long days = duration.toDays();
        int hours = duration.toHoursPart();
        int minutes = duration.toMinutesPart();
        Duration rest = duration.minusMinutes(duration.toMinutes());
        StringBuilder text = new StringBuilder();
        append(text, days, "d");
        append(text, hours, "h");
        append(text, minutes, "m");
        if (rest.toMillis() > 0) {
            text.append(fraction(rest.toNanos(), 1_000_000_000)).append('s');
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }

    /** At most three digits after the point: nobody reads more. Cut, not rounded, so that 59.9999 s is no 60 s. */
    private static String fraction(long nanos, long unit) {
        long thousandths = nanos / (unit / 1000);
        long rest = thousandths % 1000;
        if (rest == 0) {
            return Long.toString(thousandths / 1000);
        }
        int length = 3;
        while (rest % 10 == 0) {
            rest /= 10;
            length--;
        }
        String digits = Long.toString(rest);
        return thousandths / 1000 + "." + "0".repeat(length - digits.length()) + digits;
    }

    private Durations() {}
}
