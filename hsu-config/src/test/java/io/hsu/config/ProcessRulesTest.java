package io.hsu.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Dependency;
import io.hsu.ProcessSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids, types, shapes, the command, and what processes wait for. */
class ProcessRulesTest extends ConfigTestBase {

    private static String processes(String... entries) {
        return "managed_processes:\n" + String.join("", entries);
    }

    private static String process(String id, String more) {
        return "  - {id: %s, type: standard_managed, management: {control: {executable: /bin/sh}}%s}\n"
                .formatted(id, more.isEmpty() ? "" : ", " + more);
    }

    @Test
    void id_missing() {
        assertError(
                processes("  - type: standard_managed\n    management: {control: {executable: /bin/sh}}\n"),
                "2:5: managed_processes[0].id: is missing; write 1 to 64 of letters, digits, '-' and '_'");
    }

    @Test
    void id_twice() {
        assertError(
                processes(process("a", ""), process("b", ""), process("a", "")),
                "4:10: managed_processes[2].id: 'a' is the id of the process in line 2, too; ids must differ");
    }

    @Test
    void id_notAllowed() {
        assertError(
                processes(process("../a", "")),
                "2:10: managed_processes[0].id: process id '../a' is not allowed: 1 to 64 of letters, digits, '-' and '_' (it becomes a file name)");
    }

    @Test
    void id_long_isShortened() {
        assertError(
                processes(process("x".repeat(1_000), "")),
                "2:10: managed_processes[0].id: process id '%s...' is not allowed: 1 to 64 of letters, digits, '-' and '_' (it becomes a file name)"
                        .formatted("x".repeat(80)));
    }

    @Test
    void type_missingOrUnknown() {
        assertError(
                processes("  - id: a\n    management: {control: {executable: /bin/sh}}\n"),
                "2:5: managed_processes[0].type: is missing; write 'standard_managed' or 'integrated_managed'");
        assertError(
                onProcess("").replace("standard_managed", "standart"),
                "3:11: managed_processes[0].type: must be one of standard_managed, integrated_managed, but is 'standart'");
        assertError(
                onProcess("").replace("standard_managed", "standard_mangaed"),
                "3:11: managed_processes[0].type: must be one of standard_managed, integrated_managed, but is 'standard_mangaed'; did you mean 'standard_managed'?");
    }

    @Test
    void type_notSupportedYet() {
        assertError(
                onProcess("").replace("standard_managed", "unmanaged"),
                "3:11: managed_processes[0].type: type 'unmanaged' is not supported yet; remove it, or load leniently to go without it");
    }

    @Test
    void management_missingOrEmpty() {
        assertError(
                processes("  - {id: a, type: standard_managed}\n"),
                "2:5: managed_processes[0].management: is missing; write 'management:' with a control below it");
        assertError(
                processes("  - {id: a, type: standard_managed, management: }\n"),
                "2:37: managed_processes[0].management: is missing; write 'management:' with a control below it");
        assertError(
                processes("  - {id: a, type: standard_managed, management: {}}\n"),
                "2:37: managed_processes[0].management: is empty; write 'standard_managed:' or 'control:' below it");
    }

    @Test
    void management_bothShapes() {
        assertError(
                """
                managed_processes:
                  - id: a
                    type: standard_managed
                    management:
                      standard_managed:
                        control: {execution: {executable_path: /bin/sh}}
                      health_check: {interval: 3s}
                """,
                "7:7: managed_processes[0].management.health_check: stands beside 'standard_managed', but a process has one shape; move it below 'standard_managed', or take that level away");
    }

    @Test
    void management_blockOfAnotherType() {
        assertError(
                """
                managed_processes:
                  - id: a
                    type: standard_managed
                    management:
                      integrated_managed:
                        control: {execution: {executable_path: /bin/sh}}
                """,
                "5:7: managed_processes[0].management.integrated_managed: is for processes of type integrated_managed, but this one is of type standard_managed; remove it, or change the type");
    }

