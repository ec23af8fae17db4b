package io.hsu;

/** What the operator wants of a process; only the operator's own calls change it. */
public enum DesiredState {
    /** Should run: the restart policy may bring it back. */
    RUNNING,
    /** Should not run: nothing but a user's start brings it back. */
    STOPPED
}
