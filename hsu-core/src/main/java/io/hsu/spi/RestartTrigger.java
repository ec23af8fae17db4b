package io.hsu.spi;

/** What the question of a restart comes from. A user's stop and restart are carried out without a question. */
public enum RestartTrigger {
    /** The process ended with success. */
    CLEAN_EXIT,
    /** The process ended with a failure code, or a signal that the manager had not sent ended it. */
    FAILURE_EXIT,
    /** The process could not be launched. */
    START_FAILURE,
    /** The process was launched and not ready in time. */
    START_TIMEOUT,
    /** A liveness or startup check failed as often as its threshold says. */
    HEALTH_FAILURE,
    /** A resource limit with a restart action was broken. */
    RESOURCE_VIOLATION
}
