package io.hsu;

import io.hsu.internal.Durations;
import io.hsu.internal.Require;
import java.time.Duration;
import java.util.Objects;

/**
 * How a process is measured. Immutable: every method that sets something returns a changed copy.
 *
 * <p>Defaults: with everything that came out of it, every 30 seconds, kept for 24 hours.
 */
public final class Monitoring {

    private static final Duration SHORTEST = Duration.ofMillis(100);

    /** The defaults. */
    public static final Monitoring DEFAULT =
            new Monitoring(true, Duration.ofSeconds(30), Duration.ofHours(24), true, true);

    private final boolean enabled;
    private final Duration interval;
    private final Duration retention;
    private final boolean tree;
    private final boolean alerting;

    private Monitoring(boolean enabled, Duration interval, Duration retention, boolean tree, boolean alerting) {
        this.enabled = enabled;
        this.interval = interval;
        this.retention = retention;
        this.tree = tree;
        this.alerting = alerting;
    }

    /**
     * {@return this one, with another interval}
     *
     * @param interval 100 ms or more
     */
    public Monitoring every(Duration interval) {
        Require.positive(interval, "interval");
        Require.argument(
                interval.compareTo(SHORTEST) >= 0,
                "the interval of monitoring must be 100ms or more, but is %s",
                Durations.text(interval));
        return new Monitoring(enabled, interval, retention, tree, alerting);
    }

    /** {@return this one, with samples kept for another time} */
    public Monitoring keptFor(Duration retention) {
        return new Monitoring(enabled, interval, Require.positive(retention, "retention"), tree, alerting);
    }

    /** {@return this one, of the process alone, without what it has started} */
    public Monitoring ofProcessAlone() {
        return new Monitoring(enabled, interval, retention, false, alerting);
    }

    /** {@return this one, with broken limits told to the host's {@linkplain ProcessManagerBuilder#onAlert handler} or not} */
    public Monitoring withAlerting(boolean alerting) {
        return new Monitoring(enabled, interval, retention, tree, alerting);
    }

    /** {@return this one, at work or not} What is not measured has limits that the kernel holds, or none. */
    public Monitoring enabled(boolean enabled) {
        return new Monitoring(enabled, interval, retention, tree, alerting);
    }

    /** {@return whether the process is measured} */
    public boolean enabled() {
        return enabled;
    }

    /** {@return how often} */
    public Duration interval() {
        return interval;
    }

    /** {@return how long samples are kept} */
    public Duration retention() {
        return retention;
    }

    /** {@return whether everything that came out of the process is measured with it} */
    public boolean tree() {
        return tree;
    }

    /** {@return whether broken limits are told to the host's handler} */
    public boolean alerting() {
        return alerting;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Monitoring that
                && enabled == that.enabled
                && interval.equals(that.interval)
                && retention.equals(that.retention)
                && tree == that.tree
                && alerting == that.alerting;
    }

    @Override
    public int hashCode() {
        return Objects.hash(enabled, interval, retention, tree, alerting);
    }

    @Override
    public String toString() {
        return enabled
                ? "every %s, kept for %s, %s%s"
                        .formatted(
                                Durations.text(interval),
                                Durations.text(retention),
                                tree ? "the tree" : "the process alone",
                                alerting ? "" : ", without alerts")
                : "off";
    }
}
