package io.hsu;

import io.hsu.internal.Durations;
import io.hsu.internal.Require;
import java.time.Duration;

/**
 * How a process is measured. Immutable: every method that sets something returns a changed copy.
 *
 * <p>Defaults: with everything that came out of it, every 30 seconds, kept for 24 hours.
 *
 * @param enabled whether it is measured; if not, its limits are held by the kernel or not at all
 * @param interval how often
 * @param retention how long samples are kept
 * @param tree whether everything that came out of the process is measured with it
 * @param alerting whether broken limits are told to the host's {@linkplain ProcessManagerBuilder#onAlert handler}
 */
public record Monitoring(boolean enabled, Duration interval, Duration retention, boolean tree, boolean alerting) {

    private static final Duration SHORTEST = Duration.ofMillis(100);

    /** The defaults. */
    public static final Monitoring DEFAULT =
            new Monitoring(true, Duration.ofSeconds(30), Duration.ofHours(24), true, true);

    public Monitoring {
        Require.positive(interval, "interval");
        Require.argument(
                interval.compareTo(SHORTEST) >= 0,
                "the interval of monitoring must be 100ms or more, but is %s",
                Durations.text(interval));
        Require.positive(retention, "retention");
    }

    /** {@return this one, with another interval} */
    public Monitoring every(Duration other) {
        return new Monitoring(enabled, other, retention, tree, alerting);
    }

    /** {@return this one, with samples kept for another time} */
    public Monitoring keptFor(Duration other) {
        return new Monitoring(enabled, interval, other, tree, alerting);
    }

    /** {@return this one, of the process alone, without what it has started} */
    public Monitoring ofProcessAlone() {
        return new Monitoring(enabled, interval, retention, false, alerting);
    }

    /** {@return this one, with broken limits told to the host's handler or not} */
    public Monitoring withAlerting(boolean other) {
        return new Monitoring(enabled, interval, retention, tree, other);
    }

    /** {@return this one, at work or not} */
    public Monitoring enabled(boolean other) {
        return new Monitoring(other, interval, retention, tree, alerting);
    }
}
