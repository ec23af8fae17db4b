package io.hsu.testkit;

import io.hsu.spi.HealthTarget;
import io.hsu.spi.StopRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A request to stop that is answered when the test says so. Not safe for use by many threads. */
public final class ScriptedStop implements StopRequest {

    /** Each question, open until the test answers it. */
    public final List<CompletableFuture<Boolean>> asked = new ArrayList<>();
    /** Who was asked. */
    public final List<HealthTarget> targets = new ArrayList<>();

    @Override
    public CompletionStage<Boolean> ask(HealthTarget target) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        targets.add(target);
        asked.add(answer);
        return answer;
    }
}
