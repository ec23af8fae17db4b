package io.hsu.internal.engine;

import io.hsu.ProcessStopException;
import io.hsu.internal.Durations;
import io.hsu.internal.time.Timer.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a manager: everything is stopped in order, killed when the time is over, and let go. */
final class Shutdown {

    private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

    private final Engine engine;
    /** How long after everything was killed the end may take to be told. */
    private static final Duration HANG_LIMIT = Duration.ofSeconds(10);

    private static final Duration TELL_LIMIT = Duration.ofSeconds(1);

    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean lettingGo = new AtomicBoolean();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile boolean closed;

    Shutdown(Engine engine) {
        this.engine = engine;
    }

    void refuseWhenClosed() {
        if (begun.get()) {
            throw new IllegalStateException("the process manager is closed; build another one");
        }
    }

    /** {@return completed when nothing is left} A second call can only shorten the time. */
    CompletableFuture<Void> begin(Duration timeout) {
        if (closed) {
            return over.copy();
        }
        Cancellable limit = engine.runtime().timer().schedule(timeout, () -> force(timeout));
        over.whenComplete((done, failed) -> limit.cancel());
        if (begun.compareAndSet(false, true)) {
            stopInOrder();
        }
        return over.copy();
    }

    /** Not in the caller's thread: with many processes it takes its time, and the caller has a time limit to keep. */
    private void stopInOrder() {
        engine.runtime().outside().execute(() -> {
            try {
                engine.supervisors().forEach(Supervisor::refuseStarts);
                engine.stopInOrder().whenComplete((stopped, failure) -> letGo(failure));
            } catch (RuntimeException | Error e) {
                letGo(e);
            }
        });
    }

    private void force(Duration timeout) {
        if (!over.isDone()) {
            Cancellable hang = engine.runtime().timer().schedule(HANG_LIMIT, this::giveUp);
            over.whenComplete((done, failed) -> hang.cancel());
            if (!timeout.isZero()) {
                log.warn("not everything has stopped within {}: what is left is killed", Durations.text(timeout));
            }
            engine.supervisors().forEach(Supervisor::kill);
        }
    }

    /** Something neither ends nor is reported as a survivor, such as a check's code that hangs before a launch. */
    private void giveUp() {
        List<String> left = engine.supervisors().stream()
                .filter(supervisor -> supervisor.snapshot().state().isLive())
                .map(supervisor -> supervisor.spec().id())
                .toList();
        engine.supervisors().forEach(Supervisor::killDirectly);
        letGo(new ProcessStopException(
                null, "processes %s did not come to an end; look at what they wait for".formatted(left), List.of()));
    }

    private void letGo(Throwable failure) {
        if (!lettingGo.compareAndSet(false, true)) {
            return;
        }
        CompletableFuture<?>[] closing =
                engine.supervisors().stream().map(Supervisor::close).toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> told = CompletableFuture.allOf(closing);
        // A policy that hangs holds up its mailbox for ever; the manager's end must not wait for it.
        Cancellable limit = engine.runtime().timer().schedule(TELL_LIMIT, () -> told.complete(null));
        told.whenComplete((done, failed) -> limit.cancel());
        told.thenRun(engine.sampling()::close)
                .thenCompose(done -> engine.outputs().close())
                .thenCompose(written -> engine.events().drained())
                .whenCompleteAsync(
                        (done, failed) -> {
                            closed = true;
                            engine.runtime().launcher().close(); // before the JVM may end because it is told
                            engine.giveStateBack(); // before anyone is told, who may want it again
                            tell(failure);
                            engine.runtime().close();
                        },
                        engine.runtime().outside());
    }

    /** Before the threads end, since those who wait go on from here. */
    private void tell(Throwable failure) {
        if (failure == null) {
            over.complete(null);
        } else {
            over.completeExceptionally(failure);
        }
    }
}
