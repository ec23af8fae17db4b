package io.hsu.spi;

/**
 * Decides what follows when a process has ended or must be replaced.
 *
 * <p>A policy is pure: it reads no clock and keeps no counters (everything it may want to know is in the context), so
 * one instance serves all processes and all threads. It must return quickly. One that throws, or answers null, is
 * reported, and the process is treated as by {@code on-failure}.
 *
 * <p>The engine has the last word twice: a process that a user has stopped is not started again whatever the policy
 * says, and an open circuit breaker makes a restart wait.
 */
@FunctionalInterface
public interface RestartPolicy {

    /**
     * {@return what to do}
     *
     * @param context what happened, and what the settings suggest
     */
    RestartDecision decide(RestartContext context);
}
