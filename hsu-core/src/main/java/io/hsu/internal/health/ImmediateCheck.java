package io.hsu.internal.health;

import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A check of ours that knows the answer at once, without waiting for anything: it is looked at where its turn is noticed, since to
 * wake other threads for it costs a hundred times what it does.
 */
interface ImmediateCheck extends HealthCheck {

    /** {@return how it stands} */
    HealthResult look(HealthTarget target);

    @Override
    default CompletionStage<HealthResult> check(HealthTarget target) {
        return CompletableFuture.completedFuture(look(target));
    }
}
