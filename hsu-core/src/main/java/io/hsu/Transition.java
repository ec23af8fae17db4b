package io.hsu;

import java.time.Instant;

/**
 * One move of a process from a state to another, as kept in {@link ProcessManager#history}.
 *
 * @param at when the move was made
 * @param from the state it left
 * @param to the state it entered
 * @param cause what kind of thing caused it
 * @param reason the same in words
 */
public record Transition(Instant at, ProcessState from, ProcessState to, Cause cause, String reason) {

    /** What made a process move. */
    public enum Cause {
        /** A user's {@code start}, {@code stop} or {@code restart}, or the manager's shutdown. */
        OPERATOR,
        /** A process it depends on became ready. */
        DEPENDENCY,
        /** The launch succeeded or failed, or it became ready, or did not in time. */
        LAUNCH,
        /** It exited. */
        EXIT,
        /** A health check gave up on it. */
        HEALTH,
        /** It broke a resource limit. */
        RESOURCE,
        /** The restart policy's delay was over. */
        TIMER
    }
}
