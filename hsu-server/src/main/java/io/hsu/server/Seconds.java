package io.hsu.server;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of seconds above zero, such as {@code 60} or {@code 0.5}. */
final class Seconds implements ITypeConverter<Duration> {

    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);

    @Override
    public Duration convert(String text) {
        try {
            BigDecimal seconds = new BigDecimal(text);
            if (seconds.signum() > 0 && seconds.compareTo(MOST) <= 0) {
                return Duration.ofMillis(
                        seconds.movePointRight(3).setScale(0, RoundingMode.UP).longValueExact());
            }
        } catch (NumberFormatException e) {
            // The same answer as for a number out of bounds.
        }
        throw new TypeConversionException(
                "'%s' is not a number of seconds above 0 and at most %s, such as 60 or 0.5".formatted(text, MOST));
    }
}
