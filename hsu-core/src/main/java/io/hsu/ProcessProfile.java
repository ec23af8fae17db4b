package io.hsu;

/** What kind of work a process does; {@link Restart} gives each profile patience of its own. */
public enum ProcessProfile {
    BATCH,
    WEB,
    DATABASE,
    WORKER,
    SCHEDULER,
    DEFAULT
}
