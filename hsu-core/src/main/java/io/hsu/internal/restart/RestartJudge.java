package io.hsu.internal.restart;

import io.hsu.Backoff;
import io.hsu.CircuitBreaker;
import io.hsu.ProcessSpec;
import io.hsu.Restart;
import io.hsu.RetryBudget;
import io.hsu.spi.RestartContext;
import io.hsu.spi.RestartDecision;
import io.hsu.spi.RestartPolicy;
import io.hsu.spi.RestartTrigger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the counts of one process's restarts, asks its policy, and holds its circuit breaker. Used from the process's
 * mailbox only; time is handed in.
 */
public final class RestartJudge {

    private static final Logger log = LoggerFactory.getLogger(RestartJudge.class);

    /** What a budget is for. */
    private enum Cause {
        CRASH,
        HEALTH,
        RESOURCE
    }

    private final ProcessSpec spec;
    private final Restart settings;
    private final RestartPolicy policy;
    private final DoubleSupplier random;
    private final Map<Cause, Integer> retries = new EnumMap<>(Cause.class);
    private final Deque<Long> failures = new ArrayDeque<>(1);
    private boolean circuitOpen;
    private int lastRetry;
    private long restarts;

    public RestartJudge(ProcessSpec spec, RestartPolicy policy, DoubleSupplier random) {
        this.spec = spec;
        this.settings = spec.restart();
        this.policy = policy;
        this.random = random;
    }

    /** {@return what follows an incident} It counts from now on: ask once. */
    public Verdict judge(Incident incident, long nowNanos) {
        Cause cause = causeOf(incident.trigger());
        int made = retries.getOrDefault(cause, 0);
        RestartContext context = context(incident, cause, made);
        RestartDecision decision = ask(context);
        log.debug(
                "process '{}': {} ({}), retries {} of {}, delay {}: policy {} says {}",
                spec.id(),
                context.trigger(),
                context.reason(),
                made,
                context.maxRetries().isPresent() ? context.maxRetries().getAsInt() : "unlimited",
                context.delay(),
                settings.policyName(),
                decision);
        boolean opened = incident.trigger() != RestartTrigger.CLEAN_EXIT && countFailure(nowNanos);
        if (decision instanceof RestartDecision.GiveUp giveUp) {
            return new Verdict.Failed(giveUp.reason());
        }
        if (decision instanceof RestartDecision.StayStopped stay) {
            return new Verdict.Stopped(stay.reason());
        }
        Duration delay = ((RestartDecision.RestartAfter) decision).delay();
        retries.put(cause, made + 1);
        lastRetry = made + 1;
        restarts++;
        if (!opened) {
            return new Verdict.Again(incident.trigger(), incident.reason(), made + 1, delay, Verdict.Circuit.CLOSED);
        }
        circuitOpen = true;
        Duration cooldown = settings.circuitBreaker().orElseThrow().cooldown();
        return new Verdict.Again(
                incident.trigger(),
                incident.reason(),
                made + 1,
                delay.compareTo(cooldown) > 0 ? delay : cooldown,
                Verdict.Circuit.OPENED);
    }

    /**
     * All counts return to zero: the process has run long enough to have proved itself, or an operator has taken matters
     * in hand.
     *
     * @return whether that closed the circuit breaker
     */
    public boolean reset() {
        retries.clear();
        failures.clear();
        lastRetry = 0;
        boolean wasOpen = circuitOpen;
        circuitOpen = false;
        return wasOpen;
    }

    /**
     * The process has run long enough to have proved itself, but for broken limits, which take their time: all counts but those
     * return to zero.
     *
     * @return whether that is all: if limits have been broken, their retries and the circuit breaker stay as they are
     */
    public boolean resetAllButViolations() {
        retries.keySet().removeIf(cause -> cause != Cause.RESOURCE);
        return retries.isEmpty();
    }

    /** {@return whether the breaker is open, or a trial is being made} */
    public boolean circuitOpen() {
        return circuitOpen;
    }

    /** {@return restarts in a row for the latest kind of cause} */
    public int retries() {
        return lastRetry;
    }

    /** {@return restarts since the process was registered} */
    public long restarts() {
        return restarts;
    }

    private RestartContext context(Incident incident, Cause cause, int made) {
        RetryBudget budget = budget(cause);
        double multiplier = settings.multiplier(incident.severity()) * settings.multiplier(spec.profile());
        Backoff backoff = budget.backoff();
        return new RestartContext(
                spec.id(),
                incident.trigger(),
                incident.reason(),
                incident.exit(),
                incident.permanent(),
                incident.severity(),
                spec.profile(),
                incident.uptime(),
                made,
                scaled(budget.maxRetries(), multiplier),
                backoff.delayBefore(made + 1, multiplier, random.getAsDouble()),
                restarts);
    }

    /** Never below 1 for a profile or a severity's sake, unless the user has said 0. */
    private static OptionalInt scaled(OptionalInt maxRetries, double multiplier) {
        if (maxRetries.isEmpty() || maxRetries.getAsInt() == 0) {
            return maxRetries;
        }
        return OptionalInt.of(Math.max(1, (int) (maxRetries.getAsInt() * multiplier)));
    }

    private RestartDecision ask(RestartContext context) {
        try {
            RestartDecision decision = policy.decide(context);
            if (decision != null) {
                return decision;
            }
            log.warn("process '{}': restart policy {} answered null; on-failure answers instead", spec.id(), policy);
        } catch (RuntimeException | Error e) {
            log.warn("process '{}': restart policy {} failed; on-failure answers instead", spec.id(), policy, e);
        }
        return new BuiltInPolicies.OnFailure().create().decide(context);
    }

    /** {@return whether the breaker opens, or opens again because this was a trial} */
    private boolean countFailure(long nowNanos) {
        if (settings.circuitBreaker().isEmpty()) {
            return false;
        }
        CircuitBreaker breaker = settings.circuitBreaker().get();
        if (circuitOpen) {
            return true;
        }
        failures.addLast(nowNanos);
        while (nowNanos - failures.getFirst() > breaker.window().toNanos()) {
            failures.removeFirst();
        }
        if (failures.size() < breaker.failures()) {
            return false;
        }
        failures.clear();
        return true;
    }

    private RetryBudget budget(Cause cause) {
        return switch (cause) {
            case CRASH -> settings.budget();
            case HEALTH -> settings.healthBudget();
            case RESOURCE -> settings.resourceBudget();
        };
    }

    private static Cause causeOf(RestartTrigger trigger) {
        return switch (trigger) {
            case CLEAN_EXIT, FAILURE_EXIT, START_FAILURE, START_TIMEOUT -> Cause.CRASH;
            case HEALTH_FAILURE -> Cause.HEALTH;
            case RESOURCE_VIOLATION -> Cause.RESOURCE;
        };
    }
}