    @Test
    void standardManaged_empty() {
        assertError(
                processes("  - {id: a, type: standard_managed, management: {standard_managed: }}\n"),
                "2:50: managed_processes[0].management.standard_managed: is missing; write a control below it");
        assertError(
                processes("  - {id: a, type: standard_managed, management: {standard_managed: 3}}\n"),
                "2:68: managed_processes[0].management.standard_managed: must be a mapping of keys and values, but is a text");
    }

    @Test
    void control_missing() {
        assertError(
                processes("  - {id: a, type: standard_managed, management: {health_check: {}}}\n"),
                "2:37: managed_processes[0].management.control: is missing; write 'control:' with an executable below it");
        assertError(
                processes("  - {id: a, type: standard_managed, management: {standard_managed: {}}}\n"),
                "2:50: managed_processes[0].management.standard_managed.control: is missing; write 'control:' with an execution below it");
        assertError(
                processes("  - {id: a, type: standard_managed, management: {standard_managed: {control: {}}}}\n"),
                "2:69: managed_processes[0].management.standard_managed.control.execution: is missing; write 'execution:' with an executable_path below it");
    }

    @Test
    void executable_missing() {
        String hint = " is missing; write the executable's path, or its name in the PATH";
        assertError(
                flat("").replace("executable: /bin/sh", "arguments: [a]"),
                "5:7: managed_processes[0].management.control.executable:" + hint);
        assertError(flat("").replace("/bin/sh", ""), "6:9: managed_processes[0].management.control.executable:" + hint);
        assertError(
                flat("").replace("/bin/sh", "' '"),
                "6:21: managed_processes[0].management.control.executable: must not be blank");
        assertError(
                inControl("").replace("{executable_path: /bin/sh}", "{args: [a]}"),
                "7:11: managed_processes[0].management.standard_managed.control.execution.executable_path:" + hint);
    }

    @Test
    void executable_notThereYet_isAWarning() {
        assertEquals(
                List.of(
                        "6:21: managed_processes[0].management.control.executable: '/no/such' does not exist; a start will fail until it is there"),
                warnings(flat("").replace("/bin/sh", "/no/such")));
        assertEquals(
                List.of(
                        "6:21: managed_processes[0].management.control.executable: 'no-such' is not in the PATH; a start will fail until it is there"),
                warnings(flat("").replace("/bin/sh", "no-such")));
        assertEquals(List.of(), warnings(flat("").replace("/bin/sh", "sh")));
        assertEquals(
                1,
                warnings(flat("").replace("/bin/sh", "sh\n        environment: {PATH: /none}"))
                        .size());
    }

    @Test
    void executable_bare_inAClearedEnvironment() {
        String yaml = flat("").replace("/bin/sh", "sh\n        clear_environment: true");

        assertEquals(
                List.of(
                        "6:21: managed_processes[0].management.control.executable: 'sh' is looked up in the child's PATH, but with clear_environment it has none; write the full path, or a PATH in environment"),
                warnings(yaml));
        assertEquals(List.of(), warnings(yaml + "        environment: {PATH: /bin}\n"));
        assertEquals(
                List.of(
                        "6:21: managed_processes[0].management.control.executable: 'sh' is not in the PATH; a start will fail until it is there"),
                warnings(yaml + "        environment: {PATH: /none}\n"));
        assertEquals(List.of(), warnings(yaml + "        environment_file: x.env\n"), "it may have a PATH in it");
        assertEquals(List.of(), warnings(yaml.replace(" sh", " /bin/sh")));
        assertEquals(List.of(), warnings(yaml.replace("true", "false")));
    }

    @ParameterizedTest
    @CsvSource({"/opt/x/run, /opt/x", "./run, .", "bin/run, bin"})
    void workingDirectory_isTheExecutablesFolder(String executable, String folder) {
        assertEquals(
                Optional.of(Path.of(folder)),
                process(flat("").replace("/bin/sh", executable)).workingDirectory());
    }

    @Test
    void workingDirectory_ofABareName() {
        assertEquals(
                Optional.empty(), process(flat("").replace("/bin/sh", "sh")).workingDirectory());
    }

