package io.hsu;

/** What a user can ask the manager to do with a process. */
public enum Operation {
    START,
    STOP,
    RESTART,
    REMOVE
}
