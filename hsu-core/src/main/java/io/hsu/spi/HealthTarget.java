package io.hsu.spi;

import io.hsu.LogLine;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What a health check may know of the launch it looks at. Safe for use by many threads. */
public interface HealthTarget {

    /** {@return the process} */
    String processId();

    /** {@return the launch's number, from 1} */
    long launch();

    /**
     * {@return the operating system's process id}
     *
     * @throws IllegalStateException within {@link HealthCheck#forLaunch}: there is none yet
     */
    long pid();

    /** {@return whether the process is alive; a zombie is not} */
    boolean isAlive();

    /** {@return the port that this launch of an integrated process was given; empty for other processes} */
    OptionalInt port();

    /** {@return how long one look may take: the check's timeout} */
    Duration timeout();

    /**
     * Hands every line that the launch writes to {@code listener}, from the first on if called within
     * {@link HealthCheck#forLaunch}. The listener is called on the thread that reads the output: it must be quick.
     */
    void onOutput(Consumer<LogLine> listener);

    /** {@return where a check may block; its threads are the manager's and end with it} */
    Executor blockingExecutor();

    /**
     * Runs a command in the process's environment and working directory.
     *
     * @param command the executable and its arguments; no shell is involved
     * @return how it ended, with what it wrote; cancelling it kills the command with everything it started; so does
     *     the end of the look
     */
    CompletableFuture<CommandResult> run(List<String> command);
}
