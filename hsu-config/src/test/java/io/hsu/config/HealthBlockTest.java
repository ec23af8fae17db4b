package io.hsu.config;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.CheckRole;
import io.hsu.HealthCheckSpec;
import io.hsu.HealthChecks;
import io.hsu.spi.HealthCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health checks: types, settings, options. */
class HealthBlockTest extends ConfigTestBase {

    /** The real provider's settings, as the documentation names them. */
    @ParameterizedTest
    @ValueSource(strings = {"200", "200-204", "'200,404'"})
    void http_everySetting(String status) {
        loader = HsuConfig.loader();

        String check = process(flat(
                        "health_check: {type: http, http: {url: 'http://localhost:1/', method: POST, headers: {A: b}, expected_status: %s, body_pattern: 'up+'}}"
                                .formatted(status)))
                .healthChecks()
                .get(0)
                .check()
                .toString();

        assertTrue(check.contains("POST"), check);
        assertTrue(check.contains("expecting " + status.replace("'", "")), check);
        assertTrue(check.contains("up+"), check);
    }

    private static final String AT = "managed_processes[0].management.health_check";

    private HealthCheckSpec liveness(String block) {
        return process(flat("health_check: " + block)).healthChecks().get(0);
    }

    private HealthCheck check(String block) {
        return liveness(block).check();
    }

    @Test
    void types() {
        assertEquals(HealthChecks.process(), check("{enabled: true}"));
        assertEquals(HealthChecks.process(), check("{type: Process}"));
        assertEquals(HealthChecks.tcp("h", 1), check("{type: tcp, tcp: {address: h, port: 1}}"));
        assertEquals(
                HealthChecks.exec("pg_isready", "-q"), check("{type: exec, exec: {command: pg_isready, args: [-q]}}"));
        assertEquals(HealthChecks.logLine("up"), check("{type: log_line, log-line: {pattern: up}}"));
        assertEquals(HealthChecks.file(Path.of("/x")), check("{type: file, file: {path: /x}}"));
    }

    @Test
    void http_settings() {
        assertEquals(
                new FakeHttp("http://h", "HEAD", Map.of("Authorization", "s3cr3t-t0k3n", "X", "0123"), ""),
                check(
                        "{type: http, http: {url: 'http://h', method: HEAD, headers: {Authorization: '${env:TOKEN}', X: 0123}}}"));
    }

    @Test
    void http_endpoint() {
        assertEquals(FakeHttp.get("http://h"), check("{http_endpoint: 'http://h'}"));
        assertEquals(FakeHttp.get("http://h"), check("{type: http, http_endpoint: 'http://h'}"));
        assertEquals(
                new FakeHttp("http://h", "HEAD", Map.of(), ""),
                check("{http_endpoint: 'http://h', http: {method: HEAD}}"));
    }

    @Test
    void http_endpoint_misplaced() {
        assertError(
                flat("health_check: {type: tcp, http_endpoint: 'http://h', tcp: {address: h, port: 1}}"),
                "7:48: " + AT
                        + ".http_endpoint: is short for http.url, but the check is of type tcp; remove it, or write type: http");
        assertError(
                flat("health_check: {http: {url: 'http://h'}, http_endpoint: 'http://h'}"),
                "7:62: " + AT + ".http_endpoint: is short for http.url, which is given too; keep one of them");
    }

    @Test
    void type_unknown() {
        assertError(
                flat("health_check: {type: htp}"),
                "7:28: " + AT
                        + ".type: unknown health check type 'htp'; available are exec, file, grpc, http, log-line, notify, process, tcp; did you mean 'http'?");
    }

    @Test
    void settings_ofAnotherType() {
        assertError(
                flat("health_check: {type: process, tcp: {address: h, port: 1}}"),
                "7:37: " + AT
                        + ".tcp: is for checks of type tcp, but this one is of type process; remove it, or change the type");
        assertError(
                flat("health_check: {tcp: {address: h, port: 1}}"),
                "7:22: " + AT
                        + ".tcp: is for checks of type tcp, but this one is of type process; remove it, or change the type");
    }

