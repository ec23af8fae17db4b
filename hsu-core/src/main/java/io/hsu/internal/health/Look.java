package io.hsu.internal.health;

import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;

/**
 * One look of a check. To begin it and to cancel it runs the check's own code, which may block although it must not: so both
 * happen outside, where nothing but this look waits for it.
 */
final class Look {

    private final Executor outside;
    private final CompletableFuture<HealthResult> result = new CompletableFuture<>();

    private Look(Executor outside) {
        this.outside = outside;
    }

    /**
     * Begins.
     *
     * @param done told the result or the failure, on any thread
     */
    static Look begin(
            HealthCheck check, LaunchTarget target, Executor outside, BiConsumer<HealthResult, Throwable> done) {
        Look look = new Look(outside);
        look.result.whenComplete((found, failure) -> target.cancelCommands());
        look.result.whenComplete(done);
        if (target.isBusy()) {
            look.result.complete(HealthResult.unhealthy(check + ": an earlier look has not come to an end"));
        } else {
            look.execute(target.blockingExecutor(), () -> look.run(check, target));
        }
        return look;
    }

    /** Nobody waits for it any more. */
    void cancel() {
        execute(outside, () -> result.cancel(true));
    }

    private void run(HealthCheck check, HealthTarget target) {
        if (result.isDone()) {
            return;
        }
        CompletableFuture<HealthResult> answer;
        try {
            CompletionStage<HealthResult> stage = check.check(target);
            answer = stage == null ? CompletableFuture.completedFuture(null) : stage.toCompletableFuture();
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
            return;
        }
        answer.whenComplete((found, failure) -> {
            if (failure == null) {
                result.complete(found);
            } else {
                result.completeExceptionally(failure);
            }
        });
        result.whenComplete((found, failure) -> {
            if (failure != null && !answer.isDone()) {
                answer.cancel(true); // cancelled, or no thread was to be had to cancel it
            }
        });
    }

    private void execute(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            result.completeExceptionally(e); // the manager is closed, or no thread is to be had
        }
    }
}
