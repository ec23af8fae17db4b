package io.hsu;

/** What is done about a process that does not keep to a {@link Limit}. */
public enum LimitAction {
    /** Nothing. What the kernel holds, it holds all the same. */
    NONE,
    /** It is logged. */
    LOG,
    /** The host's handler is told. */
    ALERT,
    /** The tree is slowed down: by its control group where it has one for that, else by stopping and continuing it in turn. */
    THROTTLE,
    /** The process is stopped as a user would stop it, and stays stopped. */
    GRACEFUL_SHUTDOWN,
    /** Everything that came out of the launch is killed at once; the restart policy decides what follows. */
    IMMEDIATE_KILL,
    /** The process is restarted, if its restart policy says so. */
    RESTART,
    /** As {@link #RESTART}, with the limit raised ({@link Limit#adjust}). */
    RESTART_ADJUSTED
}
