package io.hsu;

import static io.hsu.testkit.Refusals.refusesArgument;
import static io.hsu.testkit.Refusals.refusesNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.OutputSpec.Target;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputSpecTest {

    private final OutputSpec.Builder builder = OutputSpec.builder();

    @Test
    void defaults_captureBothAndForwardToNobody() {
        OutputSpec spec = builder.build();
        assertTrue(spec.captures(StreamKind.STDOUT));
        assertTrue(spec.captures(StreamKind.STDERR));
        assertEquals(1000, spec.keptLines());
        assertEquals(List.of(), spec.targets());
    }

    @Test
    void capture_isPerStream() {
        OutputSpec spec = builder.captureStdout(false).build();
        assertFalse(spec.captures(StreamKind.STDOUT));
        assertTrue(spec.captures(StreamKind.STDERR));
    }

    @Test
    void toSlf4jAndToFiles_coverBothStreams() {
        assertEquals(
                List.of(
                        new Target.Slf4j(StreamKind.STDOUT),
                        new Target.Slf4j(StreamKind.STDERR),
                        new Target.File(StreamKind.STDOUT, Path.of("{process_id}-stdout.log")),
                        new Target.File(StreamKind.STDERR, Path.of("{process_id}-stderr.log"))),
                builder.toSlf4j().toFiles().build().targets());
        assertEquals(List.of(), builder.clearTargets().build().targets());
    }

    @Test
    void toBuilder_everythingComesAlong() {
        OutputSpec spec = builder.captureStdout(false)
                .captureStderr(false)
                .keptLines(7)
                .target(new Target.ManagerStdout(StreamKind.STDERR, "[{process_id}]"))
                .build();
        assertEquals(spec, spec.toBuilder().build());
        assertEquals(spec.hashCode(), spec.toBuilder().build().hashCode());
    }

    @Test
    void eachSetting_countsInEquality() {
        OutputSpec spec = builder.build();
        assertNotEquals(spec, spec.toBuilder().captureStdout(false).build());
        assertNotEquals(spec, spec.toBuilder().captureStderr(false).build());
        assertNotEquals(spec, spec.toBuilder().keptLines(1).build());
        assertNotEquals(spec, spec.toBuilder().toSlf4j().build());
    }

    @Test
    void build_frozen() {
        OutputSpec spec = builder.build();
        builder.toFiles().keptLines(1);
        assertEquals(List.of(), spec.targets());
        assertEquals(1000, spec.keptLines());
        assertThrows(
                UnsupportedOperationException.class, () -> spec.targets().add(new Target.Slf4j(StreamKind.STDOUT)));
    }

    @Test
    void keptLines_wrong() {
        refusesArgument("lines must be 1 or more, but is 0", () -> builder.keptLines(0));
    }

    @Test
    void targets_null() {
        refusesNull("target", () -> builder.target(null));
        refusesNull("stream", () -> new Target.File(null, Path.of("a")));
        refusesNull("path", () -> new Target.File(StreamKind.STDOUT, null));
        refusesNull("stream", () -> new Target.Slf4j(null));
        refusesNull("stream", () -> new Target.ManagerStdout(null, ""));
        refusesNull("prefix", () -> new Target.ManagerStdout(StreamKind.STDOUT, null));
        refusesNull("stream", () -> new Target.ManagerStderr(null, ""));
        refusesNull("prefix", () -> new Target.ManagerStderr(StreamKind.STDOUT, null));
    }
}
