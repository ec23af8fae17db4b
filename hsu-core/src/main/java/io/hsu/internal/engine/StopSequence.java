package io.hsu.internal.engine;

import io.hsu.ExitStatus;
import io.hsu.ProcessSpec;
import io.hsu.Signal;
import io.hsu.internal.health.LaunchTarget;
import io.hsu.internal.health.NamedStopRequest;
import io.hsu.internal.time.Timer.Cancellable;
import io.hsu.spi.CommandResult;
import io.hsu.spi.StopRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One stop of one launch: the request and the stop command if there are any, then the tree. All share the stop timeout. */
final class StopSequence {

    private static final Logger log = LoggerFactory.getLogger(StopSequence.class);

    private final EngineRuntime runtime;
    private final ProcessSpec spec;
    private final Run run;
    private final TreeStopper tree;
    private final CommandRunner commands;
    /** Completed when nothing more is to be expected of the request: refused, too late, or the process has ended. */
    private final CompletableFuture<Void> requestOver = new CompletableFuture<>();

    private volatile CompletableFuture<CommandResult> command = CompletableFuture.completedFuture(null);
    private volatile boolean killNow;

    StopSequence(
            EngineRuntime runtime,
            ProcessSpec spec,
            Run run,
            CommandRunner commands,
            Consumer<List<Long>> onEscalation) {
        this.runtime = runtime;
        this.spec = spec;
        this.run = run;
        this.commands = commands;
        this.tree = new TreeStopper(runtime, run.process, onEscalation);
    }

    /** {@return the process ids that could not be ended} */
    CompletableFuture<List<Long>> begin(Duration grace) {
        // One that nobody has provided is none.
        Optional<StopRequest> request = spec.stopRequest().filter(known -> !(known instanceof NamedStopRequest));
        boolean simple = request.isEmpty() && spec.stopCommand().isEmpty();
        if (simple || grace.isZero()) {
            return tree.stop(spec.stopSignal(), grace);
        }
        long began = runtime.clock().nanos();
        return request.map(known -> ask(known, grace.dividedBy(2)))
                .orElse(CompletableFuture.completedFuture(null))
                .thenCompose(asked -> command(left(grace, began)))
                .thenCompose(done -> {
                    Duration left = left(grace, began);
                    boolean kill = killNow || left.isZero();
                    return kill ? tree.stop(Signal.KILL, Duration.ZERO) : tree.stop(spec.stopSignal(), left);
                });
    }

    private Duration left(Duration grace, long began) {
        Duration left = grace.minusNanos(runtime.clock().nanos() - began);
        return left.isNegative() ? Duration.ZERO : left;
    }

    // Asked.

    private CompletableFuture<Void> ask(StopRequest request, Duration most) {
        Cancellable limit = runtime.timer().schedule(most, () -> requestOver.complete(null));
        requestOver.whenComplete((over, none) -> limit.cancel());
        try {
            runtime.outside().execute(() -> begin(request, most));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            answered(null, e); // the manager is closed, or no thread is to be had: the signal needs none
        }
        return requestOver;
    }

    private void begin(StopRequest request, Duration most) {
        if (requestOver.isDone()) {
            return;
        }
        LaunchTarget target = LaunchTarget.ofStop(run.facts, most);
        // Its commands whether it thinks of them or not. What depends on them, and on its answer, is its own code, and
        // the
        // request may be over on the timer's thread or in the mailbox: so outside.
        requestOver.whenCompleteAsync((over, none) -> target.end(), runtime.outside());
        CompletableFuture<Boolean> answer = answer(request, target);
        answer.whenComplete(this::answered);
        requestOver.whenCompleteAsync((over, none) -> answer.cancel(true), runtime.outside());
    }

    private CompletableFuture<Boolean> answer(StopRequest request, LaunchTarget target) {
        try {
            CompletionStage<Boolean> stage = request.ask(target);
            return stage == null ? CompletableFuture.completedFuture(null) : stage.toCompletableFuture();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void answered(Boolean agreed, Throwable failure) {
        if (requestOver.isDone()) {
            return;
        }
        if (failure == null && Boolean.TRUE.equals(agreed)) {
            log.debug("process '{}' has agreed to stop", spec.id());
            return; // it has its time now, and its end is told by poke()
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        log.atLevel(cause == null ? Level.DEBUG : Level.WARN)
                .log("process '{}' cannot be asked to stop{}", spec.id(), cause == null ? "" : ": " + cause);
        requestOver.complete(null);
    }

    // Commanded.

    private CompletableFuture<Void> command(Duration most) {
        if (spec.stopCommand().isEmpty() || killNow || most.isZero()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<CommandResult> running = commands.run(run.request, spec.stopCommand());
        command = running;
        if (killNow) {
            running.cancel(true);
        }
        Cancellable limit = runtime.timer().schedule(most, () -> running.cancel(true));
        return running.handle((result, failure) -> {
            limit.cancel();
            report(result, failure);
            return null;
        });
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

    /** Kills now instead of waiting on. */
    void kill() {
        killNow = true;
        requestOver.complete(null);
        command.cancel(true);
        tree.killNow();
    }

    /** The process has ended: looks now whether something else is left. */
    void poke() {
        requestOver.complete(null);
        tree.poke();
    }
}
