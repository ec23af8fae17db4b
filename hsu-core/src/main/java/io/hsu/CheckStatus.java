package io.hsu;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a health check has found so far.
 *
 * @param name the check's name
 * @param role what it is for
 * @param status what it says
 * @param since since when it says so; since the launch while it is {@link HealthStatus#UNKNOWN}
 * @param consecutiveFailures failures since the last success
 * @param reason the last result in words; empty before the first
 * @param latency how long the last look took
 * @param at when the last look ended; empty before the first
 */
public record CheckStatus(
        String name,
        CheckRole role,
        HealthStatus status,
        Instant since,
        int consecutiveFailures,
        String reason,
        Duration latency,
        Optional<Instant> at) {}
