package io.hsu;

/** What happens to output that comes faster than a {@link LogTarget} takes it. */
public enum Overflow {

    /**
     * The process waits when the target's buffer is full, as with a full pipe: nothing is lost because a target is slow. For one
     * that fails nobody waits; what comes beyond its buffer until it recovers is dropped, counted, and told of by an event.
     */
    BLOCK,

    /** Lines that find the target's buffer full are dropped, counted, and told of by an event. */
    DROP
}
