package io.hsu;

import static io.hsu.testkit.Refusals.refusesArgument;
import static io.hsu.testkit.Refusals.refusesNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
                        LogTarget.slf4j(),
                        LogTarget.file("{process_id}-stdout.log").only(StreamKind.STDOUT),
                        LogTarget.file("{process_id}-stderr.log").only(StreamKind.STDERR)),
                builder.toSlf4j().toFiles().build().targets());
        assertEquals(List.of(), builder.clearTargets().build().targets());
    }

    @Test
    void toBuilder_everythingComesAlong() {
        OutputSpec spec = builder.captureStdout(false)
                .captureStderr(false)
                .keptLines(7)
                .capture(OutputCapture.PIPE)
                .lineLimit(1000)
                .spoolLimit(Bytes.mib(2))
                .overflow(Overflow.DROP)
                .filter(LogFilter.none().minLevel(LogLevel.WARN))
                .fields(LogField.HOST)
                .parsers(LogParser.LOGFMT)
                .aggregated(false)
                .to(LogTarget.stdout().only(StreamKind.STDERR).prefix("[{process_id}]"))
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
        assertNotEquals(spec, spec.toBuilder().capture(OutputCapture.SPOOL).build());
        assertNotEquals(spec, spec.toBuilder().lineLimit(1000).build());
        assertNotEquals(spec, spec.toBuilder().spoolLimit(Bytes.mib(1)).build());
        assertNotEquals(spec, spec.toBuilder().overflow(Overflow.DROP).build());
        assertNotEquals(
                spec,
                spec.toBuilder()
                        .filter(LogFilter.none().minLevel(LogLevel.INFO))
                        .build());
        assertNotEquals(spec, spec.toBuilder().fields().build());
        assertNotEquals(spec, spec.toBuilder().parsers(LogParser.JSON).build());
        assertNotEquals(spec, spec.toBuilder().aggregated(false).build());
    }

    @Test
    void build_frozen() {
        OutputSpec spec = builder.build();
        builder.toFiles().keptLines(1);
        assertEquals(List.of(), spec.targets());
        assertEquals(1000, spec.keptLines());
        assertThrows(UnsupportedOperationException.class, () -> spec.targets().add(LogTarget.slf4j()));
    }

    @Test
    void keptLines_wrong() {
        refusesArgument("keptLines must be 0 or more, but is -1", () -> builder.keptLines(-1));
    }

    @Test
    void limits_wrong() {
        refusesArgument("lineLimit must be from 256 to 1048576, but is 255", () -> builder.lineLimit(255));
        refusesArgument("lineLimit must be from 256 to 1048576, but is 1048577", () -> builder.lineLimit(1048577));
        refusesArgument("spoolLimit must be 1048576 bytes or more, but is 1", () -> builder.spoolLimit(1));
    }

    @Test
    void settings_null() {
        refusesNull("target", () -> builder.to(null));
        refusesNull("capture", () -> builder.capture(null));
        refusesNull("overflow", () -> builder.overflow(null));
        refusesNull("filter", () -> builder.filter(null));
    }
}
