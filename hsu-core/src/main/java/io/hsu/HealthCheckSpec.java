package io.hsu;

import io.hsu.internal.Durations;
import io.hsu.internal.Require;
import io.hsu.spi.HealthCheck;
import java.time.Duration;
import java.util.Objects;

/**
 * A health check of a process, with when it runs and what it is for. Immutable.
 *
 * <p>Defaults: timeout 5 s, or half the interval if that is shorter; healthy after 1 success; and by role:
 *
 * <table>
 * <caption>Defaults by role</caption>
 * <tr><th></th><th>first look after</th><th>every</th><th>unhealthy after</th></tr>
 * <tr><td>liveness</td><td>2 s</td><td>30 s</td><td>2 failures in a row</td></tr>
 * <tr><td>readiness</td><td>0 s</td><td>2 s</td><td>2 failures in a row</td></tr>
 * <tr><td>startup</td><td>0 s</td><td>2 s</td><td>30 failures in a row</td></tr>
 * </table>
 */
public final class HealthCheckSpec {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);

    private final HealthCheck check;
    private final CheckRole role;
    private final String name;
    private final boolean enabled;
    private final Duration initialDelay;
    private final Duration interval;
    private final Duration timeout; // null: not set
    private final int failureThreshold;
    private final int successThreshold;

    private HealthCheckSpec(Builder builder) {
        this.check = builder.check;
        this.role = builder.role;
        this.name = builder.name;
        this.enabled = builder.enabled;
        this.initialDelay = builder.initialDelay;
        this.interval = builder.interval;
        this.timeout = builder.timeout;
        this.failureThreshold = builder.failureThreshold;
        this.successThreshold = builder.successThreshold;
    }

    /** {@return a builder with the defaults} */
    public static Builder builder(HealthCheck check, CheckRole role) {
        return new Builder(check, role);
    }

    /** {@return a builder that begins with what this one says} */
    public Builder toBuilder() {
        Builder builder = new Builder(check, role);
        builder.name = name;
        builder.enabled = enabled;
        builder.initialDelay = initialDelay;
        builder.interval = interval;
        builder.timeout = timeout;
        builder.failureThreshold = failureThreshold;
        builder.successThreshold = successThreshold;
        return builder;
    }

    /** {@return what looks} */
    public HealthCheck check() {
        return check;
    }

    /** {@return what it is for} */
    public CheckRole role() {
        return role;
    }

    /** {@return its name in status and events; the role in lower case unless set} */
    public String name() {
        return name;
    }

    /** {@return whether it runs} */
    public boolean enabled() {
        return enabled;
    }

    /** {@return the time from the launch to the first look} */
    public Duration initialDelay() {
        return initialDelay;
    }

    /** {@return the time between the beginnings of two looks} */
    public Duration interval() {
        return interval;
    }

    /** {@return how long a look may take} */
    public Duration timeout() {
        if (timeout != null) {
            return timeout;
        }
        Duration half = interval.dividedBy(2);
        return half.compareTo(DEFAULT_TIMEOUT) < 0 ? half : DEFAULT_TIMEOUT;
    }

    /** {@return failures in a row that make it unhealthy} */
    public int failureThreshold() {
        return failureThreshold;
    }

    /** {@return successes in a row that make it healthy again} */
    public int successThreshold() {
        return successThreshold;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HealthCheckSpec that
                && check.equals(that.check)
                && role == that.role
                && name.equals(that.name)
                && enabled == that.enabled
                && initialDelay.equals(that.initialDelay)
                && interval.equals(that.interval)
                && timeout().equals(that.timeout())
                && failureThreshold == that.failureThreshold
                && successThreshold == that.successThreshold;
    }

    @Override
    public int hashCode() {
        return Objects.hash(check, role, name, interval, timeout());
    }

    @Override
    public String toString() {
        return "%s check %s every %s".formatted(name, check, Durations.text(interval));
    }

    /** Builds a {@link HealthCheckSpec}. Not safe for use by many threads. */
    public static final class Builder {
        private HealthCheck check;
        private final CheckRole role;
        private String name;
        private boolean enabled = true;
        private Duration initialDelay;
        private Duration interval;
        private Duration timeout; // null: not set
        private int failureThreshold;
        private int successThreshold = 1;

        private Builder(HealthCheck check, CheckRole role) {
            this.check = Require.nonNull(check, "check");
            this.role = Require.nonNull(role, "role");
            this.name = role.name().toLowerCase(java.util.Locale.ROOT);
            this.initialDelay = role == CheckRole.LIVENESS ? Duration.ofSeconds(2) : Duration.ZERO;
            this.interval = role == CheckRole.LIVENESS ? Duration.ofSeconds(30) : Duration.ofSeconds(2);
            this.failureThreshold = role == CheckRole.STARTUP ? 30 : 2;
        }

        /** Sets what looks. */
        public Builder check(HealthCheck check) {
            this.check = Require.nonNull(check, "check");
            return this;
        }

        /** Sets the name it has in status and events. */
        public Builder name(String name) {
            this.name = Require.nonBlank(name, "name");
            return this;
        }

        /** Sets whether it runs. Default: true. */
        public Builder enabled(boolean enabled) {
            this.enabled = enabled;
            return this;
        }

        /** Sets the time from the launch to the first look. Default: by role. */
        public Builder initialDelay(Duration initialDelay) {
            this.initialDelay = Require.notNegative(initialDelay, "initialDelay");
            return this;
        }

        /** Sets the time between the beginnings of two looks; 10 ms or more. Default: by role. */
        public Builder every(Duration interval) {
            Require.positive(interval, "interval");
            Require.argument(
                    interval.compareTo(SHORTEST_INTERVAL) >= 0,
                    "interval must be 10ms or more, but is %s",
                    Durations.text(interval));
            this.interval = interval;
            return this;
        }

        /** Sets how long a look may take; less than the interval. Default: 5 s, or half the interval if that is shorter. */
        public Builder timeout(Duration timeout) {
            this.timeout = Require.positive(timeout, "timeout");
            return this;
        }

        /** Sets how many failures in a row make it unhealthy; at least 1. Default: by role. */
        public Builder failAfter(int failures) {
            this.failureThreshold = Require.atLeast(failures, 1, "failures");
            return this;
        }

        /** Sets how many successes in a row make it healthy; at least 1. Default: 1. */
        public Builder recoverAfter(int successes) {
            this.successThreshold = Require.atLeast(successes, 1, "successes");
            return this;
        }

        /**
         * {@return the check; the builder may be used again}
         *
         * @throws IllegalStateException if the timeout is not shorter than the interval
         */
        public HealthCheckSpec build() {
            if (timeout != null && timeout.compareTo(interval) >= 0) {
                throw new IllegalStateException(
                        "health check '%s': timeout (%s) must be shorter than interval (%s); shorten the one or raise the other"
                                .formatted(name, Durations.text(timeout), Durations.text(interval)));
            }
            return new HealthCheckSpec(this);
        }
    }
}
