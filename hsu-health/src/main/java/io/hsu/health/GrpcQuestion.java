package io.hsu.health;

import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What a gRPC server is asked to learn whether it is well. Immutable. */
interface GrpcQuestion {

    /** Asks. To cancel what is returned cancels the call. */
    CompletableFuture<HealthResult> ask(GrpcLink link, HealthTarget target);

    /** {@return the result of a call} */
    static CompletableFuture<HealthResult> judged(
            CompletableFuture<byte[]> call,
            Function<byte[], HealthResult> answered,
            Function<GrpcCallException, HealthResult> failed) {
        CompletableFuture<HealthResult> result = call.handle((answer, failure) ->
                failure instanceof GrpcCallException known ? failed.apply(known) : answered.apply(answer));
        result.whenComplete((found, cancelled) -> call.cancel(true));
        return result;
    }
}
