package io.hsu;

import static io.hsu.testkit.Refusals.refusesArgument;
import static io.hsu.testkit.Refusals.refusesNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Backoff BACKOFF = Backoff.exponential(Duration.ofSeconds(2), 1.5);

    @Test
    void factories_haveTheDefaultCapAndNoJitter() {
        assertEquals(new Backoff(Duration.ofSeconds(2), 1.5, Duration.ofMinutes(5), 0), BACKOFF);
        assertEquals(new Backoff(Duration.ofSeconds(3), 1, Duration.ofMinutes(5), 0), Backoff.fixed(seconds(3)));
        assertEquals(new Backoff(Duration.ZERO, 1, Duration.ofMinutes(5), 0), Backoff.none());
    }

    @Test
    void withers_leaveTheOriginalAlone() {
        assertEquals(new Backoff(seconds(2), 1.5, seconds(9), 0), BACKOFF.cap(seconds(9)));
        assertEquals(new Backoff(seconds(2), 1.5, Backoff.DEFAULT_CAP, 0.5), BACKOFF.jitter(0.5));
        assertEquals(Backoff.exponential(seconds(2), 1.5), BACKOFF);
    }

    @Test
    void delay_growsByTheFactorUpToTheCap() {
        assertEquals(seconds(2), BACKOFF.delayBefore(1, 1, 0));
        assertEquals(seconds(3), BACKOFF.delayBefore(2, 1, 0));
        assertEquals(Duration.ofMillis(4500), BACKOFF.delayBefore(3, 1, 0));
        assertEquals(Duration.ofMinutes(5), BACKOFF.delayBefore(1000, 1, 0));
        assertEquals(Duration.ofMinutes(5), BACKOFF.delayBefore(Integer.MAX_VALUE, 1, 0));
    }

    @Test
    void delay_isMultipliedBeforeTheCap() {
        assertEquals(seconds(10), BACKOFF.delayBefore(1, 5, 0));
        assertEquals(seconds(7), BACKOFF.cap(seconds(7)).delayBefore(1, 5, 0));
    }

    @Test
    void delay_zeroStaysZero() {
        assertEquals(Duration.ZERO, Backoff.none().delayBefore(1, 5, 1));
        assertEquals(
                Duration.ZERO, Backoff.exponential(Duration.ZERO, 10).jitter(1).delayBefore(100_000, 5, 1));
    }

    @Test
    void jitter_movesTheDelayBothWaysButNotOverTheCap() {
        Backoff jittered = BACKOFF.jitter(0.5).cap(seconds(10));
        assertEquals(seconds(1), jittered.delayBefore(1, 1, 0));
        assertEquals(seconds(2), jittered.delayBefore(1, 1, 0.5));
        assertEquals(seconds(3), jittered.delayBefore(1, 1, 1));
        assertEquals(seconds(10), jittered.delayBefore(1, 5, 1), "at the cap only downwards");
        assertEquals(seconds(5), jittered.delayBefore(1, 5, 0));
        assertEquals(Duration.ZERO, BACKOFF.jitter(1).delayBefore(1, 1, 0));
    }

    @Test
    void cap_ofCenturiesIsRefused() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> Backoff.none().cap(Duration.ofDays(36_501)));
        assertEquals("cap must be 36500d or less, but is 36501d", e.getMessage());
    }

    @Test
    void delay_wrong() {
        refusesNull("delay", () -> Backoff.fixed(null));
        refusesArgument("delay must not be negative, but is -1s", () -> Backoff.fixed(seconds(-1)));
    }

    @Test
    void factor_wrong() {
        refusesArgument("factor must be above 0, but is 0.0", () -> Backoff.exponential(seconds(1), 0));
        refusesArgument("factor must be above 0, but is -1.0", () -> Backoff.exponential(seconds(1), -1));
        refusesArgument("factor must be above 0, but is NaN", () -> Backoff.exponential(seconds(1), Double.NaN));
        refusesArgument(
                "factor must be above 0, but is Infinity",
                () -> Backoff.exponential(seconds(1), Double.POSITIVE_INFINITY));
    }

    @Test
    void cap_wrong() {
        refusesNull("cap", () -> BACKOFF.cap(null));
        refusesArgument("cap must be above zero, but is 0s", () -> BACKOFF.cap(Duration.ZERO));
        refusesArgument("cap must be above zero, but is -5ms", () -> BACKOFF.cap(Duration.ofMillis(-5)));
    }

    @Test
    void jitter_wrong() {
        refusesArgument("jitter must be from 0 to 1, but is -0.1", () -> BACKOFF.jitter(-0.1));
        refusesArgument("jitter must be from 0 to 1, but is 1.5", () -> BACKOFF.jitter(1.5));
        refusesArgument("jitter must be from 0 to 1, but is NaN", () -> BACKOFF.jitter(Double.NaN));
    }

    @Test
    void attempt_countsFromOne() {
        refusesArgument("attempt must be 1 or more, but is 0", () -> BACKOFF.delayBefore(0, 1, 0));
    }

    @Test
    void toString_isShort() {
        assertEquals("2s × 1.5^n, at most 5m", BACKOFF.toString());
        assertEquals("2s × 1.5^n, at most 5m, jitter 0.2", BACKOFF.jitter(0.2).toString());
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