    @Test
    void settings_wrong() {
        assertError(
                flat("health_check: {type: tcp, tcp: {address: h, port: 70000}}"),
                "7:57: " + AT + ".tcp.port: port must be from 1 to 65535, but is 70000");
        assertError(
                flat("health_check: {type: log-line, log-line: {pattern: 'a('}}"),
                "7:58: " + AT
                        + ".log-line.pattern: pattern 'a(' is not a regular expression: Unclosed group near index 2");
        assertError(flat("health_check: {type: tcp}"), "7:28: " + AT + ".type: address is missing");
        assertError(
                flat("health_check: {type: tcp, tcp: 5432}"),
                "7:38: " + AT + ".tcp: must be a mapping of keys and values, but is a text");
    }

    @Test
    void provider_thatThrows() {
        assertError(
                flat("health_check: {http: {url: 'http://h', method: BREAK}, type: http}"),
                "7:22: " + AT + ".http: the check cannot be made: java.lang.IllegalStateException: out of order");
    }

    @Test
    void options_inBothForms() {
        HealthCheckSpec expected = HealthCheckSpec.builder(HealthChecks.process(), CheckRole.LIVENESS)
                .every(ofSeconds(3))
                .timeout(ofMillis(500))
                .initialDelay(ofSeconds(0))
                .failAfter(4)
                .recoverAfter(2)
                .enabled(false)
                .build();

        assertEquals(
                expected,
                liveness(
                        "{interval: 3s, timeout: 500ms, initial_delay: 0s, failure_threshold: 4, success_threshold: 2, enabled: false}"));
        assertEquals(
                expected,
                liveness(
                        "{run_options: {interval: 3s, timeout: 500ms, initial_delay: 0s, retries: 4, success_threshold: 2, enabled: false}}"));
    }

    @Test
    void options_mixed() {
        assertEquals(
                List.of(
                        "7:22: " + AT + ".interval: stands beside run_options (line 7); move it into it",
                        "7:36: " + AT
                                + ".failure_threshold: stands beside run_options (line 7); move it into it, where it is called retries"),
                errors(flat("health_check: {interval: 3s, failure_threshold: 2, run_options: {retries: 4}}")));
    }

    @Test
    void options_wrong() {
        assertError(
                flat("health_check: {failure_threshold: 0}"),
                "7:41: " + AT + ".failure_threshold: must be a whole number, 1 or more, but is '0'");
        assertError(
                flat("health_check: {interval: 0s}"),
                "7:32: " + AT + ".interval: interval must be above zero, but is 0s");
    }

    @Test
    void timeout_notShorterThanInterval() {
        String message =
                ": health check 'liveness': timeout (5s) must be shorter than interval (5s); shorten the one or raise the other";

        assertError(flat("health_check: {interval: 5s, timeout: 5s}"), "7:45: " + AT + ".timeout" + message);
        assertError(
                flat("health_check: {run_options: {interval: 5s, timeout: 5s}}"),
                "7:59: " + AT + ".run_options.timeout" + message);
        assertError(flat("health_check: {timeout: 30s}"), "7:31: " + AT + ".timeout" + message.replace("5s", "30s"));
    }

    @Test
    void empty_isNoCheck() {
        assertEquals(List.of(), process(flat("health_check:")).healthChecks());
    }

    @Test
    void everyRole_hasItsDefaults() {
        assertEquals(
                List.of(
                        HealthCheckSpec.builder(HealthChecks.process(), CheckRole.LIVENESS)
                                .build(),
                        HealthCheckSpec.builder(HealthChecks.process(), CheckRole.READINESS)
                                .build(),
                        HealthCheckSpec.builder(HealthChecks.process(), CheckRole.STARTUP)
                                .build()),
                process(flat("health_check: {}") + "    readiness_check: {}\n    startup_check: {}\n")
                        .healthChecks());
    }
}
