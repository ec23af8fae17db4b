package io.hsu;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a process is in its life.
 *
 * <pre>
 *   REGISTERED ─▶ STARTING ─▶ RUNNING ─▶ STOPPING ─▶ STOPPED      asked to end
 *                 STARTING, RUNNING, STOPPING ─────▶ RESTARTING   ended, to be started again
 *                 STARTING, RUNNING, STOPPING ─────▶ FAILED       ended, given up on
 *                 STARTING, RUNNING ───────────────▶ STOPPED      ended, and that is well
 *   RESTARTING, STOPPED, FAILED ─▶ STARTING
 *   RESTARTING ─▶ STOPPED                                         a user's stop
 *   FAILED ─▶ STOPPING                                            a user's stop, while something of it will not die
 * </pre>
 *
 * <p>The legal moves stand in {@link #canMoveTo}; what a user may ask for in which state, in {@link #allows}.
 */
public enum ProcessState {
    /** Known to the manager, never started by it; perhaps waiting for a process it depends on. */
    REGISTERED,
    /** Being launched, or launched and not yet ready. */
    STARTING,
    /** Launched and, where readiness is configured, ready. */
    RUNNING,
    /** Asked to end; some of its process tree is still alive. */
    STOPPING,
    /** Not running, and that is as it should be: stopped by a user, or done with its work. */
    STOPPED,
    /** Not running, to be started again: waiting out a delay or an open circuit breaker. */
    RESTARTING,
    /** Not running, and the manager has given up on it; a user may start it again. */
    FAILED;

    /** {@return whether the engine may move a process from this state to {@code next}} */
    public boolean canMoveTo(ProcessState next) {
        return nextStates().contains(next);
    }

    private Set<ProcessState> nextStates() {
        return switch (this) {
            case REGISTERED, STOPPED -> EnumSet.of(STARTING);
            case STARTING -> EnumSet.of(RUNNING, STOPPING, STOPPED, RESTARTING, FAILED);
            case RUNNING -> EnumSet.of(STOPPING, STOPPED, RESTARTING, FAILED);
            case STOPPING -> EnumSet.of(STOPPED, RESTARTING, FAILED);
            case RESTARTING -> EnumSet.of(STARTING, STOPPED, FAILED);
            case FAILED -> EnumSet.of(STARTING, STOPPING);
        };
    }

    /** {@return whether a user may ask for {@code operation} in this state} */
    public boolean allows(Operation operation) {
        return allowedOperations().contains(operation);
    }

    /** {@return what a user may ask for in this state} */
    public Set<Operation> allowedOperations() {
        return switch (this) {
            case REGISTERED, STOPPED, FAILED -> EnumSet.allOf(Operation.class);
            case STARTING, RUNNING, RESTARTING -> EnumSet.of(Operation.STOP, Operation.RESTART);
            case STOPPING -> EnumSet.of(Operation.STOP);
        };
    }

    /** {@return whether a process in this state has, or may have, an operating system process} */
    public boolean isLive() {
        return this == STARTING || this == RUNNING || this == STOPPING;
    }
}
