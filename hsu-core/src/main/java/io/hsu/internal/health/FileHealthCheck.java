package io.hsu.internal.health;

import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthCheckProvider;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import io.hsu.spi.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A file or directory exists. */
public record FileHealthCheck(Path path) implements HealthCheck {

    @Override
    public CompletionStage<HealthResult> check(HealthTarget target) {
        // A file system may hang; an engine thread may not.
        return CompletableFuture.supplyAsync(
                () -> Files.exists(path)
                        ? HealthResult.healthy(path + " exists")
                        : HealthResult.unhealthy(path + " does not exist"),
                target.blockingExecutor());
    }

    @Override
    public String toString() {
        return "file " + path;
    }

    /** Provides {@code file}. */
    public static final class Provider implements HealthCheckProvider {
        @Override
        public String type() {
            return "file";
        }

        @Override
        public HealthCheck create(Settings settings) {
            return new FileHealthCheck(Path.of(settings.requiredString("path")));
        }
    }
}
