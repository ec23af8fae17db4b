package io.hsu.internal.health;

import io.hsu.internal.Require;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * A check known by its type only, until the manager that it is registered with looks its provider up.
 *
 * @param type the provider's type
 * @param settings what the check is to be made with
 */
public record NamedHealthCheck(String type, Map<String, ?> settings) implements HealthCheck {

    public NamedHealthCheck {
        Require.nonBlank(type, "type");
        settings = Map.copyOf(settings);
    }

    @Override
    public CompletionStage<HealthResult> check(HealthTarget target) {
        throw new IllegalStateException("health check type '" + type + "' has not been looked up");
    }
}
