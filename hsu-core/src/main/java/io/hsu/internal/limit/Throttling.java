package io.hsu.internal.limit;

import io.hsu.internal.launch.LaunchedProcess;
import io.hsu.internal.time.Timer;
import io.hsu.internal.time.Timer.Cancellable;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a tree run for a part of the time: it is paused and resumed in turn. However this ends, the tree runs afterwards. Works on a
 * serial queue of its own, because to pause a tree blocks for milliseconds. Safe for use by many threads.
 */
public final class Throttling {

    private static final Logger log = LoggerFactory.getLogger(Throttling.class);

    /** Short enough that nobody who talks to the process takes it for dead, long enough that the signals cost little. */
    private static final Duration PERIOD = Duration.ofMillis(100);

    /** What the tree starts meanwhile runs on until then: to look for it costs milliseconds, and would be most of the work. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final LaunchedProcess process;
    private final Timer timer;
    private final Executor queue;

    // The queue's own.
    private double share = 1;
    private boolean cycling;
    private boolean paused;
    private boolean ended;
    private Cancellable next = Cancellable.NONE;

    /** @param queue serial */
    public Throttling(LaunchedProcess process, Timer timer, Executor queue) {
        this.process = process;
        this.timer = timer;
        this.queue = queue;
    }

    /** Sets which part of the time it runs; 1: all of it. */
    public void share(double part) {
        queue.execute(() -> {
            share = part;
            if (part < 1 && !cycling && !ended) {
                cycling = true;
                pause();
            } else if (part >= 1) {
                letGo();
            }
        });
    }

    /** Ends for good: the tree runs. */
    public void end() {
        queue.execute(() -> {
            ended = true;
            letGo();
        });
    }

    private void letGo() {
        next.cancel();
        boolean hasBegun = cycling || paused;
        cycling = false;
        if (hasBegun) {
            resumeTree();
        }
    }

    private void pause() {
        if (!cycling) {
            return;
        }
        paused = true;
        try {
            process.pause(LOOK_AGAIN);
        } catch (RuntimeException | Error e) {
            log.warn("pid {} cannot be paused, so it is not throttled now", process.pid(), e);
        }
        later(1 - share, this::goOn);
    }

    private void goOn() {
        resumeTree();
        if (cycling) {
            later(share, this::pause);
        }
    }

    /** Tried again until it is so: what stays paused would be lost. */
    private void resumeTree() {
        try {
            process.resume(cycling);
            paused = false;
        } catch (RuntimeException | Error e) {
            log.warn("pid {} cannot be resumed; it is tried again", process.pid(), e);
            timer.schedule(
                    PERIOD,
                    () -> queue.execute(() -> {
                        if (paused) {
                            resumeTree();
                        }
                    }));
        }
    }

    private void later(double part, Runnable step) {
        Duration time = Duration.ofNanos((long) (PERIOD.toNanos() * part));
        next = timer.schedule(time, () -> queue.execute(step));
    }
}
