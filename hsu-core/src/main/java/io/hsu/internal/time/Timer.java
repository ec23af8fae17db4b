package io.hsu.internal.time;

import java.time.Duration;

/** The only thing that makes something happen later. */
public interface Timer {

    /**
     * Runs a task later, on the timer's thread: it must only hand the work on.
     *
     * @param delay how much later
     * @param task what to run
     * @return cancels it, if it has not begun
     */
    Cancellable schedule(Duration delay, Runnable task);

    /** Something that has not happened yet. */
    @FunctionalInterface
    interface Cancellable {
        /** A timer that is not set. */
        Cancellable NONE = () -> {};

        /** Keeps it from happening, if it has not begun. Idempotent. */
        void cancel();
    }
}
