package io.hsu;

/** How output gets from a process to the manager. */
public enum OutputCapture {

    /** {@link #SPOOL} where the manager has a state directory and the launcher can, else {@link #PIPE}. */
    AUTO,

    /** Through a pipe: the process ends with SIGPIPE if it writes after the manager is gone. */
    PIPE,

    /**
     * Through a file of its own in the manager's state directory, which the manager follows. A process outlives its manager
     * undisturbed, and the next manager with the same state directory reads on where this one has stopped. Linux only.
     */
    SPOOL
}
