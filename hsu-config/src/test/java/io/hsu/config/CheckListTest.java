package io.hsu.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hsu.HealthCheckSpec;
import io.hsu.HealthChecks;
import io.hsu.ProcessSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several checks of one kind, and their names. */
class CheckListTest extends ConfigTestBase {

    private static final String AT = "managed_processes[0].management.health_check";

    private static String twice(String name, int line) {
        return "is called '%s', as the check in line %d is; give it a 'name' of its own".formatted(name, line);
    }

    @Test
    void everyKey_takesAList() {
        ProcessSpec expected = ProcessSpec.builder("a")
                .command("/bin/sh")
                .workingDirectory(Path.of("/bin"))
                .healthCheck(HealthChecks.process())
                .healthCheck(HealthChecks.tcp("h", 1), check -> check.name("port"))
                .readinessCheck(HealthChecks.file(Path.of("/x")))
                .readinessCheck(HealthChecks.file(Path.of("/y")), check -> check.name("y"))
                .startupCheck(HealthChecks.logLine("up"), check -> check.name("up"))
                .build();

        assertEquals(expected, process(flat("""
                        health_check:
                          - {}
                          - {name: port, type: tcp, tcp: {address: h, port: 1}}
                        """) + """
                            readiness_check: [{type: file, file: {path: /x}}, {name: y, type: file, file: {path: /y}}]
                            startup_check: [{name: up, type: log-line, log_line: {pattern: up}}]
                        """));
    }

    @Test
    void oneCheck_mayHaveAName() {
        assertEquals(
                List.of("alive", "ready"),
                process(flat("health_check: {name: alive}") + "    readiness_check: {name: ready}\n")
                        .healthChecks()
                        .stream()
                        .map(HealthCheckSpec::name)
                        .toList());
    }

    @Test
    void oneName_twice() {
        assertError(flat("health_check:\n  - {}\n  - {}\n"), "9:11: " + AT + "[1]: " + twice("liveness", 8));
        assertError(
                flat("health_check:\n  - {name: x}\n  - {name: x}\n  - {}\n  - {name: x}\n"),
                "9:18: " + AT + "[1].name: " + twice("x", 8),
                "11:18: " + AT + "[3].name: " + twice("x", 8));
        assertError(
                flat("health_check: {name: x}")
                        + "    startup_check: {name: x}\n    readiness_check: {name: liveness}\n",
                "8:27: managed_processes[0].startup_check.name: " + twice("x", 7));
        assertError(
                flat("health_check: {}") + "    readiness_check: {name: liveness}\n",
                "8:29: managed_processes[0].readiness_check.name: " + twice("liveness", 7));
    }

    /** It is read first, but stands last. */
    @Test
    void oneName_twice_isToldAtTheSecondInTheFile() {
        assertError("""
                managed_processes:
                  - id: a
                    type: standard_managed
                    readiness_check: {name: x}
                    management:
                      control: {executable: /bin/sh}
                      health_check: {name: x}
                """, "7:28: managed_processes[0].management.health_check.name: " + twice("x", 4));
        assertError("""
                managed_processes:
                  - id: a
                    type: standard_managed
                    startup_check: {name: liveness}
                    management:
                      control: {executable: /bin/sh}
                      health_check: {}
                """, "7:7: managed_processes[0].management.health_check: " + twice("liveness", 4));
    }

    @Test
    void name_ofAReference_isNotShown() {
        loader = loader.environment(Map.of("S", "s3cr3t"));

        assertError(
                flat("health_check:\n  - {name: '${env:S}'}\n  - {name: '${env:S}'}\n"),
                "9:18: " + AT + "[1].name: " + twice("${env:S}", 8));
        assertError(
                flat("health_check: {name: '${env:S}', interval: 1s, timeout: 2s}"),
                "7:63: " + AT + ".timeout: must be shorter than interval; shorten the one or raise the other");
    }

    @Test
    void wrong() {
        assertError(flat("health_check: []"), "7:21: " + AT + ": lists no check; write one, or remove the key");
        assertError(
                flat("health_check: [process]"),
                "7:22: " + AT + "[0]: must be a mapping of keys and values, but is a text");
        assertError(
                flat("health_check:\n  - {type: process}\n  -\n"),
                "9:10: " + AT + "[1]: must be a mapping of keys and values, but is empty");
        assertError(flat("health_check: {name: ' '}"), "7:28: " + AT + ".name: must not be blank");
        assertError(
                flat("health_check:\n  - {typ: process}\n"),
                "8:12: " + AT + "[0].typ: unknown key 'typ'; did you mean 'type'?");
    }

    @Test
    void everyCheckThatIsWrong_isTold() {
        assertError(
                flat("health_check:\n  - {type: tcp}\n  - {name: x, type: tcp, tcp: {address: h, port: 0}}\n"),
                "8:18: " + AT + "[0].type: address is missing",
                "9:56: " + AT + "[1].tcp.port: port must be from 1 to 65535, but is 0");
    }

    @Test
    void manyChecks_areReadInTime() {
        StringBuilder checks = new StringBuilder("health_check:\n");
        for (int i = 0; i < 5_000; i++) {
            checks.append("  - {name: c%d}\n".formatted(i));
        }

        assertEquals(
                5_000,
                loader.load(write(flat(checks.toString())))
                        .processes()
                        .get(0)
                        .healthChecks()
                        .size());
    }
}
