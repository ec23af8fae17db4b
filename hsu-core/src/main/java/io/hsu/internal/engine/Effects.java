package io.hsu.internal.engine;

import io.hsu.ProcessEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a message has decided and is still to be done: launches, signals, events, answers. Done after readers can see the
 * decision, in the order it was decided. Used from the process's mailbox only.
 */
final class Effects {

    private static final Logger log = LoggerFactory.getLogger(Effects.class);

    private final EngineRuntime runtime;
    private final EventBus events;
    private final Deque<Runnable> pending = new ArrayDeque<>(1);

    Effects(EngineRuntime runtime, EventBus events) {
        this.runtime = runtime;
        this.events = events;
    }

    void add(Runnable effect) {
        pending.add(effect);
    }

    void publish(ProcessEvent event) {
        add(() -> events.publish(event));
    }

    /** Code that is not ours never runs on an engine thread. */
    void outside(Runnable task) {
        add(() -> runOutside(task));
    }

    private void runOutside(Runnable task) {
        try {
            runtime.outside().execute(task);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            task.run(); // the manager is being closed, or no thread is to be had: nobody else is left to do it
        }
    }

    void answer(CompletableFuture<Void> future) {
        outside(() -> future.complete(null));
    }

    /** Answers when something else is over. */
    void answerAfter(Supplier<CompletableFuture<?>> before, CompletableFuture<Void> future) {
        add(() -> before.get().whenComplete((done, failed) -> runOutside(() -> future.complete(null))));
    }

    void refuse(CompletableFuture<Void> future, RuntimeException failure) {
        outside(() -> future.completeExceptionally(failure));
    }

    void perform() {
        while (!pending.isEmpty()) {
            Runnable effect = pending.remove();
            try {
                effect.run();
            } catch (RuntimeException | Error e) {
                log.error("an effect failed; the others are done all the same", e);
            }
        }
    }
}
