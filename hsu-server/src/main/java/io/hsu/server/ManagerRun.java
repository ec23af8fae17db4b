package io.hsu.server;

import io.hsu.ProcessManager;
import io.hsu.ProcessStartException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A manager from the start of its processes until they are stopped. Signals may come on any thread, at any time. */
final class ManagerRun {

    private static final Logger log = LoggerFactory.getLogger(ManagerRun.class);

    /** What the engine may take to kill what is left and to tell of it, once the time for an orderly stop is over. */
    static final Duration KILL_GRACE = Duration.ofSeconds(15);

    private static final Duration CATCH_UP = Duration.ofSeconds(2);

    private final ProcessManager manager;
    private final Console console;
    private final Runnable onStopping;
    private final Duration stopTimeout;
    /** Completed with the reason to end, by whoever comes first. */
    private final CompletableFuture<String> end = new CompletableFuture<>();

    private final AtomicBoolean signalled = new AtomicBoolean();

    /**
     * @param manager the manager, with nothing started
     * @param console where it is told what happens
     * @param onStopping called when the end begins
     * @param stopTimeout how long an orderly stop may take
     */
    ManagerRun(ProcessManager manager, Console console, Runnable onStopping, Duration stopTimeout) {
        this.manager = manager;
        this.console = console;
        this.onStopping = onStopping;
        this.stopTimeout = stopTimeout;
    }

    /** Ends the run: the first signal stops everything in order, the next one kills what is left. */
    void signal(String name) {
        if (!signalled.compareAndSet(false, true)) {
            console.say("KILLING", "signal " + name + ": everything that is left is killed now");
            manager.shutdownAsync(Duration.ZERO);
        } else if (!end.complete("signal " + name)) {
            console.say("STOPPING", "signal " + name + ": already stopping; the next INT or TERM kills at once");
        }
    }

    /**
     * Starts the processes, waits for the end, and stops them.
     *
     * @param most after what time the end comes by itself
     * @return the exit code
     */
    int toTheEnd(Optional<Duration> most) throws InterruptedException {
        most.ifPresent(duration -> end.completeOnTimeout(
                "the run duration of " + EventPrinter.duration(duration) + " is over",
                duration.toMillis(),
                TimeUnit.MILLISECONDS));
        // In a thread that ends, since it waits for the console, and the manager's threads are not to be held up.
        manager.startAsync().whenCompleteAsync((done, failure) -> afterStart(failure), ManagerRun::inThreadOfItsOwn);
        String why = end.join();
        onStopping.run();
        console.say(
                "STOPPING",
                "%s: everything is stopped, within %s%s"
                        .formatted(
                                why,
                                EventPrinter.duration(stopTimeout),
                                signalled.get() ? "; the next INT or TERM kills at once" : ""));
        return stop();
    }

    private static void inThreadOfItsOwn(Runnable task) {
        Thread thread = new Thread(task, "hsu-started");
        thread.setDaemon(true);
        thread.start();
    }

    private void afterStart(Throwable failure) {
        if (end.isDone()) {
            return; // It failed because it was ended.
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause != null && !(cause instanceof ProcessStartException)) {
            log.error("the start failed in an unexpected way", cause);
        }
        try {
            console.catchUp(manager, CATCH_UP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        console.say(
                "READY",
                "Process manager started successfully: "
                        + StartSummary.of(manager.list(), id -> manager.spec(id).enabled()));
        giveMemoryBack();
    }

    /** Most of the heap is garbage of the start now, and with little to do from here on it would stay so for hours. */
    @SuppressWarnings("DoNotCall")
    private static void giveMemoryBack() {
        System.gc();
    }

    private int stop() throws InterruptedException {
        String outcome = "nothing is left";
        int code = ExitCodes.DONE;
        try {
            manager.shutdownAsync(stopTimeout).get(stopTimeout.plus(KILL_GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            outcome = String.valueOf(e.getCause().getMessage());
            code = ExitCodes.FAILED;
        } catch (TimeoutException e) {
            outcome = "the manager did not come to an end; some processes may be left";
            code = ExitCodes.FAILED;
        }
        console.catchUp(manager, CATCH_UP);
        console.say(code == ExitCodes.DONE ? "STOPPED" : "FAILED", outcome);
        return code;
    }
}
