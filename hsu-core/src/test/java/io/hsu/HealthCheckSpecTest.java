package io.hsu;

import static io.hsu.testkit.Refusals.refusesArgument;
import static io.hsu.testkit.Refusals.refusesNull;
import static io.hsu.testkit.Refusals.refusesState;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthCheckSpecTest {

    private final HealthCheckSpec.Builder builder = HealthCheckSpec.builder(HealthChecks.process(), CheckRole.LIVENESS);

    @ParameterizedTest
    @CsvSource({
        // role, name, initial delay, interval, timeout, failures
        "LIVENESS, liveness, PT2S, PT30S, PT5S, 2",
        "READINESS, readiness, PT0S, PT2S, PT1S, 2",
        "STARTUP, startup, PT0S, PT2S, PT1S, 30"
    })
    void defaults_byRole(
            CheckRole role, String name, Duration initialDelay, Duration interval, Duration timeout, int failures) {
        HealthCheckSpec spec =
                HealthCheckSpec.builder(HealthChecks.process(), role).build();
        assertEquals(
                List.of(name, role, true, initialDelay, interval, timeout, failures, 1),
                List.of(
                        spec.name(),
                        spec.role(),
                        spec.enabled(),
                        spec.initialDelay(),
                        spec.interval(),
                        spec.timeout(),
                        spec.failureThreshold(),
                        spec.successThreshold()));
    }

    @Test
    void timeout_isHalfTheIntervalAtMostFiveSecondsUnlessSet() {
        assertEquals(
                Duration.ofSeconds(4),
                builder.every(Duration.ofSeconds(8)).build().timeout());
        assertEquals(
                Duration.ofSeconds(5),
                builder.every(Duration.ofSeconds(11)).build().timeout());
        assertEquals(
                Duration.ofSeconds(10),
                builder.timeout(Duration.ofSeconds(10)).build().timeout());
    }

    @Test
    void timeout_notBelowTheInterval() {
        builder.name("api").every(Duration.ofSeconds(2)).timeout(Duration.ofSeconds(2));
        refusesState(
                "health check 'api': timeout (2s) must be shorter than interval (2s); shorten the one or raise the other",
                builder::build);
    }

    @Test
    void timeout_orderOfSettersDoesNotMatter() {
        HealthCheckSpec spec = builder.timeout(Duration.ofSeconds(40))
                .every(Duration.ofSeconds(60))
                .build();
        assertEquals(Duration.ofSeconds(40), spec.timeout());
    }

    @Test
    void toBuilder_everythingComesAlong() {
        HealthCheckSpec spec = builder.name("db")
                .enabled(false)
                .initialDelay(Duration.ofSeconds(3))
                .every(Duration.ofSeconds(20))
                .timeout(Duration.ofSeconds(7))
                .failAfter(4)
                .recoverAfter(5)
                .build();
        assertEquals(spec, spec.toBuilder().build());
        assertEquals(spec.hashCode(), spec.toBuilder().build().hashCode());
    }

    @Test
    void toBuilder_timeoutThatWasNeverSetFollowsTheNewInterval() {
        HealthCheckSpec spec =
                builder.build().toBuilder().every(Duration.ofSeconds(4)).build();
        assertEquals(Duration.ofSeconds(2), spec.timeout());
    }

    @Test
    void eachSetting_countsInEquality() {
        HealthCheckSpec spec = builder.build();
        assertNotEquals(
                spec, spec.toBuilder().check(HealthChecks.tcp("localhost", 1)).build());
        assertNotEquals(spec, spec.toBuilder().name("other").build());
        assertNotEquals(spec, spec.toBuilder().enabled(false).build());
        assertNotEquals(spec, spec.toBuilder().initialDelay(Duration.ZERO).build());
        assertNotEquals(spec, spec.toBuilder().every(Duration.ofSeconds(31)).build());
        assertNotEquals(spec, spec.toBuilder().timeout(Duration.ofSeconds(6)).build());
        assertNotEquals(spec, spec.toBuilder().failAfter(3).build());
        assertNotEquals(spec, spec.toBuilder().recoverAfter(2).build());
        assertNotEquals(
                spec,
                HealthCheckSpec.builder(HealthChecks.process(), CheckRole.READINESS)
                        .name("liveness")
                        .build());
    }

    @Test
    void build_frozen() {
        HealthCheckSpec spec = builder.build();
        builder.failAfter(9).enabled(false).name("changed").every(Duration.ofSeconds(1));
        assertEquals("liveness", spec.name());
        assertEquals(2, spec.failureThreshold());
        assertTrue(spec.enabled());
        assertEquals(Duration.ofSeconds(30), spec.interval());
    }

    @Test
    void checkAndRole_null() {
        refusesNull("check", () -> HealthCheckSpec.builder(null, CheckRole.STARTUP));
        refusesNull("role", () -> HealthCheckSpec.builder(HealthChecks.process(), null));
        refusesNull("check", () -> builder.check(null));
    }

    @Test
    void name_wrong() {
        refusesNull("name", () -> builder.name(null));
        refusesArgument("name must not be blank", () -> builder.name("  "));
    }

    @Test
    void durations_wrong() {
        refusesNull("initialDelay", () -> builder.initialDelay(null));
        refusesArgument(
                "initialDelay must not be negative, but is -1s", () -> builder.initialDelay(Duration.ofSeconds(-1)));
        refusesNull("interval", () -> builder.every(null));
        refusesArgument("interval must be above zero, but is 0s", () -> builder.every(Duration.ZERO));
        refusesNull("timeout", () -> builder.timeout(null));
        refusesArgument("timeout must be above zero, but is -1ms", () -> builder.timeout(Duration.ofMillis(-1)));
    }

    @Test
    void thresholds_wrong() {
        refusesArgument("failures must be 1 or more, but is 0", () -> builder.failAfter(0));
        refusesArgument("successes must be 1 or more, but is -1", () -> builder.recoverAfter(-1));
    }

    @Test
    void toString_isShort() {
        assertEquals("liveness check process every 30s", builder.build().toString());
    }

    @Test
    void named_showsNoValueOfItsSettings() {
        String text = HealthChecks.named("http", Map.of("token", "s3cret")).toString();
        assertFalse(text.contains("s3cret"), text);
        assertTrue(text.contains("http") && text.contains("token"), text);
    }

    @Test
    void builtIns_equalWhenTheirSettingsAre() {
        assertEquals(HealthChecks.tcp("localhost", 80), HealthChecks.tcp("localhost", 80));
        assertEquals(HealthChecks.exec("true", "a"), HealthChecks.exec("true", "a"));
        assertEquals(HealthChecks.logLine("a+"), HealthChecks.logLine("a+"));
        assertNotEquals(HealthChecks.tcp("localhost", 80), HealthChecks.tcp("localhost", 81));
    }

    @Test
    void builtIns_wrong() {
        refusesArgument("port must be from 1 to 65535, but is 0", () -> HealthChecks.tcp("localhost", 0));
        refusesArgument("port must be from 1 to 65535, but is 65536", () -> HealthChecks.tcp("localhost", 65536));
        refusesArgument("command must not be blank", () -> HealthChecks.exec(" "));
        refusesArgument(
                "pattern '(' is not a regular expression: Unclosed group near index 1",
                () -> HealthChecks.logLine("("));
    }
}
