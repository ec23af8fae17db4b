package io.hsu;

import static io.hsu.testkit.Refusals.refusesArgument;
import static io.hsu.testkit.Refusals.refusesNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.hsu.spi.RestartDecision;
import io.hsu.spi.RestartPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartTest {

    private static final Backoff QUICK = Backoff.fixed(Duration.ofMillis(10));

    @Test
    void defaults_areTheDocumentedOnes() {
        Restart restart = Restart.onFailure();
        assertEquals("on-failure", restart.policyName());
        assertEquals(Optional.empty(), restart.policyInstance());
        assertEquals(RetryBudget.of(3, Backoff.exponential(Duration.ofSeconds(5), 1.5)), restart.budget());
        assertEquals(restart.budget(), restart.healthBudget());
        assertEquals(RetryBudget.of(5, Backoff.exponential(Duration.ofSeconds(10), 1.5)), restart.resourceBudget());
        assertEquals(Duration.ofMinutes(2), restart.startupGrace());
        assertEquals(Duration.ofSeconds(60), restart.resetAfter());
        assertEquals(
                Optional.of(new CircuitBreaker(5, Duration.ofSeconds(60), Duration.ofMinutes(5))),
                restart.circuitBreaker());
    }

    @Test
    void multipliers_areTheDocumentedOnes() {
        Map<Object, Double> multipliers = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            multipliers.put(severity, Restart.never().multiplier(severity));
        }
        for (ProcessProfile profile : ProcessProfile.values()) {
            multipliers.put(profile, Restart.never().multiplier(profile));
        }
        assertEquals(
                Map.of(
                        Severity.WARNING, 0.5,
                        Severity.CRITICAL, 1.0,
                        Severity.EMERGENCY, 2.0,
                        ProcessProfile.BATCH, 3.0,
                        ProcessProfile.WEB, 1.0,
                        ProcessProfile.DATABASE, 5.0,
                        ProcessProfile.WORKER, 2.0,
                        ProcessProfile.SCHEDULER, 2.5,
                        ProcessProfile.DEFAULT, 1.0),
                multipliers);
    }

    @Test
    void policies_haveTheNamesOfTheConfiguration() {
        assertEquals("never", Restart.never().policyName());
        assertEquals("always", Restart.always().policyName());
        assertEquals("unless-stopped", Restart.unlessStopped().policyName());
        assertEquals("mine", Restart.policy("mine").policyName());
    }

    @Test
    void policy_ofYourOwn() {
        RestartPolicy policy = context -> new RestartDecision.StayStopped("enough");
        Restart restart = Restart.policy(policy);
        assertEquals("custom", restart.policyName());
        assertSame(policy, restart.policyInstance().orElseThrow());
    }

    @Test
    void withers_leaveTheOriginalAlone() {
        Restart original = Restart.onFailure();
        Restart changed = original.maxRetries(9)
                .backoff(QUICK)
                .onHealthFailure(RetryBudget.of(1, QUICK))
                .onResourceViolation(RetryBudget.unlimited(QUICK))
                .severityMultiplier(Severity.WARNING, 7)
                .profileMultiplier(ProcessProfile.WEB, 8)
                .startupGrace(Duration.ZERO)
                .resetAfter(Duration.ofSeconds(1))
                .noCircuitBreaker();

        assertEquals(Restart.onFailure(), original);
        assertNotEquals(original, changed);
        assertEquals(RetryBudget.of(9, QUICK), changed.budget());
        assertEquals(RetryBudget.of(1, QUICK), changed.healthBudget());
        assertEquals(RetryBudget.unlimited(QUICK), changed.resourceBudget());
        assertEquals(7, changed.multiplier(Severity.WARNING));
        assertEquals(8, changed.multiplier(ProcessProfile.WEB));
        assertEquals(Duration.ZERO, changed.startupGrace());
        assertEquals(Duration.ofSeconds(1), changed.resetAfter());
        assertEquals(Optional.empty(), changed.circuitBreaker());
    }

    @Test
    void eachSetting_countsInEquality() {
        Restart base = Restart.onFailure();
        assertNotEquals(base, Restart.always());
        assertNotEquals(base, base.maxRetries(4));
        assertNotEquals(base, base.unlimitedRetries());
        assertNotEquals(base, base.backoff(QUICK));
        assertNotEquals(base, base.onHealthFailure(RetryBudget.of(1, QUICK)));
        assertNotEquals(base, base.onResourceViolation(RetryBudget.of(1, QUICK)));
        assertNotEquals(base, base.severityMultiplier(Severity.WARNING, 7));
        assertNotEquals(base, base.profileMultiplier(ProcessProfile.WEB, 7));
        assertNotEquals(base, base.startupGrace(Duration.ZERO));
        assertNotEquals(base, base.resetAfter(Duration.ofSeconds(1)));
        assertNotEquals(base, base.noCircuitBreaker());
        assertNotEquals(base, Restart.policy((RestartPolicy) context -> null));
        assertNotEquals(base, new Object());
    }

    @Test
    void equality_isOfWhatHoldsNotOfHowItWasSaid() {
        Restart derived = Restart.onFailure().maxRetries(3);
        Restart said = Restart.onFailure()
                .onHealthFailure(RetryBudget.of(3, Backoff.exponential(Duration.ofSeconds(5), 1.5)))
                .onResourceViolation(RetryBudget.of(5, Backoff.exponential(Duration.ofSeconds(10), 1.5)));
        assertEquals(derived, said);
        assertEquals(derived.hashCode(), said.hashCode());
    }

    @Test
    void resourceBudget_followsTheOneForCrashesUnlessItIsSet() {
        Restart restart = Restart.always()
                .maxRetries(0)
                .backoff(QUICK.cap(Duration.ofSeconds(1)).jitter(0.1));
        assertEquals(
                RetryBudget.of(
                        2,
                        Backoff.fixed(Duration.ofMillis(20))
                                .cap(Duration.ofSeconds(1))
                                .jitter(0.1)),
                restart.resourceBudget());
        assertEquals(
                RetryBudget.unlimited(Backoff.fixed(Duration.ofMillis(20))),
                Restart.always().unlimitedRetries().backoff(QUICK).resourceBudget());
    }

    @Test
    void maxRetries_largest() {
        Restart restart = Restart.always().maxRetries(Integer.MAX_VALUE);
        assertEquals(
                Integer.MAX_VALUE,
                restart.resourceBudget().maxRetries().getAsInt(),
                "2 more than all there are is all");
        assertEquals(restart, Restart.always().maxRetries(Integer.MAX_VALUE));
    }

    @Test
    void maxRetries_wrong() {
        refusesArgument(
                "maxRetries must be 0 or more, but is -1", () -> Restart.never().maxRetries(-1));
        refusesArgument("maxRetries must be 0 or more, but is -2", () -> RetryBudget.of(-2, QUICK));
        refusesNull("maxRetries", () -> new RetryBudget(null, QUICK));
    }

    @Test
    void multipliers_wrong() {
        Restart restart = Restart.never();
        refusesNull("severity", () -> restart.severityMultiplier(null, 1));
        refusesNull("profile", () -> restart.profileMultiplier(null, 1));
        refusesArgument(
                "multiplier must be above 0, but is 0.0", () -> restart.severityMultiplier(Severity.WARNING, 0));
        refusesArgument(
                "multiplier must be above 0, but is -1.0", () -> restart.profileMultiplier(ProcessProfile.WEB, -1));
        refusesArgument(
                "multiplier must be above 0, but is NaN",
                () -> restart.profileMultiplier(ProcessProfile.WEB, Double.NaN));
    }

    @Test
    void durations_wrong() {
        Restart restart = Restart.never();
        refusesNull("startupGrace", () -> restart.startupGrace(null));
        refusesArgument(
                "startupGrace must not be negative, but is -1s", () -> restart.startupGrace(Duration.ofSeconds(-1)));
        refusesNull("resetAfter", () -> restart.resetAfter(null));
        refusesArgument("resetAfter must be above zero, but is 0s", () -> restart.resetAfter(Duration.ZERO));
    }

    @Test
    void objects_null() {
        Restart restart = Restart.never();
        refusesNull("name", () -> Restart.policy((String) null));
        refusesArgument("name must not be blank", () -> Restart.policy(" "));
        refusesNull("policy", () -> Restart.policy((RestartPolicy) null));
        refusesNull("backoff", () -> restart.backoff(null));
        refusesNull("budget", () -> restart.onHealthFailure(null));
        refusesNull("budget", () -> restart.onResourceViolation(null));
        refusesNull("circuitBreaker", () -> restart.circuitBreaker(null));
    }

    @Test
    void circuitBreaker_wrong() {
        Duration second = Duration.ofSeconds(1);
        refusesArgument("failures must be 1 or more, but is 0", () -> new CircuitBreaker(0, second, second));
        refusesNull("window", () -> new CircuitBreaker(1, null, second));
        refusesArgument("window must be above zero, but is 0s", () -> new CircuitBreaker(1, Duration.ZERO, second));
        refusesNull("cooldown", () -> new CircuitBreaker(1, second, null));
        refusesArgument("cooldown must be above zero, but is 0s", () -> new CircuitBreaker(1, second, Duration.ZERO));
    }
}
