package io.hsu.internal.health;

import io.hsu.LogLine;
import io.hsu.internal.launch.LaunchedProcess;
import io.hsu.internal.log.LaunchOutput;
import io.hsu.spi.CommandResult;
import io.hsu.spi.HealthTarget;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the checks of one launch may know of it. */
public final class LaunchTarget implements HealthTarget {

    private final String processId;
    private final long launch;
    private final Duration timeout;
    private final Supplier<LaunchedProcess> process;
    private final LaunchOutput output;
    private final BlockingTasks blocking;
    private final Set<CompletableFuture<CommandResult>> running = ConcurrentHashMap.newKeySet();
    private final Function<List<String>, CompletableFuture<CommandResult>> commands;

    /**
     * @param process the launched process; gives null before there is one
     * @param commands runs a command beside the process
     */
    public LaunchTarget(
            String processId,
            long launch,
            Duration timeout,
            Supplier<LaunchedProcess> process,
            LaunchOutput output,
            Executor blocking,
            Function<List<String>, CompletableFuture<CommandResult>> commands) {
        this.processId = processId;
        this.launch = launch;
        this.timeout = timeout;
        this.process = process;
        this.output = output;
        this.blocking = new BlockingTasks(blocking);
        this.commands = commands;
    }

    @Override
    public String processId() {
        return processId;
    }

    @Override
    public long launch() {
        return launch;
    }

    @Override
    public long pid() {
        return launched().pid();
    }

    @Override
    public boolean isAlive() {
        return launched().isAlive();
    }

    private LaunchedProcess launched() {
        LaunchedProcess launched = process.get();
        if (launched == null) {
            throw new IllegalStateException(
                    "process '%s' is not launched yet: ask within check(...), not within forLaunch(...)"
                            .formatted(processId));
        }
        return launched;
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public void onOutput(Consumer<LogLine> listener) {
        output.addListener(listener);
    }

    @Override
    public Executor blockingExecutor() {
        return blocking;
    }

    /** {@return whether blocking work of an earlier look has not come to an end} */
    boolean isBusy() {
        return blocking.isBusy();
    }

    @Override
    public CompletableFuture<CommandResult> run(List<String> command) {
        CompletableFuture<CommandResult> result = commands.apply(command);
        running.add(result);
        result.whenComplete((ended, failure) -> running.removeIf(other -> other == result));
        return result;
    }

    /** Kills the commands of a look that is over, whether the check has thought of it or not. */
    void cancelCommands() {
        running.forEach(command -> command.cancel(true));
    }
}
