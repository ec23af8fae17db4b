package io.hsu.spi;

import io.hsu.internal.Require;

/**
 * What one run of a health check found.
 *
 * @param healthy whether all is well
 * @param reason what was found, in words: {@code "HTTP 503 from http://localhost:8080/health"}
 */
public record HealthResult(boolean healthy, String reason) {

    public HealthResult {
        Require.nonNull(reason, "reason");
    }

    /** {@return all is well} */
    public static HealthResult healthy(String reason) {
        return new HealthResult(true, reason);
    }

    /** {@return something is wrong} */
    public static HealthResult unhealthy(String reason) {
        return new HealthResult(false, reason);
    }
}
