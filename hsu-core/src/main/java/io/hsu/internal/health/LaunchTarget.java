package io.hsu.internal.health;

import io.hsu.HealthCheckSpec;
import io.hsu.LogLine;
import io.hsu.internal.launch.LaunchedProcess;
import io.hsu.spi.CommandResult;
import io.hsu.spi.HealthTarget;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What one check, or who asks to stop, may know of a launch. */
public final class LaunchTarget implements HealthTarget {

    private final LaunchFacts launch;
    private final HealthCheckSpec check;
    private final Duration timeout;
    private final BlockingTasks blocking;
    private final Set<RunningCommand> running = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    private LaunchTarget(LaunchFacts launch, HealthCheckSpec check, Duration timeout) {
        this.launch = launch;
        this.check = check;
        this.timeout = timeout;
        this.blocking = new BlockingTasks(launch.blocking());
    }

    /** {@return the target of a check} */
    public static LaunchTarget of(LaunchFacts launch, HealthCheckSpec check) {
        return new LaunchTarget(launch, check, check.timeout());
    }

    /** {@return the target of a request to stop} */
    public static LaunchTarget ofStop(LaunchFacts launch, Duration timeout) {
        return new LaunchTarget(launch, null, timeout);
    }

    @Override
    public String processId() {
        return launch.processId();
    }

    @Override
    public long launch() {
        return launch.launch();
    }

    @Override
    public OptionalInt port() {
        return launch.port();
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
        LaunchedProcess launched = launch.process().get();
        if (launched == null) {
            throw new IllegalStateException(
                    "process '%s' is not launched yet: ask within check(...), not within forLaunch(...)"
                            .formatted(processId()));
        }
        return launched;
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public void onOutput(Consumer<LogLine> listener) {
        launch.output().addListener(listener);
    }

    @Override
    public Executor blockingExecutor() {
        return blocking;
    }

    /** {@return what is checked, and how often} */
    HealthCheckSpec check() {
        return check;
    }

    /** {@return what the process says of itself} */
    Notifications notifications() {
        return launch.notifications();
    }

    /** {@return whether blocking work of an earlier look has not come to an end} */
    boolean isBusy() {
        return blocking.isBusy();
    }

    @Override
    public CompletableFuture<CommandResult> run(List<String> command) {
        RunningCommand result = launch.commands().apply(command);
        running.add(result);
        result.whenComplete((done, failure) -> running.removeIf(other -> other == result));
        if (ended) {
            result.cancel(true); // who has asked for it comes too late
        }
        return result;
    }

    /** Nobody looks or asks any more: what commands there are, and those that come late, are killed. */
    public void end() {
        ended = true;
        cancelCommands();
    }

    /** Kills the commands of a look that is over, whether the check has thought of it or not. */
    void cancelCommands() {
        running.forEach(command -> command.cancel(true));
    }

    /** {@return the last lines of the commands that run} */
    List<String> outputSoFar() {
        return running.stream()
                .flatMap(command -> command.outputSoFar().stream())
                .toList();
    }
}
