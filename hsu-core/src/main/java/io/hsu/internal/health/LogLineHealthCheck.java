package io.hsu.internal.health;

import io.hsu.LogLine;
import io.hsu.OutputSpec;
import io.hsu.ProcessSpec;
import io.hsu.StreamKind;
import io.hsu.internal.Require;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthCheckProvider;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import io.hsu.spi.Settings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A line of the launch's output has matched a pattern. */
public record LogLineHealthCheck(String pattern) implements HealthCheck {

    @Override
    public void validate(ProcessSpec process) {
        OutputSpec output = process.output();
        Require.argument(
                output.captures(StreamKind.STDOUT) || output.captures(StreamKind.STDERR),
                "a log-line check sees nothing, because neither stream is captured; capture one of them");
    }

    @Override
    public HealthCheck forLaunch(HealthTarget target) {
        Watch watch = new Watch(Pattern.compile(pattern));
        target.onOutput(watch);
        return watch;
    }

    @Override
    public CompletionStage<HealthResult> check(HealthTarget target) {
        throw new IllegalStateException("a log-line check looks at one launch: use what forLaunch returns");
    }

    @Override
    public String toString() {
        return "log-line /" + pattern + "/";
    }

    /** What one launch has written so far. A look waits for the line, so that it is noticed when it comes. */
    private static final class Watch implements HealthCheck, Consumer<LogLine> {
        private final Pattern pattern;
        private volatile HealthResult found;
        private CompletableFuture<HealthResult> waiting = new CompletableFuture<>();

        Watch(Pattern pattern) {
            this.pattern = pattern;
        }

        @Override
        public void accept(LogLine line) {
            CompletableFuture<HealthResult> look;
            // Not under the lock: a slow pattern must not hold up the engine thread that comes to look.
            if (found != null || !pattern.matcher(line.text()).find()) {
                return;
            }
            HealthResult result = HealthResult.healthy("found: " + line.text());
            synchronized (this) {
                if (found != null) {
                    return;
                }
                found = result;
                look = waiting;
            }
            look.complete(result);
        }

        @Override
        public synchronized CompletionStage<HealthResult> check(HealthTarget target) {
            waiting = found == null ? new CompletableFuture<>() : CompletableFuture.completedFuture(found);
            return waiting;
        }

        @Override
        public String toString() {
            return "log-line /" + pattern + "/";
        }
    }

    /** Provides {@code log-line}. */
    public static final class Provider implements HealthCheckProvider {
        @Override
        public String type() {
            return "log-line";
        }

        @Override
        public HealthCheck create(Settings settings) {
            String pattern = settings.requiredString("pattern");
            try {
                Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "pattern '%s' is not a regular expression: %s near index %d"
                                .formatted(pattern, e.getDescription(), e.getIndex()),
                        e);
            }
            return new LogLineHealthCheck(pattern);
        }
    }
}
