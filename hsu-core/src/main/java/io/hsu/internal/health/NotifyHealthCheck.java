package io.hsu.internal.health;

import io.hsu.CheckRole;
import io.hsu.HealthCheckSpec;
import io.hsu.ProcessSpec;
import io.hsu.internal.Durations;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthCheckProvider;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import io.hsu.spi.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * What a process says of itself by systemd's protocol: as startup and readiness check, that it is ready; as liveness check, that
 * it has given a sign of life within the interval.
 */
public record NotifyHealthCheck() implements HealthCheck {

    /** {@return whether a process notifies its manager} */
    public static boolean isUsedBy(ProcessSpec process) {
        return process.healthChecks().stream().anyMatch(NotifyHealthCheck::isEnabled);
    }

    private static boolean isEnabled(HealthCheckSpec check) {
        return check.enabled() && check.check() instanceof NotifyHealthCheck;
    }

    /** {@return how often it is to give a sign of life, as sd_watchdog_enabled(3) reads it; empty if it need not} */
    public static Map<String, String> watchdogOf(ProcessSpec process) {
        return process.healthChecks().stream()
                .filter(check -> isEnabled(check) && check.role() == CheckRole.LIVENESS)
                .findFirst()
                .map(check -> Map.of(
                        "WATCHDOG_USEC",
                        Long.toString(
                                TimeUnit.NANOSECONDS.toMicros(check.interval().toNanos()))))
                .orElse(Map.of());
    }

    @Override
    public HealthCheck forLaunch(HealthTarget target) {
        if (!(target instanceof LaunchTarget launch) || launch.notifications() == null) {
            throw new IllegalStateException(
                    "process '%s' has no socket to notify by: a notify check must be one of its checks itself, not a part of another"
                            .formatted(target.processId()));
        }
        return launch.check().role() == CheckRole.LIVENESS
                ? new Alive(launch.notifications(), launch.check().interval())
                : new Ready(launch.notifications());
    }

    @Override
    public CompletionStage<HealthResult> check(HealthTarget target) {
        throw new IllegalStateException("a notify check looks at one launch: use what forLaunch returns");
    }

    @Override
    public String toString() {
        return "notify";
    }

    /** A look waits for the word, so that it is noticed when it comes. */
    private record Ready(Notifications notifications) implements HealthCheck {
        @Override
        public CompletionStage<HealthResult> check(HealthTarget target) {
            CompletableFuture<Void> word = notifications.becomesReady();
            CompletableFuture<HealthResult> result =
                    word.thenApply(ready -> HealthResult.healthy(notifications.words()));
            result.whenComplete((done, failed) -> word.cancel(true));
            return result;
        }

        @Override
        public String toString() {
            return "notify (" + notifications.words() + ")";
        }
    }

    /** Its first look begins the watch: what came before, the startup checks have judged. */
    private static final class Alive implements HealthCheck {
        private final Notifications notifications;
        private final Duration interval;
        /** No look comes later by itself. */
        private static final Duration LATE = Duration.ofSeconds(1);

        private boolean watched;
        private long lookedAt;

        Alive(Notifications notifications, Duration interval) {
            this.notifications = notifications;
            this.interval = interval;
        }

        @Override
        public CompletionStage<HealthResult> check(HealthTarget target) {
            // After a pause of this JVM, this thread may be quicker than the one that hears usually.
            notifications.hear();
            return CompletableFuture.completedFuture(look());
        }

        private synchronized HealthResult look() {
            long now = notifications.nanos();
            // Looks that lie too far apart: the process may have stood still with this JVM.
            boolean leapt = now - lookedAt > interval.plus(LATE).toNanos();
            if (!watched || leapt) {
                watched = true;
                notifications.watched();
            }
            lookedAt = now;
            Duration silence = notifications.silence();
            HealthResult result;
            if (notifications.hasFailed()) {
                result = HealthResult.unhealthy("it has said itself that it hangs (WATCHDOG=trigger)");
            } else if (silence.compareTo(interval) >= 0) {
                result = HealthResult.unhealthy("no sign of life (WATCHDOG=1) for %s; %s"
                        .formatted(Durations.text(silence), notifications.words()));
            } else {
                result = HealthResult.healthy(
                        "last sign of life %s ago; %s".formatted(Durations.text(silence), notifications.words()));
            }
            return result;
        }

        @Override
        public String toString() {
            return "notify";
        }
    }

    /** Provides {@code notify}. */
    public static final class Provider implements HealthCheckProvider {
        @Override
        public String type() {
            return "notify";
        }

        @Override
        public HealthCheck create(Settings settings) {
            return new NotifyHealthCheck();
        }
    }
}
