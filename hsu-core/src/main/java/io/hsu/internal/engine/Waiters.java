package io.hsu.internal.engine;

import io.hsu.ProcessSpec;
import io.hsu.ProcessStartException;
import io.hsu.ProcessStartException.Reason;
import io.hsu.ProcessStopException;
import io.hsu.internal.log.ProcessOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Who waits for a process to have started, or stopped. Used from the process's mailbox only. */
final class Waiters {

    static final int LAST_LINES = 10;

    private final ProcessSpec spec;
    private final Effects effects;
    private final ProcessOutput output;
    private final List<CompletableFuture<Void>> starts = new ArrayList<>();
    private final List<CompletableFuture<Void>> stops = new ArrayList<>();

    Waiters(ProcessSpec spec, Effects effects, ProcessOutput output) {
        this.spec = spec;
        this.effects = effects;
        this.output = output;
    }

    void awaitStart(CompletableFuture<Void> waiter) {
        starts.add(waiter);
    }

    void awaitStop(CompletableFuture<Void> waiter) {
        stops.add(waiter);
    }

    void started() {
        starts.forEach(effects::answer);
        starts.clear();
    }

    void stopped() {
        stops.forEach(effects::answer);
        stops.clear();
    }

    /**
     * It will not start.
     *
     * @param launch whose last lines are told; 0: none
     */
    void notStarted(Reason kind, String why, long launch) {
        if (!starts.isEmpty()) {
            List<String> lines = launch == 0 ? List.of() : output.lastLines(launch, LAST_LINES);
            ProcessStartException failure = failure(kind, why, lines);
            starts.forEach(waiter -> effects.refuse(waiter, failure));
            starts.clear();
        }
    }

    /** It will not start for this one; others may go on waiting. */
    void refuseStart(CompletableFuture<Void> waiter, Reason kind, String why) {
        effects.refuse(waiter, failure(kind, why, List.of()));
    }

    private ProcessStartException failure(Reason kind, String why, List<String> lines) {
        String begin = "process '%s'".formatted(spec.id());
        String message = why.startsWith(begin) ? why : begin + " did not start: " + why;
        return new ProcessStartException(spec.id(), kind, message, lines, null);
    }

    /** Some of it will not die. */
    void notStopped(String why, List<Long> survivors) {
        if (stops.isEmpty()) {
            return;
        }
        ProcessStopException failure = new ProcessStopException(
                spec.id(), "process '%s' could not be stopped: %s".formatted(spec.id(), why), survivors);
        stops.forEach(waiter -> effects.refuse(waiter, failure));
        stops.clear();
    }
}
