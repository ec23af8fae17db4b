package io.hsu.internal.engine;

import io.hsu.ExitStatus;
import io.hsu.ResourceUsage;
import io.hsu.Signal;
import io.hsu.StreamKind;
import io.hsu.internal.health.RunningCommand;
import io.hsu.internal.launch.LaunchListener;
import io.hsu.internal.launch.LaunchRequest;
import io.hsu.internal.launch.LaunchedProcess;
import io.hsu.internal.log.LastLines;
import io.hsu.internal.time.Timer.Cancellable;
import io.hsu.spi.CommandResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Runs commands beside a process: exec checks and stop commands. Nothing of a command outlives it. */
final class CommandRunner {

    private static final int KEPT_LINES = 20;
    private static final Duration GONE_LIMIT = Duration.ofSeconds(5);

    private static final CompletableFuture<Void> GO_ON = CompletableFuture.completedFuture(null);

    private final EngineRuntime runtime;
    /** By command, until nothing of it is left. */
    private final Map<RunningCommand, CompletableFuture<Void>> underWay =
            Collections.synchronizedMap(new IdentityHashMap<>());

    CommandRunner(EngineRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * {@return how the command ended} Cancelling it kills the command with everything it started.
     *
     * @param process the launch that it runs beside
     */
    RunningCommand run(LaunchRequest process, List<String> command) {
        LastLines output = new LastLines(KEPT_LINES);
        RunningCommand result = new RunningCommand(output::finish);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        underWay.put(result, gone);
        gone.whenComplete((done, failed) -> underWay.remove(result));
        try {
            LaunchRequest beside = process.beside(command);
            runtime.launching().execute(() -> launch(beside, output, result, gone));
        } catch (RuntimeException | Error e) {
            gone.complete(null);
            result.completeExceptionally(e);
        }
        return result;
    }

    /**
     * {@return completed when nothing is left of the commands that run now, which have been cancelled; or when that takes too long:
     * the system may hang}
     */
    CompletableFuture<Void> allGone() {
        CompletableFuture<Void> gone = CompletableFuture.allOf(underWay.values().toArray(CompletableFuture<?>[]::new));
        if (!gone.isDone()) {
            Cancellable limit = runtime.timer().schedule(GONE_LIMIT, () -> gone.complete(null));
            gone.whenComplete((done, failed) -> limit.cancel());
        }
        return gone;
    }

    private void launch(LaunchRequest request, LastLines output, RunningCommand result, CompletableFuture<Void> gone) {
        if (result.isDone()) {
            gone.complete(null);
            return;
        }
        CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
        try {
            LaunchedProcess process = runtime.launcher().launch(request, new Listener(output, exit));
            // Outside: what a check does with its result must not hold up the thread that exits come on.
            exit.thenAcceptAsync(
                    status -> result.complete(new CommandResult(status, output.finish())), runtime.outside());
            result.whenComplete((ended, cancelled) -> {
                if (process.isOver()) {
                    gone.complete(null);
                } else {
                    new TreeStopper(runtime, process, killed -> {})
                            .stop(Signal.KILL, Duration.ZERO)
                            .whenComplete((left, failed) -> gone.complete(null));
                }
            });
        } catch (RuntimeException | Error e) {
            gone.complete(null);
            result.completeExceptionally(e);
        }
    }

    private record Listener(LastLines lines, CompletableFuture<ExitStatus> exit) implements LaunchListener {
        @Override
        public CompletableFuture<Void> output(StreamKind stream, ByteBuffer bytes, Runnable whenTaken) {
            lines.bytes(stream, bytes);
            return GO_ON;
        }

        @Override
        public void outputEnded(StreamKind stream) {}

        @Override
        public void exited(ExitStatus status, ResourceUsage usage) {
            exit.complete(status);
        }
    }
}
