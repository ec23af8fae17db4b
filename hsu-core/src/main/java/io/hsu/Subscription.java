package io.hsu;

/** A listener's registration; closing it ends the delivery of events. */
public interface Subscription extends AutoCloseable {

    /** Ends the delivery; an event that is being handled is handled to its end. Idempotent. */
    @Override
    void close();
}
