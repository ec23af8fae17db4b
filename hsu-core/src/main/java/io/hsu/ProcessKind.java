package io.hsu;

/** What a process is to its manager. */
public enum ProcessKind {
    /** It is launched, watched, restarted and stopped; it need not know of its manager. */
    STANDARD,
    /**
     * As {@link #STANDARD}, and it takes part: it is given a free port (as the last arguments, {@code --port N}, and as {@code
     * HSU_PORT} in its environment), is checked over gRPC at that port, and is asked over gRPC to stop.
     */
    INTEGRATED
}
