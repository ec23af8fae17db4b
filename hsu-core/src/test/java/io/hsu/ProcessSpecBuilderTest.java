package io.hsu;

import static io.hsu.testkit.Refusals.refusesArgument;
import static io.hsu.testkit.Refusals.refusesNull;
import static io.hsu.testkit.Refusals.refusesState;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.spi.HealthCheck;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One block per option: what it takes, what it refuses, and in which words. */
class ProcessSpecBuilderTest {

    private final ProcessSpecBuilder builder = ProcessSpec.builder("api").command("run");

    @Test
    void defaults_areTheDocumentedOnes() {
        ProcessSpec spec = builder.build();
        assertEquals(Metadata.NONE, spec.metadata());
        assertEquals(ProcessProfile.DEFAULT, spec.profile());
        assertTrue(spec.enabled());
        assertEquals(Map.of(), spec.environment());
        assertEquals(Set.of(), spec.removedEnvironment());
        assertTrue(spec.inheritsEnvironment());
        assertEquals(Optional.empty(), spec.environmentFile());
        assertEquals(Optional.empty(), spec.workingDirectory());
        assertEquals(Restart.onFailure(), spec.restart());
        assertEquals(List.of(), spec.healthChecks());
        assertEquals(List.of(), spec.dependencies());
        assertEquals(Duration.ofSeconds(10), spec.startTimeout());
        assertEquals(Duration.ofSeconds(10), spec.stopTimeout());
        assertEquals(Signal.TERM, spec.stopSignal());
        assertEquals(List.of(), spec.stopCommand());
        assertEquals(Set.of(0), spec.successExitCodes());
        assertEquals(OutputSpec.builder().build(), spec.output());
        assertEquals(List.of(), spec.limits());
        assertEquals(OptionalInt.empty(), spec.niceness());
        assertEquals(OptionalInt.empty(), spec.cpuShares());
        assertEquals(OptionalInt.empty(), spec.ioWeight());
        assertFalse(spec.isPriorityBestEffort());
        assertEquals(OptionalLong.empty(), spec.coreDumps());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "9", "-", "_", "api-1_B", "0123456789012345678901234567890123456789012345678901234567890123"
            })
    void id_allowed(String id) {
        assertEquals(id, ProcessSpec.builder(id).command("run").build().id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a/b",
                "..",
                "a.b",
                "ä",
                "a\n",
                "a\0",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void id_refused(String id) {
        refusesArgument(
                "process id '%s' is not allowed: 1 to 64 of letters, digits, '-' and '_' (it becomes a file name)"
                        .formatted(id),
                () -> ProcessSpec.builder(id));
    }

    @Test
    void id_null() {
        refusesNull("id", () -> ProcessSpec.builder(null));
    }

    @Test
    void command_missing() {
        refusesState(
                "process 'api' has no command; set it with command(...)",
                () -> ProcessSpec.builder("api").build());
    }

    @Test
    void command_keepsArgumentsAsTheyAre() {
        assertEquals(
                List.of("run", "", " ", "$HOME", "a\"b'c"),
                builder.command("run", "", " ", "$HOME", "a\"b'c").build().command());
    }

    @Test
    void command_wrong() {
        refusesArgument("command must name an executable", () -> builder.command(List.of()));
        refusesArgument("command must not be blank", () -> builder.command(" "));
        refusesNull("command", () -> builder.command((String) null));
        refusesNull("command", () -> builder.command((List<String>) null));
        refusesNull("command", () -> builder.command("run", (String) null));
        refusesArgument("command must not contain a NUL character", () -> builder.command("ru\0n"));
        refusesArgument("command must not contain a NUL character", () -> builder.command("run", "a\0b"));
    }

    @Test
    void stopCommand_wrong() {
        refusesArgument("stopCommand must name an executable", () -> builder.stopCommand(List.of()));
        refusesArgument("stopCommand must not be blank", () -> builder.stopCommand(""));
        refusesNull("stopCommand", () -> builder.stopCommand((List<String>) null));
        refusesNull("stopCommand", () -> builder.stopCommand("stop", (String) null));
        refusesArgument("stopCommand must not contain a NUL character", () -> builder.stopCommand("stop", "\0"));
    }

    @Test
    void environment_lastOneCounts() {
        ProcessSpec spec = builder.environment("A", "1")
                .environment("A", "2")
                .environment(Map.of("B", ""))
                .build();
        assertEquals(Map.of("A", "2", "B", ""), spec.environment());
    }

    @Test
    void environment_wrong() {
        refusesNull("name", () -> builder.environment(null, "v"));
        refusesArgument("name must not be blank", () -> builder.environment("", "v"));
        refusesArgument("environment variable name 'A=B' must not contain '='", () -> builder.environment("A=B", "v"));
        refusesArgument("name must not contain a NUL character", () -> builder.environment("A\0", "v"));
        refusesNull("value", () -> builder.environment("A", null));
        refusesArgument("the value of A must not contain a NUL character", () -> builder.environment("A", "s3cret\0"));
        refusesNull("variables", () -> builder.environment(null));
        Map<String, String> withNull = new HashMap<>();
        withNull.put("A", null);
        refusesNull("value", () -> builder.environment(withNull));
    }

    @Test
    void removeEnvironment_wrong() {
        refusesNull("name", () -> builder.removeEnvironment(null));
        refusesArgument("name must not be blank", () -> builder.removeEnvironment(" "));
    }

    @Test
    void durations_wrong() {
        refusesNull("startTimeout", () -> builder.startTimeout(null));
        refusesArgument("startTimeout must be above zero, but is 0s", () -> builder.startTimeout(Duration.ZERO));
        refusesArgument(
                "startTimeout must be above zero, but is -1s", () -> builder.startTimeout(Duration.ofSeconds(-1)));
        refusesNull("stopTimeout", () -> builder.stopTimeout(null));
        refusesArgument(
                "stopTimeout must not be negative, but is -1s", () -> builder.stopTimeout(Duration.ofSeconds(-1)));
    }

    @Test
    void stopTimeout_smallest() {
        assertEquals(Duration.ZERO, builder.stopTimeout(Duration.ZERO).build().stopTimeout());
    }

    @Test
    void successExitCodes_bounds() {
        assertEquals(Set.of(0, 255), builder.successExitCodes(0, 255).build().successExitCodes());
        assertEquals(Set.of(1), builder.successExitCodes(1, 1).build().successExitCodes());
    }

    @Test
    void successExitCodes_wrong() {
        refusesArgument("successExitCodes must name at least one code", () -> builder.successExitCodes());
        refusesArgument("success exit code must be from 0 to 255, but is -1", () -> builder.successExitCodes(-1));
        refusesArgument("success exit code must be from 0 to 255, but is 256", () -> builder.successExitCodes(256));
        refusesNull("successExitCodes", () -> builder.successExitCodes((Set<Integer>) null));
        refusesNull("success exit code", () -> builder.successExitCodes(0, null));
    }

    @Test
    void dependsOn_lastConditionCounts() {
        ProcessSpec spec = builder.dependsOn("db")
                .dependsOn("db", Dependency.Condition.HEALTHY)
                .build();
        assertEquals(List.of(new Dependency("db", Dependency.Condition.HEALTHY)), spec.dependencies());
    }

    @Test
    void dependsOn_wrong() {
        refusesArgument("process 'api' cannot depend on itself", () -> builder.dependsOn("api"));
        refusesNull("id", () -> builder.dependsOn(null));
        refusesNull("condition", () -> builder.dependsOn("db", null));
    }

    @Test
    void healthChecks_rolesAndNames() {
        HealthCheck check = HealthChecks.process();
        ProcessSpec spec = builder.healthCheck(check)
                .readinessCheck(check)
                .startupCheck(check, c -> c.name("first"))
                .build();
        assertEquals(
                List.of("liveness", "readiness", "first"),
                spec.healthChecks().stream().map(HealthCheckSpec::name).toList());
        assertEquals(
                List.of(CheckRole.LIVENESS, CheckRole.READINESS, CheckRole.STARTUP),
                spec.healthChecks().stream().map(HealthCheckSpec::role).toList());
        assertEquals(List.of(), builder.clearHealthChecks().build().healthChecks());
    }

    @Test
    void healthChecks_twoOfOneName() {
        builder.healthCheck(HealthChecks.process()).healthCheck(HealthChecks.tcp("localhost", 1));
        refusesState(
                "process 'api' has two health checks named 'liveness'; name one of them with name(...)",
                builder::build);
    }

    @Test
    void objects_null() {
        refusesNull("metadata", () -> builder.metadata(null));
        refusesNull("profile", () -> builder.profile(null));
        refusesNull("file", () -> builder.environmentFile(null));
        refusesNull("directory", () -> builder.workingDirectory(null));
        refusesNull("restart", () -> builder.restart(null));
        refusesNull("check", () -> builder.healthCheck(null));
        refusesNull("check", () -> builder.check(null));
        refusesNull("options", () -> builder.healthCheck(HealthChecks.process(), null));
        refusesNull("signal", () -> builder.stopSignal(null));
        refusesNull("output", () -> builder.output((OutputSpec) null));
        refusesNull("change", () -> builder.output((Consumer<OutputSpec.Builder>) null));
    }

    @Test
    void output_changesBuildOnOneAnother() {
        ProcessSpec spec =
                builder.output(o -> o.keptLines(5)).output(o -> o.toSlf4j()).build();
        assertEquals(OutputSpec.builder().keptLines(5).toSlf4j().build(), spec.output());
    }

    @Test
    void metadata_copiesItsTags() {
        List<String> tags = Arrays.asList("a", "b");
        Metadata metadata = new Metadata("n", "d", "v", tags);
        tags.set(0, "changed");
        assertEquals(List.of("a", "b"), metadata.tags());
        assertFalse(metadata.equals(Metadata.NONE));
    }

    @Test
    void limits_areOneOfAKindTheLaterReplacesTheEarlier() {
        ProcessSpec spec = builder.limit(Limit.openFiles(10))
                .limit(Limit.memory(5000))
                .limit(Limit.openFiles(20))
                .build();
        assertEquals(List.of(Limit.memory(5000), Limit.openFiles(20)), spec.limits());
        assertEquals(Optional.of(Limit.openFiles(20)), spec.limit(LimitKind.OPEN_FILES));
        assertEquals(Optional.empty(), spec.limit(LimitKind.SWAP));
        assertEquals(List.of(), spec.toBuilder().clearLimits().build().limits());
    }

    @Test
    void launchSettings_outOfRange_areRefused() {
        refusesArgument("niceness must be from -20 to 19, but is 20", () -> builder.niceness(20));
        refusesArgument("niceness must be from -20 to 19, but is -21", () -> builder.niceness(-21));
        refusesArgument("cpuShares must be from 2 to 262144, but is 1", () -> builder.cpuShares(1));
        refusesArgument("ioWeight must be from 1 to 1000, but is 0", () -> builder.ioWeight(0));
        refusesArgument("coreDumps must be 0 bytes or more, but is -1", () -> builder.coreDumps(-1));
        refusesNull("limit", () -> builder.limit(null));
        ProcessSpec spec = builder.coreDumps(true).build();
        assertEquals(OptionalLong.of(Long.MAX_VALUE), spec.coreDumps());
    }
}
