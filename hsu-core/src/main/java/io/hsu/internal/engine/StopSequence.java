package io.hsu.internal.engine;

import io.hsu.ExitStatus;
import io.hsu.ProcessSpec;
import io.hsu.Signal;
import io.hsu.internal.launch.LaunchedProcess;
import io.hsu.internal.time.Timer.Cancellable;
import io.hsu.spi.CommandResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One stop of one launch: the stop command if there is one, then the tree. Both share the stop timeout. */
final class StopSequence {

    private static final Logger log = LoggerFactory.getLogger(StopSequence.class);

    private final EngineRuntime runtime;
    private final ProcessSpec spec;
    private final TreeStopper tree;
    private final CommandRunner commands;
    private volatile CompletableFuture<CommandResult> command = CompletableFuture.completedFuture(null);
    private volatile boolean killNow;

    StopSequence(
            EngineRuntime runtime,
            ProcessSpec spec,
            LaunchedProcess process,
            CommandRunner commands,
            Consumer<List<Long>> onEscalation) {
        this.runtime = runtime;
        this.spec = spec;
        this.commands = commands;
        this.tree = new TreeStopper(runtime, process, onEscalation);
    }

    /** {@return the process ids that could not be ended} */
    CompletableFuture<List<Long>> begin(Duration grace) {
        if (spec.stopCommand().isEmpty() || grace.isZero()) {
            return tree.stop(spec.stopSignal(), grace);
        }
        long began = runtime.clock().nanos();
        CompletableFuture<CommandResult> running = commands.run(spec.stopCommand());
        command = running;
        if (killNow) {
            running.cancel(true);
        }
        Cancellable limit = runtime.timer().schedule(grace, () -> running.cancel(true));
        return running.handle((result, failure) -> {
                    limit.cancel();
                    report(result, failure);
                    Duration left = grace.minusNanos(runtime.clock().nanos() - began);
                    boolean kill = killNow || left.isNegative() || left.isZero();
                    return kill ? tree.stop(Signal.KILL, Duration.ZERO) : tree.stop(spec.stopSignal(), left);
                })
                .thenCompose(survivors -> survivors);
    }

    /** Kills now instead of waiting on. */
    void kill() {
        killNow = true;
        command.cancel(true);
        tree.killNow();
    }

    /** The process has ended: looks now whether something else is left. */
    void poke() {
        tree.poke();
    }

    private void report(CommandResult result, Throwable failure) {
        if (failure instanceof CancellationException) {
            log.warn("process '{}': its stop command was not done in time", spec.id());
        } else if (failure != null) {
            log.warn("process '{}': its stop command failed: {}; it is sent {}", spec.id(), failure, spec.stopSignal());
        } else {
            boolean done = result.status().equals(new ExitStatus.Exited(0));
            log.atLevel(done ? Level.DEBUG : Level.WARN)
                    .log("process '{}': its stop command {} {}", spec.id(), result.status(), result.output());
        }
    }
}
