package io.hsu.spi;

import io.hsu.ProcessSpec;
import java.util.concurrent.CompletionStage;

/**
 * Looks whether a process is well.
 *
 * <p>{@link #check} is asynchronous: it starts the look and returns, so that thousands in flight need no thread each.
 * The engine runs it at its interval, never two of one process's check at once, and counts; thresholds, roles and
 * restarts are not the check's business. A result of an earlier launch is dropped.
 *
 * <p>One instance may serve several processes. A check that keeps something per launch (a connection, what it has seen
 * of the output) returns an instance of its own from {@link #forLaunch}.
 */
@FunctionalInterface
public interface HealthCheck {

    /**
     * Starts one look.
     *
     * <p>When the check is late, the engine counts a failure and cancels the stage's future
     * ({@link CompletionStage#toCompletableFuture()}); a check that holds on to something releases it then. To throw, to
     * return null and to complete with an exception are failures, with the exception's message as the reason. Called on
     * a thread that nothing but this look waits for; one that blocks holds that thread, so it belongs on {@link
     * HealthTarget#blockingExecutor()}.
     *
     * @param target the process
     * @return the result to come
     */
    CompletionStage<HealthResult> check(HealthTarget target);

    /**
     * Refuses a process that the check can say nothing about. Called when the process is registered, and before that when a
     * configuration is read. Does nothing unless overridden.
     *
     * @param process the process
     * @throws IllegalArgumentException if it cannot be checked: say why, and what to do
     */
    default void validate(ProcessSpec process) {}

    /**
     * Called once per launch, before the first line of its output is read.
     *
     * @param target the process
     * @return the check for this launch; the default is this one
     */
    default HealthCheck forLaunch(HealthTarget target) {
        return this;
    }

    /** Called on what {@link #forLaunch} returned once the launch is over. Does nothing unless overridden. */
    default void close() {}
}
