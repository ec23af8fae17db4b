package io.hsu;

import io.hsu.internal.Require;
import java.time.Duration;

/**
 * When a process that keeps failing is left alone for a while. Immutable.
 *
 * <p>So many failures within the window open the breaker: the process waits in {@link ProcessState#RESTARTING}. After
 * the cool-down one trial start is made. If that run lasts {@link Restart#resetAfter}, the breaker closes; if it fails
 * before, the breaker opens again at once.
 *
 * @param failures how many failures open it; at least 1
 * @param window within which time
 * @param cooldown how long it stays open
 */
public record CircuitBreaker(int failures, Duration window, Duration cooldown) {

    /** 5 failures in 60 seconds open it for 5 minutes. */
    public static final CircuitBreaker DEFAULT = new CircuitBreaker(5, Duration.ofSeconds(60), Duration.ofMinutes(5));

    public CircuitBreaker {
        Require.atLeast(failures, 1, "failures");
        Require.positive(window, "window");
        Require.positive(cooldown, "cooldown");
    }
}
