package io.hsu.examples.plugin;

import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthCheckProvider;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import io.hsu.spi.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * A health check of one's own: a worker is well as long as not too many files wait in its spool directory.
 *
 * @param directory where the files wait
 * @param max how many may
 */
public record QueueDepthCheck(Path directory, int max) implements HealthCheck {

    @Override
    public CompletionStage<HealthResult> check(HealthTarget target) {
        // Listing a directory may block, so it is not done on the engine's thread.
        return CompletableFuture.supplyAsync(this::look, target.blockingExecutor());
    }

    private HealthResult look() {
        try (Stream<Path> waiting = Files.list(directory)) {
            long depth = waiting.count();
            return new HealthResult(depth <= max, "%d files wait in %s, %d may".formatted(depth, directory, max));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // counts as a failure, with its message as the reason
        }
    }

    /** Makes the check known as {@code queue-depth}. */
    public static final class Provider implements HealthCheckProvider {

        @Override
        public String type() {
            return "queue-depth";
        }

        @Override
        public HealthCheck create(Settings settings) {
            return new QueueDepthCheck(
                    Path.of(settings.requiredString("directory")), settings.requiredInt("max", 0, 1_000_000));
        }
    }
}
