package io.hsu;

import io.hsu.internal.Durations;
import io.hsu.internal.Require;
import java.time.Duration;

/**
 * How the delay before a restart grows. Immutable.
 *
 * <p>The delay before the k-th restart is {@code delay × factor^(k-1)}, at most {@code cap}, moved at random by up to
 * {@code ± jitter} of itself.
 *
 * @param delay before the first restart
 * @param factor what each further delay is multiplied with; above 0
 * @param cap the longest delay; 5 minutes unless set
 * @param jitter how much chance moves the delay: 0 (not at all, the default) to 1
 */
public record Backoff(Duration delay, double factor, Duration cap, double jitter) {

    /** The longest delay unless another one is set: 5 minutes, as in Kubernetes. */
    public static final Duration DEFAULT_CAP = Duration.ofMinutes(5);

    public Backoff {
        Require.notNegative(delay, "delay");
        Require.argument(factor > 0 && factor < Double.POSITIVE_INFINITY, "factor must be above 0, but is %s", factor);
        Require.positive(cap, "cap");
        Require.argument(jitter >= 0 && jitter <= 1, "jitter must be from 0 to 1, but is %s", jitter);
    }

    /** {@return a back-off whose delays grow by {@code factor}} */
    public static Backoff exponential(Duration delay, double factor) {
        return new Backoff(delay, factor, DEFAULT_CAP, 0);
    }

    /** {@return a back-off whose delays are all the same} */
    public static Backoff fixed(Duration delay) {
        return exponential(delay, 1);
    }

    /** {@return no delay at all} */
    public static Backoff none() {
        return fixed(Duration.ZERO);
    }

    /** {@return this back-off with another longest delay} */
    public Backoff cap(Duration cap) {
        return new Backoff(delay, factor, cap, jitter);
    }

    /** {@return this back-off with another jitter, 0 to 1} */
    public Backoff jitter(double jitter) {
        return new Backoff(delay, factor, cap, jitter);
    }

    /**
     * {@return the delay before a restart}
     *
     * @param attempt which restart it is, from 1
     * @param multiplier what the first delay is multiplied with
     * @param random where chance falls, 0 (shortest) to 1 (longest); only looked at with a jitter
     */
    public Duration delayBefore(int attempt, double multiplier, double random) {
        Require.atLeast(attempt, 1, "attempt");
        double wanted = nanos(delay) * multiplier * Math.pow(factor, attempt - 1.0);
        double capped = Math.min(wanted, nanos(cap));
        double moved = capped * (1 + jitter * (2 * random - 1));
        return Duration.ofNanos((long) Math.min(moved, nanos(cap)));
    }

    /** Duration.toNanos() overflows at 292 years, and "no cap" is written as something longer. */
    private static double nanos(Duration duration) {
        return duration.getSeconds() * 1e9 + duration.getNano();
    }

    @Override
    public String toString() {
        return "%s × %s^n, at most %s%s"
                .formatted(Durations.text(delay), factor, Durations.text(cap), jitter == 0 ? "" : ", jitter " + jitter);
    }
}
