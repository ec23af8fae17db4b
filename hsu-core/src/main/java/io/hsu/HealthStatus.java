package io.hsu;

/** How well a process is, by one check or by all of them together. */
public enum HealthStatus {
    /** No check has said anything yet, or there is none. */
    UNKNOWN,
    /** The check passes. */
    HEALTHY,
    /** The check fails, not yet as often as its threshold. */
    DEGRADED,
    /** The check has failed as often as its threshold; this is acted on. */
    UNHEALTHY
}
