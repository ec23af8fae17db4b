package io.hsu.internal.engine;

import io.hsu.HealthCheckSpec;
import io.hsu.ProcessSpec;
import io.hsu.ProcessSpecBuilder;
import io.hsu.internal.health.NamedHealthCheck;
import io.hsu.internal.health.NamedStopRequest;
import io.hsu.spi.Providers;

/** Looks up what a specification only names: checks by their type, the restart policy by its name. */
final class Resolver {

    /**
     * {@return the specification with real checks}
     *
     * @throws IllegalArgumentException if a type or a name is unknown, or a check refuses its settings
     * @throws IllegalStateException if a check does not go with the process
     */
    static ProcessSpec resolve(ProcessSpec spec, Providers providers) {
        try {
            if (spec.restart().policyInstance().isEmpty()) {
                providers.restartPolicy(spec.restart().policyName());
            }
            ProcessSpecBuilder builder = spec.toBuilder().clearHealthChecks();
            for (HealthCheckSpec check : spec.healthChecks()) {
                builder.check(resolve(check, providers));
            }
            if (spec.stopRequest().orElse(null) instanceof NamedStopRequest named) {
                named.resolve(providers).ifPresent(builder::stopRequest);
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("process '%s': %s".formatted(spec.id(), e.getMessage()), e);
        }
    }

    private static HealthCheckSpec resolve(HealthCheckSpec check, Providers providers) {
        if (check.check() instanceof NamedHealthCheck named) {
            return check.toBuilder()
                    .check(providers.healthCheck(named.type(), named.settings()))
                    .build();
        }
        return check;
    }

    private Resolver() {}
}
