package io.hsu.internal.health;

import io.hsu.CheckRole;
import io.hsu.CheckStatus;
import io.hsu.HealthCheckSpec;
import io.hsu.HealthStatus;
import io.hsu.internal.Durations;
import io.hsu.internal.time.Timer.Cancellable;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one check of one launch at its interval, and counts. Used from the process's mailbox only. */
final class CheckRunner {

    private static final Logger log = LoggerFactory.getLogger(CheckRunner.class);

    private static final Duration LEAP = Duration.ofSeconds(1);

    private final HealthCheckSpec spec;
    private final HealthCheck check;
    private final LaunchTarget target;
    private final LaunchHealth owner;

    private HealthStatus status = HealthStatus.UNKNOWN;
    private Instant since;
    private int failures;
    private int successes;
    private String reason = "";
    private Duration latency = Duration.ZERO;
    private Instant at;

    private long look;
    private long lookBegan;
    private Look inFlight;
    private Cancellable next = Cancellable.NONE;
    private Cancellable timeout = Cancellable.NONE;
    private boolean ended;

    CheckRunner(HealthCheckSpec spec, HealthCheck check, LaunchTarget target, LaunchHealth owner) {
        this.spec = spec;
        this.check = check;
        this.target = target;
        this.owner = owner;
        this.since = owner.now();
    }

    CheckRole role() {
        return spec.role();
    }

    HealthStatus status() {
        return status;
    }

    CheckStatus snapshot() {
        return new CheckStatus(
                spec.name(), spec.role(), status, since, failures, reason, latency, Optional.ofNullable(at));
    }

    /** Begins; the first look is moved a little by chance, so that a fleet does not look all at once. */
    void begin() {
        Duration spread = spec.role() == CheckRole.LIVENESS
                ? Duration.ofNanos((long) (owner.random() * spec.interval().toNanos() / 10))
                : Duration.ZERO;
        schedule(spec.initialDelay().plus(spread));
    }

    /** Ends for good; a look under way is cancelled. */
    void end() {
        ended = true;
        next.cancel();
        timeout.cancel();
        if (inFlight != null) {
            inFlight.cancel();
            inFlight = null;
        }
    }

    private void schedule(Duration delay) {
        if (delay.isZero()) {
            owner.post(this::look);
        } else {
            next = owner.later(delay, this::look);
        }
    }

    private void look() {
        if (ended || inFlight != null) {
            return;
        }
        long number = ++look;
        lookBegan = owner.nanos();
        if (check instanceof ImmediateCheck immediate) {
            finish(immediate.look(target));
            return;
        }
        timeout = owner.later(spec.timeout(), () -> late(number));
        inFlight = Look.begin(
                check, target, owner.outside(), (found, failure) -> owner.post(() -> done(number, found, failure)));
    }

    private void late(long number) {
        if (number == look && inFlight != null) {
            Look abandoned = inFlight;
            if (timeLeapt()) {
                inFlight = null;
                abandoned.cancel();
                schedule(spec.interval());
                return;
            }
            finish(HealthResult.unhealthy(
                    "%s: no answer within %s%s".formatted(check, Durations.text(spec.timeout()), outputSoFar())));
            abandoned.cancel();
        }
    }

    /** {@return what the check's commands have written, which may tell where they hang} */
    private String outputSoFar() {
        List<String> lines = target.outputSoFar();
        return lines.isEmpty() ? "" : "; its output so far: " + String.join(" | ", lines);
    }

    /**
     * {@return whether much more time has passed than was waited for} Then this JVM stood still (a suspended laptop, a paused
     * container), and that says nothing about the process.
     */
    private boolean timeLeapt() {
        Duration waited = Duration.ofNanos(owner.nanos() - lookBegan);
        Duration slack = spec.timeout().compareTo(LEAP) > 0 ? spec.timeout() : LEAP;
        return waited.compareTo(spec.timeout().plus(slack)) > 0;
    }

    private void done(long number, HealthResult found, Throwable failure) {
        if (number != look || inFlight == null) {
            return; // late, and counted as such already
        }
        boolean failed = found == null || !found.healthy();
        if (failed && timeLeapt()) {
            timeout.cancel();
            inFlight = null;
            schedule(spec.interval());
            return;
        }
        if (found != null) {
            finish(found);
        } else {
            finish(HealthResult.unhealthy(describe(failure)));
        }
    }

    private String describe(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause == null) {
            return check + " answered nothing";
        }
        if (cause instanceof CancellationException) {
            return check + " was cancelled";
        }
        return "%s failed: %s".formatted(check, cause.getMessage() == null ? cause : cause.getMessage());
    }

    private void finish(HealthResult result) {
        timeout.cancel();
        inFlight = null;
        latency = Duration.ofNanos(owner.nanos() - lookBegan);
        at = owner.now();
        reason = result.reason();
        HealthStatus before = status;
        count(result.healthy());
        since = status == before ? since : at;
        log.trace("process '{}': check '{}' {} after {}: {}", target.processId(), spec.name(), status, latency, reason);
        boolean passedStartup = spec.role() == CheckRole.STARTUP && status == HealthStatus.HEALTHY;
        if (!passedStartup) {
            Duration rest = spread(spec.interval()).minus(latency);
            schedule(rest.isNegative() ? Duration.ZERO : rest);
        }
        owner.looked(this, before);
    }

    /**
     * A fleet that was started together looks together. Once a first look has passed, each finds a time of its own within the
     * interval; a failure is looked at again when it is due.
     */
    private Duration spread(Duration interval) {
        boolean apart = look == 1 && spec.role() == CheckRole.LIVENESS && status == HealthStatus.HEALTHY;
        return apart ? interval.minusNanos((long) (owner.random() * interval.toNanos() / 2)) : interval;
    }

    private void count(boolean healthy) {
        if (healthy) {
            failures = 0;
            successes++;
            if (successes >= spec.successThreshold()) {
                status = HealthStatus.HEALTHY;
            }
        } else {
            successes = 0;
            failures++;
            if (failures >= spec.failureThreshold()) {
                status = HealthStatus.UNHEALTHY;
            } else if (status != HealthStatus.UNHEALTHY) {
                status = HealthStatus.DEGRADED;
            }
        }
    }

    String name() {
        return spec.name();
    }

    String reason() {
        return reason;
    }

    int failures() {
        return failures;
    }

    /** Lets the check go; called off the mailbox. */
    void close() {
        try {
            target.end();
            check.close();
        } catch (RuntimeException | Error e) {
            log.warn("process '{}': check '{}' failed to close", target.processId(), spec.name(), e);
        }
    }
}