    @Test
    void environment_wrong() {
        String yaml = flat("").replace("/bin/sh", "/bin/sh\n        environment: %s");
        String at = "managed_processes[0].management.control.environment";

        assertError(yaml.formatted("{A: [1]}"), "7:26: " + at + ".A: must be a text, but is a list");
        assertError(
                yaml.formatted("{A: }"), "7:25: " + at + ".A: has no value; write \"\" for an empty one, or remove it");
        assertError(yaml.formatted("[A=1, B=2, A=3]"), "7:33: " + at + "[2]: A is there twice; keep one of them");
        assertError(yaml.formatted("['=1']"), "7:23: " + at + "[0]: must look like NAME=value");
        assertError(
                yaml.formatted("{'A=B': secret}"),
                "7:30: " + at + ".A=B: environment variable name 'A=B' must not contain '='");
        assertError(yaml.formatted("3"), "7:22: " + at + ": must be a mapping of keys and values, but is a text");
    }

    @Test
    void dependsOn_forms() {
        List<ProcessSpec> processes = load(processes(
                        process("a", "depends_on: [b]"),
                        process("b", "depends_on: {c: , d: {}, e: {condition: Completed}}"),
                        process("c", ""),
                        process("d", ""),
                        process("e", "")))
                .processes();

        assertEquals(
                List.of(new Dependency("b", Dependency.Condition.STARTED)),
                processes.get(0).dependencies());
        assertEquals(
                List.of(
                        new Dependency("c", Dependency.Condition.STARTED),
                        new Dependency("d", Dependency.Condition.STARTED),
                        new Dependency("e", Dependency.Condition.COMPLETED)),
                processes.get(1).dependencies());
    }

    @Test
    void dependsOn_unknown() {
        assertError(
                processes(process("api", "depends_on: [databse]"), process("database", "")),
                "2:98: managed_processes[0].depends_on[0]: there is no process 'databse'; did you mean 'database'?");
        assertError(
                processes(process("api", "depends_on: {x: {condition: healthy}}"), process("database", "")),
                "2:98: managed_processes[0].depends_on.x: there is no process 'x'; known are api, database");
    }

    @Test
    void dependsOn_circle() {
        assertError(
                processes(
                        process("x", "depends_on: [a]"),
                        process("a", "depends_on: [b]"),
                        process("b", "depends_on: {c: {condition: completed}}"),
                        process("c", "depends_on: [a]")),
                "5:96: managed_processes[3].depends_on[0]: processes wait for each other in a circle: a -> b -> c -> a; remove one of these");
        assertError(
                processes(process("a", "depends_on: [a]")),
                "2:96: managed_processes[0].depends_on[0]: processes wait for each other in a circle: a -> a; remove one of these");
    }

    @Test
    void dependsOn_healthy_withoutACheck() {
        String never =
                ": 'b' never becomes healthy, because no health check of it is enabled; give 'b' one, or write 'condition: started'";
        String wait = "depends_on: {b: {condition: healthy}}";

        assertError(
                processes(process("a", wait), process("b", "colour: blue")),
                "2:96: managed_processes[0].depends_on.b" + never,
                "3:83: managed_processes[1].colour: unknown key 'colour'; "
                        + errors(processes(process("b", "colour: blue"))).get(0).replaceFirst(".*'colour'; ", ""));
        assertError(
                processes(process("a", wait), process("b", "readiness_check: {enabled: false}")),
                "2:96: managed_processes[0].depends_on.b" + never);
        assertEquals(
                List.of(new Dependency("b", Dependency.Condition.HEALTHY)),
                load(processes(process("a", wait), process("b", "readiness_check: {}")))
                        .processes()
                        .get(0)
                        .dependencies());
    }

