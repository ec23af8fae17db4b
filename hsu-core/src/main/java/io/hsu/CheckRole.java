package io.hsu;

/** What a health check is for, as in Kubernetes. */
public enum CheckRole {
    /** Suspends the other checks until it has passed once; failing restarts. */
    STARTUP,
    /** Gates the way from STARTING to RUNNING, and dependants; never restarts. */
    READINESS,
    /** Failing restarts. */
    LIVENESS
}
