package io.hsu.testkit;

import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A check that answers what the test says: at once, or when it says so. Not safe for use by many threads. */
public final class ScriptedCheck implements HealthCheck {

    private final List<CompletableFuture<HealthResult>> looks = new ArrayList<>();
    private HealthResult answer;

    /** Answers at once from now on. */
    public ScriptedCheck answer(boolean healthy, String reason) {
        answer = new HealthResult(healthy, reason);
        return this;
    }

    /** Leaves looks open from now on. */
    public void hang() {
        answer = null;
    }

    /** {@return all looks there were} */
    public List<CompletableFuture<HealthResult>> looks() {
        return looks;
    }

    @Override
    public CompletionStage<HealthResult> check(HealthTarget target) {
        CompletableFuture<HealthResult> look =
                answer == null ? new CompletableFuture<>() : CompletableFuture.completedFuture(answer);
        looks.add(look);
        return look;
    }

    @Override
    public String toString() {
        return "scripted";
    }
}
