package io.hsu;

/** What happens to output that comes faster than a {@link LogTarget} takes it. */
public enum Overflow {

    /** The process waits when the target's buffer is full, as with a full pipe. Nothing is lost. */
    BLOCK,

    /** Lines that find the target's buffer full are dropped, counted, and told of by an event. */
    DROP
}
