package io.hsu.internal.health;

import io.hsu.spi.HealthTarget;
import io.hsu.spi.Providers;
import io.hsu.spi.StopRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A stop request known by its type only, until the manager that the process is registered with looks its provider up; where
 * there is none, nothing is asked.
 *
 * @param type the provider's type
 */
public record NamedStopRequest(String type) implements StopRequest {

    /** What integrated processes are asked with. */
    public static final NamedStopRequest GRPC = new NamedStopRequest("grpc");

    /** {@return the provider's request; empty if nobody provides one} */
    public Optional<StopRequest> resolve(Providers providers) {
        return providers.stopRequestTypes().contains(type)
                ? Optional.of(providers.stopRequest(type, Map.of()))
                : Optional.empty();
    }

    @Override
    public CompletionStage<Boolean> ask(HealthTarget target) {
        throw new IllegalStateException("stop request type '" + type + "' has not been looked up");
    }
}
