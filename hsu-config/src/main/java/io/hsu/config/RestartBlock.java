package io.hsu.config;

import io.hsu.Backoff;
import io.hsu.CircuitBreaker;
import io.hsu.ProcessProfile;
import io.hsu.Restart;
import io.hsu.RetryBudget;
import io.hsu.Severity;
import io.hsu.spi.Providers;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Everything about restarts, in both shapes. */
final class RestartBlock {

    /** What the two shapes call a budget's parts. */
    private record Names(String retries, String delay, String rate) {
        static final Names NESTED = new Names("max_retries", "retry_delay", "backoff_rate");
        static final Names FLAT = new Names("max_attempts", "restart_delay", "backoff_multiplier");
    }

    /** Reads the nested shape: a policy's name, and {@code context_aware_restart} beside it. */
    static void readNested(Block control, Providers providers, ProcessDraft draft) {
        control.set("restart_policy", value -> policy(value, providers), policy -> draft.restart = policy);
        control.inBlock("context_aware_restart", Section.CONTEXT_AWARE_RESTART, block -> readContext(block, draft));
    }

    /** Reads the flat shape: one mapping with the policy's name in it. */
    static void readFlat(Block management, Providers providers, ProcessDraft draft) {
        management.inBlock("restart_policy", Section.RESTART_POLICY, block -> {
            block.set("strategy", value -> policy(value, providers), policy -> draft.restart = policy);
            draft.restart = with(draft.restart, budget(block, Names.FLAT, draft.restart.budget()));
        });
    }

    /** Reads what no other HSU has, and every shape takes. */
    static void readOwn(Keys keys, ProcessDraft draft) {
        keys.inBlock("circuit_breaker", Section.CIRCUIT_BREAKER, block -> {
            CircuitBreaker base = CircuitBreaker.DEFAULT;
            draft.restart = draft.restart.circuitBreaker(new CircuitBreaker(
                    block.read("failures", value -> value.integer(1, Integer.MAX_VALUE))
                            .orElse(base.failures()),
                    block.read("window", RestartBlock::positive).orElse(base.window()),
                    block.read("cooldown", RestartBlock::positive).orElse(base.cooldown())));
        });
        keys.set("reset_after", Value::duration, duration -> draft.restart = draft.restart.resetAfter(duration));
    }

    private static void readContext(Block block, ProcessDraft draft) {
        block.inBlock(
                "default",
                Section.RETRIES,
                retries -> draft.restart = with(draft.restart, budget(retries, Names.NESTED, draft.restart.budget())));
        // What the default says holds for the others too, so it is read first.
        block.inBlock(
                "health_failures",
                Section.RETRIES,
                retries -> draft.restart =
                        draft.restart.onHealthFailure(budget(retries, Names.NESTED, draft.restart.healthBudget())));
        block.inBlock(
                "resource_violations",
                Section.RETRIES,
                retries -> draft.restart = draft.restart.onResourceViolation(
                        budget(retries, Names.NESTED, draft.restart.resourceBudget())));
        block.inBlock("severity_multipliers", Section.SEVERITIES, multipliers -> {
            for (Severity severity : Severity.values()) {
                multiplier(
                        multipliers,
                        severity,
                        factor -> draft.restart = draft.restart.severityMultiplier(severity, factor));
            }
        });
        block.inBlock("process_profile_multipliers", Section.PROFILES, multipliers -> {
            for (ProcessProfile profile : ProcessProfile.values()) {
                multiplier(
                        multipliers,
                        profile,
                        factor -> draft.restart = draft.restart.profileMultiplier(profile, factor));
            }
        });
        block.set(
                "sustained_violation_time",
                Value::duration,
                time -> draft.restart = draft.restart.sustainedViolation(time));
        block.set("spike_tolerance_time", Value::duration, time -> draft.restart = draft.restart.spikeTolerance(time));
        block.set("startup_grace_period", Value::duration, grace -> draft.restart = draft.restart.startupGrace(grace));
    }

    private static Restart policy(Value value, Providers providers) {
        String name = value.nonBlank().strip();
        providers.restartPolicy(name);
        return Restart.policy(name.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static Restart with(Restart restart, RetryBudget budget) {
        Restart counted = budget.maxRetries().isPresent()
                ? restart.maxRetries(budget.maxRetries().getAsInt())
                : restart.unlimitedRetries();
        return counted.backoff(budget.backoff());
    }

    private static RetryBudget budget(Block block, Names names, RetryBudget base) {
        Backoff backoff = base.backoff();
        OptionalInt retries = block.read(names.retries(), RestartBlock::retries).orElse(base.maxRetries());
        Duration delay = block.read(names.delay(), Value::duration).orElse(backoff.delay());
        double rate = block.read(names.rate(), Value::factor).orElse(backoff.factor());
        return new RetryBudget(retries, new Backoff(delay, rate, backoff.cap(), backoff.jitter()));
    }

    private static OptionalInt retries(Value value) {
        if (value.text().strip().equalsIgnoreCase("unlimited")) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(value.integer(0, Integer.MAX_VALUE));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "must be a whole number, 0 or more, or 'unlimited', but is '%s'".formatted(value.shown()), e);
        }
    }

    private static Duration positive(Value value) {
        Duration duration = value.duration();
        if (duration.isZero()) {
            throw new IllegalArgumentException("must be above zero, but is '%s'".formatted(value.shown()));
        }
        return duration;
    }

    private static void multiplier(Block multipliers, Enum<?> word, Consumer<Double> setter) {
        multipliers.set(word.name().toLowerCase(Locale.ROOT), Value::factor, setter);
    }

    private RestartBlock() {}
}
