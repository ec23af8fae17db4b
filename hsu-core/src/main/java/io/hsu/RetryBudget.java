package io.hsu;

import io.hsu.internal.Require;
import java.util.OptionalInt;

/**
 * How often, and after which delays, a process is restarted for one kind of cause. Immutable.
 *
 * @param maxRetries restarts in a row before the manager gives up; empty: no limit
 * @param backoff the delays between them
 */
public record RetryBudget(OptionalInt maxRetries, Backoff backoff) {

    public RetryBudget {
        Require.nonNull(maxRetries, "maxRetries");
        maxRetries.ifPresent(max -> Require.atLeast(max, 0, "maxRetries"));
        Require.nonNull(backoff, "backoff");
    }

    /** {@return a budget of {@code maxRetries} restarts; 0 means none} */
    public static RetryBudget of(int maxRetries, Backoff backoff) {
        return new RetryBudget(OptionalInt.of(maxRetries), backoff);
    }

    /** {@return a budget without end} */
    public static RetryBudget unlimited(Backoff backoff) {
        return new RetryBudget(OptionalInt.empty(), backoff);
    }
}