    /** Why it is not checked has been told; told again at the dependant, it would only be noise. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "readiness_check: 3",
                "readiness_check: {type: x}",
                "readiness_check: {interval: 1s, timeout: 2s}"
            })
    void dependsOn_healthy_withACheckThatIsWrong(String check) {
        List<String> errors =
                errors(processes(process("a", "depends_on: {b: {condition: healthy}}"), process("b", check)));

        assertEquals(1, errors.size(), errors.toString());
        assertTrue(errors.get(0).contains("managed_processes[1].readiness_check"), errors.toString());
    }

    @Test
    void dependsOn_longChain() {
        StringBuilder yaml = new StringBuilder("managed_processes:\n");
        int count = 5_000;
        for (int i = 0; i < count; i++) {
            yaml.append(process("p" + i, "depends_on: [p%d]".formatted((i + 1) % count)));
        }

        String error = errors(yaml.toString()).get(0);
        assertTrue(error.contains(": p0 -> p1 -> "), error);
        assertTrue(error.contains(" -> p14 -> (4971 more) -> p4986 -> "), error);
        assertTrue(error.endsWith(" -> p4999 -> p0; remove one of these"), error);
    }

    @Test
    void dependsOn_wrong() {
        assertError(
                processes(process("a", "depends_on: [b, b]"), process("b", "")),
                "2:99: managed_processes[0].depends_on[1]: 'b' is there twice; keep one of them");
        assertError(
                processes(process("a", "depends_on: {b: {condition: ready}}"), process("b", "")),
                "2:111: managed_processes[0].depends_on.b.condition: must be one of started, healthy, completed, but is 'ready'");
        assertError(
                processes(process("a", "depends_on: {b: {conditoin: healthy}}"), process("b", "")),
                "2:100: managed_processes[0].depends_on.b.conditoin: unknown key 'conditoin'; did you mean 'condition'?");
        assertError(
                processes(process("a", "depends_on: b"), process("b", "")),
                "2:95: managed_processes[0].depends_on: must be a mapping of keys and values, but is a text");
    }

    @Test
    void ownKeys_onTheProcessOrInControl() {
        ProcessSpec outside = process(onProcess("reset_after: 5m\nstop_signal: hup"));
        ProcessSpec inside = process(onProcess("").replace("/bin/sh", "/bin/sh, reset_after: 5m, stop_signal: hup"));
        ProcessSpec nested = process(inControl("reset_after: 5m\nstop_signal: hup"));

        assertEquals(outside, inside);
        assertEquals(outside, nested);
    }

    @Test
    void ownKeys_inBothPlaces() {
        assertError(
                inControl("stop_signal: hup") + "    stop_signal: int\n",
                "8:11: managed_processes[0].management.standard_managed.control.stop_signal: is given twice, here and at managed_processes[0].stop_signal; keep one of them");
    }

    @Test
    void ownKeys_wrong() {
        assertError(
                onProcess("success_exit_codes: [0, 256]"),
                "5:29: managed_processes[0].success_exit_codes[1]: must be a whole number, from 0 to 255, but is '256'");
        assertError(
                onProcess("success_exit_codes: []"),
                "5:25: managed_processes[0].success_exit_codes: successExitCodes must name at least one code");
        assertError(
                onProcess("stop_command: []"),
                "5:19: managed_processes[0].stop_command: stopCommand must name an executable");
        assertError(
                onProcess("environment_file: ''"), "5:23: managed_processes[0].environment_file: must not be blank");
        assertError(
                onProcess("reset_after: 0s"),
                "5:18: managed_processes[0].reset_after: resetAfter must be above zero, but is 0s");
    }

    @Test
    void builderRefuses_atTheKey() {
        assertError(
                flat("").replace("/bin/sh", "/bin/sh\n        startup_timeout: 0s"),
                "7:26: managed_processes[0].management.control.startup_timeout: startTimeout must be above zero, but is 0s");
        assertError(
                flat("").replace("/bin/sh", "/bin/sh\n        arguments: [a, \"a\\0b\"]"),
                "7:24: managed_processes[0].management.control.arguments[1]: must not contain a NUL character; take the '\\0' out");
        assertError(
                onProcess("stop_command: [a, \"b\\0\"]"),
                "5:23: managed_processes[0].stop_command[1]: must not contain a NUL character; take the '\\0' out");
    }
}
