package io.hsu.internal.engine;

import io.hsu.DesiredState;
import io.hsu.ExitRecord;
import io.hsu.HealthStatus;
import io.hsu.IllegalProcessStateException;
import io.hsu.Operation;
import io.hsu.ProcessEvent;
import io.hsu.ProcessEvent.HealthChanged;
import io.hsu.ProcessState;
import io.hsu.Transition;
import io.hsu.Transition.Cause;
import io.hsu.internal.restart.RestartJudge;
import io.hsu.internal.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is so about one process. Written from the process's mailbox only; others see the snapshots taken of it. The state
 * changes in {@link #moveTo} and nowhere else.
 */
final class Ledger {

    private static final Logger log = LoggerFactory.getLogger(Ledger.class);

    private final String processId;
    private final Clock clock;
    private final Effects effects;
    private final History<Transition> history = new History<>();
    private final History<HealthChanged> healthHistory = new History<>();

    private ProcessState state = ProcessState.REGISTERED;
    private Instant since;
    private String reason = "registered";

    DesiredState desired = DesiredState.STOPPED;
    /** How many starts are asked for that have not been told yet. */
    int startsPending;
    /** The run that was given up on with something of it still alive; null if there is none. */
    Run leftBehind;
    /** It has ended by itself, with success, and that was the end of its work. */
    boolean completed;
    /** What it waits for before it starts; null if nothing. */
    String waitingFor;

    boolean waitingHopelessly;
    /** Read by others only in the last resort of a shutdown. */
    volatile Run run;

    Instant nextStartAt;
    Instant circuitOpenUntil;
    ExitRecord lastExit;
    String lastError;
    long launches;

    Ledger(String processId, Clock clock, Effects effects) {
        this.processId = processId;
        this.clock = clock;
        this.effects = effects;
        this.since = clock.now();
    }

    ProcessState state() {
        return state;
    }

    void moveTo(ProcessState next, Cause cause, String why) {
        if (!state.canMoveTo(next)) {
            throw new IllegalStateException(
                    "process '%s' cannot go from %s to %s (%s)".formatted(processId, state, next, why));
        }
        ProcessState from = state;
        state = next;
        since = clock.now();
        reason = why;
        log.debug("process '{}': {} -> {} ({}): {}", processId, from, next, cause, why);
        history.add(new Transition(since, from, next, cause, why));
        effects.publish(new ProcessEvent.StateChanged(processId, since, from, next, why));
    }

    boolean isStarting() {
        return state == ProcessState.STARTING;
    }

    boolean isStopping() {
        return state == ProcessState.STOPPING;
    }

    /** {@return whether it is, or is about to be, at work} */
    boolean isUp() {
        return state == ProcessState.STARTING || state == ProcessState.RUNNING;
    }

    boolean isUnwanted() {
        return desired == DesiredState.STOPPED;
    }

    IllegalProcessStateException illegal(Operation operation, String advice) {
        return new IllegalProcessStateException(processId, state, operation, advice);
    }

    List<Transition> history() {
        return history.all();
    }

    void healthChanged(HealthChanged change) {
        healthHistory.add(change);
        effects.publish(change);
    }

    List<HealthChanged> healthHistory() {
        return healthHistory.all();
    }

    Snapshot snapshot(RestartJudge judge, ResourceGuard resources) {
        boolean alive = run != null && run.startedAt != null && !run.exited;
        return new Snapshot(
                processId,
                state,
                desired,
                startsPending > 0,
                completed,
                since,
                reason,
                launches,
                alive ? OptionalLong.of(run.process.pid()) : OptionalLong.empty(),
                alive ? run.startedAt : null,
                alive ? run.facts.port() : OptionalInt.empty(),
                alive ? run.health.overall() : HealthStatus.UNKNOWN,
                alive ? run.health.statuses() : List.of(),
                alive && run.guarded != null ? run.guarded.meter() : null,
                resources.shownStatuses(alive ? run : null),
                judge.restarts(),
                judge.retries(),
                nextStartAt,
                circuitOpenUntil,
                waitingFor,
                waitingHopelessly,
                lastExit,
                lastError);
    }
}
