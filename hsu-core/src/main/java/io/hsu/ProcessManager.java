package io.hsu;

import io.hsu.internal.Blocking;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Starts, watches, restarts and stops native processes.
 *
 * <pre>{@code
 * try (ProcessManager manager = ProcessManager.builder()
 *         .process("api", p -> p
 *                 .command("./api", "--port", "8080")
 *                 .restart(Restart.onFailure().maxRetries(3)))
 *         .build()) {
 *     manager.start();
 *     ...
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads. Every lifecycle call has a blocking form and one that returns a future; the blocking
 * one waits for the future, throws its exception, and throws {@link HsuInterruptedException} when the waiting thread is
 * interrupted (the operation goes on). Futures are completed on threads of the manager's own: do not block there.
 *
 * <p>All methods that name a process throw {@link ProcessNotFoundException} if it is not registered. After {@link
 * #close()} all methods that change something throw {@link IllegalStateException}.
 */
public interface ProcessManager extends AutoCloseable {

    /** {@return a builder; nothing is started before {@link #start()}} */
    static ProcessManagerBuilder builder() {
        return new ProcessManagerBuilder();
    }

    /**
     * Starts all enabled processes that are not running, in parallel along their dependencies, and waits until each one
     * runs (and is ready) or has failed.
     *
     * @throws ProcessStartException if some did not start, with the reason {@link ProcessStartException.Reason#SEVERAL}
     *     and an exception for each among the suppressed ones; the others run
     */
    default void start() {
        Blocking.await(startAsync(), "the start of all processes");
    }

    /**
     * Starts a process, and before it the processes that it depends on, and waits until it runs and, where readiness is
     * configured, is ready.
     *
     * @throws ProcessStartException if it does not start, and the restart policy does not try again
     * @throws IllegalProcessStateException if it runs, or is about to
     */
    default void start(String id) {
        Blocking.await(startAsync(id), "the start of process '" + id + "'");
    }

    /** As {@link #start()}; the future completes when each process runs or has failed. */
    CompletableFuture<Void> startAsync();

    /** As {@link #start(String)}; the future fails with the exceptions named there. */
    CompletableFuture<Void> startAsync(String id);

    /**
     * Stops all processes, each one after those that depend on it, and waits until nothing of them is left.
     *
     * @throws ProcessStopException if something could not be ended
     */
    default void stop() {
        Blocking.await(stopAsync(), "the stop of all processes");
    }

    /**
     * Stops a process with everything it has started, and waits until nothing of it is left: the stop command or signal
     * first, after the stop timeout KILL. Does nothing if it is not running. Once this returns, nothing but a user's start
     * brings it back.
     *
     * @throws ProcessStopException if something could not be ended
     */
    default void stop(String id) {
        Blocking.await(stopAsync(id), "the stop of process '" + id + "'");
    }

    /** As {@link #stop()}. */
    CompletableFuture<Void> stopAsync();

    /** As {@link #stop(String)}. */
    CompletableFuture<Void> stopAsync(String id);

    /** As {@link #restart(String, boolean)}, without force. */
    default void restart(String id) {
        restart(id, false);
    }

    /**
     * Stops a process if it runs, starts it, and waits as {@link #start(String)} does. Counts of restarts begin anew.
     *
     * @param force whether to go through an open circuit breaker, which closes it; without force, an open breaker refuses
     * @throws ProcessStartException if it does not start
     * @throws IllegalProcessStateException if it is being stopped, or its circuit breaker is open
     */
    default void restart(String id, boolean force) {
        Blocking.await(restartAsync(id, force), "the restart of process '" + id + "'");
    }

    /** As {@link #restart(String, boolean)}. */
    CompletableFuture<Void> restartAsync(String id, boolean force);

    /**
     * Registers a process; it is not started.
     *
     * @throws IllegalArgumentException if the id is taken, a dependency is not registered or leads in a circle, or a
     *     provider is unknown
     */
    void add(ProcessSpec spec);

    /**
     * Removes a process.
     *
     * @throws IllegalProcessStateException if it is running: stop it first
     * @throws IllegalArgumentException if another process depends on it
     */
    void remove(String id);

    /** {@return all that is known of a process now} */
    ProcessStatus status(String id);

    /** {@return the status of every process, in the order they were registered} */
    List<ProcessStatus> list();

    /** {@return what is fixed about a process} */
    ProcessSpec spec(String id);

    /** {@return why a process is in its state, and what happens next} */
    Explanation explain(String id);

    /** {@return whether the process's state allows an operation now} */
    boolean isAllowed(String id, Operation operation);

    /** {@return the latest moves of a process, oldest first, at most 100} */
    List<Transition> history(String id);

    /** {@return the latest changes of mind of a process's health checks, of all its launches, oldest first, at most 100} */
    List<ProcessEvent.HealthChanged> healthHistory(String id);

    /** {@return a process's output} */
    ProcessLogs logs(String id);

    /**
     * {@return what a process has used over time, through all its launches; kept current} Without limits and without {@link
     * ProcessSpecBuilder#monitoring}, of the latest ten minutes.
     */
    ResourceHistory resources(String id);

    /**
     * {@return how busy and how full the whole system is, at most a second old} Waits for that: the first time half a second or
     * so, later as long as the local file systems take to answer.
     */
    default SystemUsage system() {
        return Blocking.await(systemAsync(), "a look at the system");
    }

    /** As {@link #system()}. */
    CompletableFuture<SystemUsage> systemAsync();

    /**
     * Adds a listener. It gets every later event, one at a time, in order per process, on a thread that is not the
     * engine's; what it throws is logged. One that is more than 10 000 events behind misses the newer ones and is told so.
     */
    Subscription addListener(Consumer<? super ProcessEvent> listener);

    /** {@return the log directory, if one was set} */
    Optional<java.nio.file.Path> logDirectory();

    /**
     * Stops everything in order, and ends what is left when the time is over with KILL. The manager is closed then. Called
     * again while it is under way, it can only shorten the time: with {@link Duration#ZERO}, all is killed now.
     *
     * @param timeout how long an orderly stop may take
     * @return completed when nothing is left; failed with {@link ProcessStopException} if something could not be ended
     */
    CompletableFuture<Void> shutdownAsync(Duration timeout);

    /**
     * Stops everything in order within the force-shutdown timeout, and waits for it. Idempotent. What could not be ended is
     * logged.
     */
    @Override
    void close();
}
