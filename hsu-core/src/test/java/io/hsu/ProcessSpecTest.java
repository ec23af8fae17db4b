package io.hsu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A specification as a value: equal, frozen, and silent about secrets. */
class ProcessSpecTest {

    /** One change per option; each makes another specification. */
    private static final Map<String, Consumer<ProcessSpecBuilder>> CHANGES = changes();

    @Test
    void toBuilder_everythingComesAlong() {
        ProcessSpecBuilder builder = ProcessSpec.builder("api").command("run");
        CHANGES.values().forEach(change -> change.accept(builder));
        ProcessSpec spec = builder.build();

        ProcessSpec copy = spec.toBuilder().build();

        assertEquals(spec, copy);
        assertEquals(spec.hashCode(), copy.hashCode());
    }

    @Test
    void eachOption_countsInEqualityAndComesAlong() {
        ProcessSpec plain = ProcessSpec.builder("api").command("run").build();
        CHANGES.forEach((option, change) -> {
            ProcessSpecBuilder builder = plain.toBuilder();
            change.accept(builder);
            ProcessSpec changed = builder.build();
            assertNotEquals(plain, changed, option);
            assertEquals(changed, changed.toBuilder().build(), option);
        });
        assertNotEquals(plain, ProcessSpec.builder("other").command("run").build());
    }

    @Test
    void build_frozen() {
        List<String> command = new ArrayList<>(List.of("run", "fast"));
        ProcessSpecBuilder builder = ProcessSpec.builder("api").command(command).environment("A", "1");
        ProcessSpec spec = builder.build();

        command.set(1, "slow");
        CHANGES.values().forEach(change -> change.accept(builder));

        assertEquals(
                ProcessSpec.builder("api")
                        .command("run", "fast")
                        .environment("A", "1")
                        .build(),
                spec);
    }

    @Test
    void collections_cannotBeChanged() {
        ProcessSpecBuilder builder = ProcessSpec.builder("api").command("run");
        CHANGES.values().forEach(change -> change.accept(builder));
        ProcessSpec spec = builder.build();
        assertThrows(UnsupportedOperationException.class, () -> spec.command().clear());
        assertThrows(
                UnsupportedOperationException.class, () -> spec.environment().clear());
        assertThrows(
                UnsupportedOperationException.class,
                () -> spec.removedEnvironment().clear());
        assertThrows(
                UnsupportedOperationException.class, () -> spec.healthChecks().clear());
        assertThrows(
                UnsupportedOperationException.class, () -> spec.dependencies().clear());
        assertThrows(UnsupportedOperationException.class, () -> spec.limits().clear());
        assertThrows(
                UnsupportedOperationException.class, () -> spec.stopCommand().clear());
        assertThrows(
                UnsupportedOperationException.class,
                () -> spec.successExitCodes().clear());
    }

    @Test
    void toString_namesVariablesAndShowsNoValue() {
        String text = ProcessSpec.builder("api")
                .command("run")
                .environment("TOKEN", "s3cret")
                .build()
                .toString();
        assertTrue(text.contains("TOKEN"), text);
        assertFalse(text.contains("s3cret"), text);
    }

    private static Map<String, Consumer<ProcessSpecBuilder>> changes() {
        Map<String, Consumer<ProcessSpecBuilder>> changes = new HashMap<>();
        changes.put("metadata", b -> b.metadata(new Metadata("n", "d", "v", List.of("t"))));
        changes.put("profile", b -> b.profile(ProcessProfile.WEB));
        changes.put("enabled", b -> b.enabled(false));
        changes.put("command", b -> b.command("go"));
        changes.put("environment", b -> b.environment("B", "2"));
        changes.put("removeEnvironment", b -> b.removeEnvironment("C"));
        changes.put("clearEnvironment", ProcessSpecBuilder::clearEnvironment);
        changes.put("environmentFile", b -> b.environmentFile(Path.of("env")));
        changes.put("workingDirectory", b -> b.workingDirectory(Path.of("work")));
        changes.put("restart", b -> b.restart(Restart.never()));
        changes.put("healthCheck", b -> b.healthCheck(HealthChecks.process()));
        changes.put("dependsOn", b -> b.dependsOn("db"));
        changes.put("startTimeout", b -> b.startTimeout(Duration.ofSeconds(1)));
        changes.put("stopTimeout", b -> b.stopTimeout(Duration.ofSeconds(2)));
        changes.put("stopSignal", b -> b.stopSignal(Signal.INT));
        changes.put("stopCommand", b -> b.stopCommand("halt"));
        changes.put("successExitCodes", b -> b.successExitCodes(Set.of(3)));
        changes.put("limit", b -> b.limit(Limit.openFiles(100)));
        changes.put("niceness", b -> b.niceness(3));
        changes.put("cpuShares", b -> b.cpuShares(512));
        changes.put("ioWeight", b -> b.ioWeight(50));
        changes.put("bestEffortPriority", ProcessSpecBuilder::bestEffortPriority);
        changes.put("coreDumps", b -> b.coreDumps(false));
        changes.put("output", b -> b.output(o -> o.keptLines(3)));
        return changes;
    }
}
