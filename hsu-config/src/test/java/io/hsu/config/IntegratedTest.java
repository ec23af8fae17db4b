package io.hsu.config;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.CheckRole;
import io.hsu.HealthCheckSpec;
import io.hsu.HealthChecks;
import io.hsu.ProcessKind;
import io.hsu.ProcessManager;
import io.hsu.ProcessSpec;
import io.hsu.ProcessSpecBuilder;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthCheckProvider;
import io.hsu.spi.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Processes that take part: what is checked of them, and how both shapes say it. */
class IntegratedTest extends ConfigTestBase {

    private static final String NESTED = "managed_processes[0].management.integrated_managed";
    private static final String FLAT = "managed_processes[0].management";
    private static final String NO_PROVIDER =
            "unknown health check type 'grpc'; available are exec, file, log-line, notify, process, tcp; add the module that provides it, or a HealthCheckProvider";

    private static ProcessSpec java(Consumer<ProcessSpecBuilder> more) {
        return ProcessManager.builder()
                .integratedProcess("a", process -> {
                    process.command("/bin/sh").workingDirectory(Path.of("/bin"));
                    more.accept(process);
                })
                .processes()
                .get(0);
    }

    private static HealthCheck atItsPort() {
        return HealthChecks.named("grpc", Map.of());
    }

    @Test
    void withoutAHealthBlock_isCheckedAtItsPort() {
        ProcessSpec expected = java(process -> {});

        assertEquals(expected, process(integrated("")));
        assertEquals(expected, process(integratedNested("")));
        assertEquals(expected, process(integrated("health_check:\nhealth_check_run_options:")));
        assertEquals(ProcessKind.INTEGRATED, expected.kind());
        assertTrue(expected.stopRequest().isPresent());
    }

    @Test
    void runOptionsAlone_areThoseOfTheCheckAtItsPort() {
        String options =
                "health_check_run_options: {enabled: false, interval: 9s, timeout: 4s, initial_delay: 1s, retries: 3, success_threshold: 2}";
        ProcessSpec expected = java(process -> process.healthCheck(
                atItsPort(),
                check -> check.enabled(false)
                        .every(ofSeconds(9))
                        .timeout(ofSeconds(4))
                        .initialDelay(ofSeconds(1))
                        .failAfter(3)
                        .recoverAfter(2)));

        assertEquals(expected, process(integrated(options)));
        assertEquals(expected, process(integratedNested(options)));
        assertEquals(java(process -> {}), process(integratedNested("health_check_run_options: {}")));
    }

    @Test
    void otherChecks_standBesideTheOneAtItsPort() {
        assertEquals(
                java(process -> process.readinessCheck(HealthChecks.process())),
                process(integrated("") + "    readiness_check: {type: process}\n"));
        assertEquals(
                java(process -> process.healthCheck(atItsPort(), check -> check.every(ofSeconds(9)))
                        .readinessCheck(HealthChecks.process())),
                process(integrated("health_check_run_options: {interval: 9s}")
                        + "    readiness_check: {type: process}\n"));
    }

    @Test
    void wholeHealthCheck_ofAnyType() {
        assertEquals(
                java(process -> process.healthCheck(HealthChecks.tcp("h", 1))),
                process(integrated("health_check: {type: tcp, tcp: {address: h, port: 1}}")));
        assertEquals(
                java(process -> process.healthCheck(FakeGrpc.atItsPort(), check -> check.every(ofSeconds(9)))),
                process(integratedNested("health_check: {type: grpc, run_options: {interval: 9s}}")));
        assertEquals(
                java(process -> process.healthCheck(HealthChecks.process(), check -> check.enabled(false))),
                process(integratedNested("health_check: {type: process, run_options: {enabled: false}}")));
    }

    @Test
    void wholeHealthCheck_withoutAType_isAWarning() {
        String yaml = integrated("health_check: {interval: 9s}");

        assertEquals(
                java(process -> process.healthCheck(HealthChecks.process(), check -> check.every(ofSeconds(9)))),
                process(yaml));
        assertEquals(
                List.of(
                        "7:7: " + FLAT
                                + ".health_check: has no type, so it only looks whether the process is alive; write 'type: grpc' to check it over gRPC at its port, or 'type: process' if this is meant"),
                warnings(yaml));
        assertEquals(List.of(), warnings(yaml.replace("{", "{type: process, ")));
        assertEquals(List.of(), warnings(flat("health_check: {interval: 9s}")));
        assertEquals(List.of(), warnings(integrated("") + "    readiness_check: {}\n"));
    }

    @Test
    void stopCommand_replacesTheStopRequest() {
        ProcessSpec stopped = process(integrated("") + "    stop_command: halt\n");

        assertEquals(java(process -> process.stopCommand("halt")), stopped);
        assertEquals(Optional.empty(), stopped.stopRequest());
    }

    @Test
    void runOptions_besideAHealthCheck() {
        assertError(
                integratedNested("health_check: {type: process}\nhealth_check_run_options: {interval: 9s}"),
                "9:9: " + NESTED
                        + ".health_check_run_options: stands beside health_check (line 8), which says itself when it runs; move it there, or remove one of them");
    }

    @Test
    void runOptions_ofAStandardProcess() {
        String why =
                ".health_check_run_options: is for processes of type integrated_managed, which are checked at the port that they are given; give this one a health_check";

        assertError(flat("health_check_run_options: {interval: 9s}"), "7:7: " + FLAT + why);
        assertError(
                integratedNested("health_check_run_options: {}").replace("integrated_managed", "standard_managed"),
                "8:9: managed_processes[0].management.standard_managed" + why);
    }

