package io.hsu.internal.launch;

import io.hsu.internal.time.Timer;
import io.hsu.internal.time.Timer.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Decides when an exit is told: when its streams have ended, which they do with the process; or, if a child of it holds
 * them open, when nothing more comes in. What comes later is a child's, and is read on.
 */
final class ExitNotice {

    private static final Duration STEP = Duration.ofMillis(5);
    /** Long enough for a reading thread to get its turn on a busy machine: what it is late with, the exit record lacks. */
    private static final int QUIET_STEPS = 10;
    /** A child that goes on writing is not waited for. */
    private static final int MAX_STEPS = 50;

    private final Timer timer;
    private final List<OutputPump> pumps;
    private final CompletableFuture<Void> due = new CompletableFuture<>();
    private volatile Cancellable next = Cancellable.NONE;
    private long reads = -1;
    private int quiet;
    private int steps;

    private ExitNotice(Timer timer, List<OutputPump> pumps) {
        this.timer = timer;
        this.pumps = pumps;
    }

    /** {@return completed when the exit is to be told} Called once the process has ended. */
    static CompletableFuture<Void> after(List<OutputPump> pumps, Timer timer) {
        ExitNotice notice = new ExitNotice(timer, pumps);
        CompletableFuture<?>[] ends = pumps.stream().map(OutputPump::ended).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(ends).thenRun(() -> {
            notice.next.cancel();
            notice.due.complete(null);
        });
        if (!notice.due.isDone()) {
            notice.step();
        }
        return notice.due;
    }

    private void step() {
        long now = pumps.stream().mapToLong(OutputPump::reads).sum();
        quiet = now == reads ? quiet + 1 : 0;
        reads = now;
        if (quiet >= QUIET_STEPS || steps++ >= MAX_STEPS) {
            due.complete(null);
        } else if (!due.isDone()) {
            next = timer.schedule(STEP, this::step);
        }
    }
}
