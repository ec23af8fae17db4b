package io.hsu.internal.health;

import io.hsu.internal.Require;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
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
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings)); // may hold keys without a value
    }

    @Override
    public CompletionStage<HealthResult> check(HealthTarget target) {
        throw new IllegalStateException("health check type '" + type + "' has not been looked up");
    }

    /** Leaves the values out: one may be a token. */
    @Override
    public String toString() {
        return type + " " + new TreeSet<>(settings.keySet());
    }
}