    @Test
    void runOptions_wrong() {
        String at = NESTED + ".health_check_run_options";

        assertError(
                integratedNested("health_check_run_options: {interval: 5s, timeout: 5s}"),
                "8:59: " + at
                        + ".timeout: health check 'liveness': timeout (5s) must be shorter than interval (5s); shorten the one or raise the other");
        assertError(
                integratedNested("health_check_run_options: {retries: 0}"),
                "8:45: " + at + ".retries: must be a whole number, 1 or more, but is '0'");
        assertError(
                integratedNested("health_check_run_options: {retires: 1}"),
                "8:36: " + at + ".retires: unknown key 'retires'; did you mean 'retries'?");
        assertError(
                integratedNested("health_check_run_options: 3s"),
                "8:35: " + at + ": must be a mapping of keys and values, but is a text");
    }

    @Test
    void withoutTheModule_isRefusedAtItsPlace() {
        loader = HsuConfig.loader().classLoader(new WithoutHealthModule());

        assertError(
                integrated(""),
                "3:11: managed_processes[0].type: cannot be checked over gRPC at its port: " + NO_PROVIDER);
        assertError(
                integratedNested("health_check_run_options: {interval: 9s}"),
                "8:9: " + NESTED + ".health_check_run_options: cannot be checked over gRPC at its port: "
                        + NO_PROVIDER);
        assertError(integrated("health_check: {type: grpc}"), "7:28: " + FLAT + ".health_check.type: " + NO_PROVIDER);
        assertError(
                integrated("health_check: {grpc_health_check: true}"),
                "7:41: " + FLAT + ".health_check.grpc_health_check: " + NO_PROVIDER);
        assertEquals(
                java(process -> process.healthCheck(HealthChecks.process())),
                process(integrated("health_check: {type: process}")));
    }

    @Test
    void providerThatNeedsAnAddress_isRefusedAtItsPlace() {
        loader = HsuConfig.loader().healthCheck(new HealthCheckProvider() {
            @Override
            public String type() {
                return "grpc";
            }

            @Override
            public HealthCheck create(Settings settings) {
                return FakeGrpc.at(settings.requiredString("address"));
            }
        });

        assertError(
                integrated(""),
                "3:11: managed_processes[0].type: cannot be checked over gRPC at its port: address is missing");
    }

    @Test
    void checkThatDoesNotGoWithIt_isRefusedAtItsPlace() {
        loader = HsuConfig.loader().healthCheck(new HealthCheckProvider() {
            @Override
            public String type() {
                return "grpc";
            }

            @Override
            public HealthCheck create(Settings settings) {
                return new FakeGrpc(Optional.empty(), "OF x", "", Map.of(), false, "", "", "");
            }
        });

        assertError(
                integrated(""),
                "3:11: managed_processes[0].type: cannot be checked over gRPC at its port: service 'OF x' is not served by 'a'");
    }

    @Test
    void nameOfTheCheckAtItsPort_isTaken() {
        assertError(
                integrated("") + "    readiness_check: {type: process, name: liveness}\n",
                "7:44: managed_processes[0].readiness_check.name: is called 'liveness', as the check in line 3 is; give it a 'name' of its own");
    }

    @Test
    void itsHealth_canBeWaitedFor() {
        String waiting =
                "  - {id: b, type: standard_managed, depends_on: {a: {condition: healthy}}, management: {control: {executable: /bin/sh}}}\n";

        assertEquals(2, load(integrated("") + waiting).processes().size());
        assertError(
                integrated("health_check_run_options: {enabled: false}") + waiting,
                "8:50: managed_processes[1].depends_on.a: 'a' never becomes healthy, because no health check of it is enabled; give 'a' one, or write 'condition: started'");
    }

    @Test
    void blockOfAnotherType() {
        assertError(
                integratedNested("").replace("      integrated_managed:", "      standard_managed:"),
                "5:7: managed_processes[0].management.standard_managed: is for processes of type standard_managed, but this one is of type integrated_managed; remove it, or change the type");
    }

    @Test
    void blocksOfBothShapes() {
        assertError(
                integratedNested("") + "      health_check_run_options: {interval: 9s}\n",
                "8:7: " + FLAT
                        + ".health_check_run_options: stands beside 'integrated_managed', but a process has one shape; move it below 'integrated_managed', or take that level away");
    }

    @Test
    void emptyBlocks() {
        String process = "managed_processes: [{id: a, type: integrated_managed, management: {%s}}]";

        assertError(
                process.formatted(""),
                "1:55: " + FLAT + ": is empty; write 'integrated_managed:' or 'control:' below it");
        assertError(
                process.formatted("integrated_managed: {}"),
                "1:68: " + NESTED + ".control: is missing; write 'control:' with an execution below it");
    }

    /** What stands below its management shows what was meant: one mistake is told once. */
    @Test
    void typeMisspelled() {
        assertError(
                integratedNested("health_check_run_options: {interval: 9s}")
                        .replace("type: integrated", "type: integarted"),
                "3:11: managed_processes[0].type: must be one of standard_managed, integrated_managed, but is 'integarted_managed'; did you mean 'integrated_managed'?");
    }

    @Test
    void equalSpecifications_haveTheSameManager() {
        HealthCheckSpec check =
                HealthCheckSpec.builder(atItsPort(), CheckRole.LIVENESS).build();

        assertEquals(
                BuilderView.get(
                        ProcessManager.builder()
                                .integratedProcess(
                                        "a",
                                        process -> process.command("/bin/sh")
                                                .workingDirectory(Path.of("/bin"))
                                                .check(check)),
                        "processes"),
                BuilderView.get(load(integrated("")).toBuilder(), "processes"));
    }
}
