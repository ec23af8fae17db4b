package io.hsu.spi;

import java.util.concurrent.CompletionStage;

/** Asks a process to end, in the process's own way, before a signal does. */
@FunctionalInterface
public interface StopRequest {

    /**
     * Asks.
     *
     * <p>Called on a thread that nothing but this stop waits for. The future ({@link CompletionStage#toCompletableFuture()}) is
     * cancelled when half of the stop timeout is over, and when the process ends; what the request has begun with
     * {@link HealthTarget#run} is killed then.
     *
     * @param target the process
     * @return true: it has agreed to end, and has until half of the stop timeout is over before it gets its stop signal; false:
     *     it does not know such a request, and gets its signal at once, as it does after a failure
     */
    CompletionStage<Boolean> ask(HealthTarget target);
}
