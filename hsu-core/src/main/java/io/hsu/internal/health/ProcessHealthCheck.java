package io.hsu.internal.health;

import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthCheckProvider;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import io.hsu.spi.Settings;

/** The process is alive, and not a zombie. */
public record ProcessHealthCheck() implements ImmediateCheck {

    @Override
    public HealthResult look(HealthTarget target) {
        return target.isAlive()
                ? HealthResult.healthy("process " + target.pid() + " is alive")
                : HealthResult.unhealthy("process " + target.pid() + " is not alive");
    }

    @Override
    public String toString() {
        return "process";
    }

    /** Provides {@code process}. */
    public static final class Provider implements HealthCheckProvider {
        @Override
        public String type() {
            return "process";
        }

        @Override
        public HealthCheck create(Settings settings) {
            return new ProcessHealthCheck();
        }
    }
}
