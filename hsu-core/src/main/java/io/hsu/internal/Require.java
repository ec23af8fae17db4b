package io.hsu.internal;

import java.time.Duration;
import java.util.Objects;

/** Argument checks whose messages name the parameter, the rule and the value that broke it. */
public final class Require {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    public static <T> T nonNull(T value, String name) {
        return Objects.requireNonNull(value, name);
    }

    public static Duration positive(Duration value, String name) {
        nonNull(value, name);
        argument(
                !value.isNegative() && !value.isZero(),
                "%s must be above zero, but is %s",
                name,
                Durations.text(value));
        return countable(value, name);
    }

    public static Duration notNegative(Duration value, String name) {
        nonNull(value, name);
        argument(!value.isNegative(), "%s must not be negative, but is %s", name, Durations.text(value));
        return countable(value, name);
    }

    /** Beyond this, sums of nanoseconds and dates overflow. */
    private static Duration countable(Duration value, String name) {
        argument(value.compareTo(LONGEST) <= 0, "%s must be 36500d or less, but is %s", name, Durations.text(value));
        return value;
    }

    public static int atLeast(int value, int least, String name) {
        argument(value >= least, "%s must be %d or more, but is %d", name, least, value);
        return value;
    }

    public static String nonBlank(String value, String name) {
        nonNull(value, name);
        argument(!value.isBlank(), "%s must not be blank", name);
        return value;
    }

    /** Refuses NUL: the operating system would cut the string there, and run something else than was asked for. */
    public static String noNul(String value, String name) {
        nonNull(value, name);
        argument(value.indexOf('\0') < 0, "%s must not contain a NUL character", name);
        return value;
    }

    @SuppressWarnings("AnnotateFormatMethod")
    public static void argument(boolean holds, String message, Object... values) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(values));
        }
    }

    private Require() {}
}
