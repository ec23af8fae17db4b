package io.hsu;

import io.hsu.spi.RestartTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Something that happened to a process.
 *
 * <p>Events of one process arrive in the order in which they happened. They are delivered on threads of their own: a
 * listener that blocks or throws harms no process and no other listener. New kinds may be added; a {@code switch} over
 * them wants a default.
 */
public sealed interface ProcessEvent {

    /** {@return the process} */
    String processId();

    /** {@return when it happened} */
    Instant at();

    /** It was registered. */
    record ProcessAdded(String processId, Instant at) implements ProcessEvent {}

    /** It was removed. */
    record ProcessRemoved(String processId, Instant at) implements ProcessEvent {}

    /**
     * It moved to another state.
     *
     * @param from the state it left
     * @param to the state it entered
     * @param reason why, in words
     */
    record StateChanged(String processId, Instant at, ProcessState from, ProcessState to, String reason)
            implements ProcessEvent {}

    /**
     * It was asked to start, and waits for a process it depends on; told again when what it waits for changes.
     *
     * @param waitingFor what has to come, and how it stands with it, in words
     * @param hopeless whether it cannot come as things are; should it come all the same, the process starts
     */
    record Waiting(String processId, Instant at, String waitingFor, boolean hopeless) implements ProcessEvent {}

    /**
     * It was launched; it may not be ready yet.
     *
     * @param launch the launch's number
     * @param pid its process id
     */
    record ProcessStarted(String processId, Instant at, long launch, long pid) implements ProcessEvent {}

    /**
     * It could not be launched.
     *
     * @param launch the launch's number
     * @param failure what went wrong
     */
    record StartFailed(String processId, Instant at, long launch, ProcessStartException failure)
            implements ProcessEvent {}

    /**
     * It ended.
     *
     * @param exit how
     */
    record ProcessExited(String processId, Instant at, ExitRecord exit) implements ProcessEvent {}

    /**
     * A health check changed its mind.
     *
     * @param launch the launch's number
     * @param check the check's name
     * @param from what it said before
     * @param to what it says now
     * @param reason its latest result in words
     * @param latency how long the look took
     */
    record HealthChanged(
            String processId,
            Instant at,
            long launch,
            String check,
            HealthStatus from,
            HealthStatus to,
            String reason,
            Duration latency)
            implements ProcessEvent {}

    /**
     * It has come near one of its limits (with severity {@link Severity#WARNING}), or beyond it; told once, until it is well below the
     * limit again.
     *
     * @param limit the limit
     * @param value what it uses, in the limit's unit
     * @param severity how bad it is: from one and a half times the limit on it is an emergency
     * @param reason the same in words
     */
    record LimitViolated(String processId, Instant at, Limit limit, double value, Severity severity, String reason)
            implements ProcessEvent {}

    /**
     * It is well below a limit again that it had come near, or broken.
     *
     * @param limit the limit
     * @param value what it uses, in the limit's unit
     */
    record LimitKept(String processId, Instant at, Limit limit, double value) implements ProcessEvent {}

    /**
     * What it uses cannot be measured, so that its limits cannot be watched; it is tried again. Told once, until it can. Only of
     * processes that have limits.
     *
     * @param reason why, in words
     */
    record MonitoringFailed(String processId, Instant at, String reason) implements ProcessEvent {}

    /** What it uses can be measured again. */
    record MonitoringRecovered(String processId, Instant at) implements ProcessEvent {}

    /**
     * A limit was raised, or is what it was configured as again.
     *
     * @param from what it was
     * @param to what it is from the next launch on
     * @param reason why, in words
     */
    record LimitAdjusted(String processId, Instant at, Limit from, Limit to, String reason) implements ProcessEvent {}

    /**
     * It will be started again.
     *
     * @param trigger what it is restarted for
     * @param retry which restart in a row this is, from 1
     * @param delay how long it waits before
     * @param reason why, in words
     */
    record RestartScheduled(
            String processId, Instant at, RestartTrigger trigger, int retry, Duration delay, String reason)
            implements ProcessEvent {}

    /**
     * It failed so often that it is left alone for a while.
     *
     * @param until when a trial start is made
     */
    record CircuitOpened(String processId, Instant at, Instant until) implements ProcessEvent {}

    /** It has proved itself again, or an operator has: the circuit breaker is closed. */
    record CircuitClosed(String processId, Instant at) implements ProcessEvent {}

    /**
     * It, or something it had started, did not end in time and was killed.
     *
     * @param pids the process ids that were killed
     */
    record StopEscalated(String processId, Instant at, List<Long> pids) implements ProcessEvent {}

    /**
     * Something of its tree could not be ended at all.
     *
     * @param pids the process ids that are still alive
     */
    record SurvivorsLeft(String processId, Instant at, List<Long> pids) implements ProcessEvent {}

    /**
     * Lines of its output were dropped, because a target's buffer was full; told at once, and then at most once a second
     * for each target.
     *
     * @param stream the stream
     * @param target where they were to go
     * @param count how many lines were dropped since this was last told
     */
    record OutputDropped(String processId, Instant at, StreamKind stream, String target, long count)
            implements ProcessEvent {}

    /**
     * A target does not take its output; it is tried again. Told once, until it takes it again.
     *
     * @param processId empty if it is the manager's own target
     * @param target where it was to go
     * @param reason what went wrong, in words
     */
    record OutputFailed(String processId, Instant at, String target, String reason) implements ProcessEvent {}

    /**
     * A target takes its output again.
     *
     * @param processId empty if it is the manager's own target
     * @param target where it goes
     * @param dropped how many lines were lost meanwhile
     */
    record OutputRecovered(String processId, Instant at, String target, long dropped) implements ProcessEvent {}

    /**
     * A listener was so slow that it missed events; told to that listener only.
     *
     * @param processId empty: it may be several processes' events that were missed
     * @param count how many it missed
     */
    record EventsDropped(String processId, Instant at, long count) implements ProcessEvent {}
}
