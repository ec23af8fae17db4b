package io.hsu.config;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hsu.Backoff;
import io.hsu.Restart;
import io.hsu.RetryBudget;
import io.hsu.Severity;
import io.hsu.spi.RestartDecision;
import io.hsu.spi.RestartPolicy;
import io.hsu.spi.RestartPolicyProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Restarts: policies, budgets, multipliers, the breaker. */
class RestartBlockTest extends ConfigTestBase {

    private static final String CONTROL = "managed_processes[0].management.standard_managed.control.";
    private static final String FLAT = "managed_processes[0].management.restart_policy";

    private Restart nested(String keys) {
        return process(inControl(keys)).restart();
    }

    @Test
    void nothingSaid_isTheDefault() {
        assertEquals(Restart.onFailure(), nested(""));
        assertEquals(Restart.onFailure(), process(flat("restart_policy: {}")).restart());
        assertEquals(Restart.onFailure(), nested("context_aware_restart: {default: {}, health_failures: {}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"never", "always", "unless-stopped", "on-failure"})
    void policies(String name) {
        assertEquals(Restart.policy(name), nested("restart_policy: " + name));
        assertEquals(
                Restart.policy(name),
                process(flat("restart_policy: {strategy: " + name + "}")).restart());
    }

    @Test
    void policy_unknown() {
        String message =
                "unknown restart policy 'sometimes'; available are always, never, on-failure, unless-stopped; add the module that provides it, or a RestartPolicyProvider";

        assertError(inControl("restart_policy: sometimes"), "8:27: " + CONTROL + "restart_policy: " + message);
        assertError(flat("restart_policy: {strategy: sometimes}"), "7:34: " + FLAT + ".strategy: " + message);
    }

    @Test
    void policy_ofAProvider() {
        loader = loader.restartPolicy(new RestartPolicyProvider() {
            @Override
            public String name() {
                return "by-moonlight";
            }

            @Override
            public RestartPolicy create() {
                return context -> new RestartDecision.StayStopped("");
            }
        });

        assertEquals(Restart.policy("by-moonlight"), nested("restart_policy: By_Moonlight"));
    }

    @Test
    void policy_inTheOtherShape() {
        assertError(
                inControl("restart_policy: {strategy: always}"),
                "8:27: " + CONTROL + "restart_policy: must be a text, but is a mapping");
        assertError(
                flat("restart_policy: always"),
                "7:23: " + FLAT + ": must be a mapping of keys and values, but is a text");
    }

    @Test
    void budgets_followTheDefault() {
        Restart restart = nested("""
                context_aware_restart:
                  health_failures: {max_retries: 1}
                  default: {max_retries: 10, retry_delay: 7s}
                """);

        assertEquals(RetryBudget.of(10, Backoff.exponential(ofSeconds(7), 1.5)), restart.budget());
        assertEquals(RetryBudget.of(1, Backoff.exponential(ofSeconds(7), 1.5)), restart.healthBudget());
    }

    @Test
    void whatBrokenLimitsCause() {
        String yaml = inControl("""
                context_aware_restart:
                  resource_violations: {max_retries: 5, retry_delay: 20s}
                  severity_multipliers: {warning: 0.25, critical: 3, emergency: 4}
                  sustained_violation_time: 1m
                  spike_tolerance_time: 2s
                """);

        assertEquals(
                Restart.onFailure()
                        .onResourceViolation(RetryBudget.of(5, Backoff.exponential(ofSeconds(20), 1.5)))
                        .severityMultiplier(Severity.WARNING, 0.25)
                        .severityMultiplier(Severity.CRITICAL, 3)
                        .severityMultiplier(Severity.EMERGENCY, 4)
                        .sustainedViolation(ofMinutes(1))
                        .spikeTolerance(ofSeconds(2)),
                process(yaml).restart());
    }

    @Test
    void retries() {
        assertEquals(
                Restart.onFailure().unlimitedRetries(),
                nested("context_aware_restart: {default: {max_retries: Unlimited}}"));
        assertEquals(
                Restart.onFailure().maxRetries(0),
                process(flat("restart_policy: {max_attempts: 0}")).restart());
        assertError(
                flat("restart_policy: {max_attempts: -1}"),
                "7:38: " + FLAT + ".max_attempts: must be a whole number, 0 or more, or 'unlimited', but is '-1'");
    }

    @Test
    void multipliers_unknown() {
        assertError(
                inControl("context_aware_restart:\n  process_profile_multipliers: {databse: 5}"),
                "9:43: " + CONTROL
                        + "context_aware_restart.process_profile_multipliers.databse: unknown key 'databse'; did you mean 'database'?");
        assertError(
                inControl("context_aware_restart:\n  severity_multipliers: {fatal: 5}"),
                "9:36: " + CONTROL
                        + "context_aware_restart.severity_multipliers.fatal: unknown key 'fatal'; known are warning, critical, emergency");
    }

    @Test
    void circuitBreaker_wrong() {
        String at = "managed_processes[0].circuit_breaker";

        assertError(
                onProcess("circuit_breaker: {failures: 0, window: 0s}"),
                "5:33: " + at + ".failures: must be a whole number, 1 or more, but is '0'",
                "5:44: " + at + ".window: must be above zero, but is '0s'");
    }

    @Test
    void grace() {
        assertEquals(
                Restart.onFailure().startupGrace(ofMinutes(1)),
                nested("context_aware_restart: {startup_grace_period: 1m}"));
    }
}
