package io.hsu;

import static io.hsu.testkit.Refusals.refusesArgument;
import static io.hsu.testkit.Refusals.refusesNull;
import static io.hsu.testkit.Refusals.refusesState;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogTargetTest {

    private final LogTarget file = LogTarget.file("out.log");

    @Test
    void defaults_areTheDocumentedOnes() {
        assertEquals(Set.of(StreamKind.STDOUT, StreamKind.STDERR), file.streams());
        assertEquals(LogFormat.PLAIN, file.format());
        assertEquals("", file.prefix());
        assertEquals(Bytes.mib(1), file.bufferSize());
        assertEquals(Duration.ZERO, file.flushInterval());
        assertEquals(Optional.of(Rotation.defaults()), file.rotation());
        assertEquals(Optional.empty(), LogTarget.stdout().rotation());
    }

    @Test
    void types_areThoseOfTheProviders() {
        assertEquals("file", file.type());
        assertEquals(Map.of("path", "out.log"), file.settings());
        assertEquals("stdout", LogTarget.stdout().type());
        assertEquals("stderr", LogTarget.stderr().type());
        assertEquals("slf4j", LogTarget.slf4j().type());
        assertEquals(Map.of(), LogTarget.slf4j().settings());
        assertEquals("syslog", LogTarget.of("syslog", Map.of("host", "h")).type());
    }

    @Test
    void file_byPathOrByText() {
        assertEquals(
                LogTarget.file(Path.of("logs", "out.log")),
                LogTarget.file(Path.of("logs", "out.log").toString()));
    }

    @Test
    void settings_areCopiedAndCannotBeChanged() {
        Map<String, Object> settings = new HashMap<>(Map.of("a", 1));
        LogTarget target = LogTarget.of("mine", settings);
        settings.put("b", 2);
        assertEquals(Map.of("a", 1), target.settings());
        assertThrows(
                UnsupportedOperationException.class, () -> target.settings().put("b", 2));
        assertThrows(UnsupportedOperationException.class, () -> target.streams().remove(StreamKind.STDOUT));
    }

    @Test
    void withers_leaveTheOriginalAlone() {
        LogTarget changed = file.only(StreamKind.STDERR)
                .format(LogFormat.JSON)
                .prefix("x")
                .rotation(Rotation.none())
                .bufferSize(2048)
                .flushInterval(Duration.ofSeconds(3));
        assertEquals(LogTarget.file("out.log"), file);
        assertEquals(Set.of(StreamKind.STDERR), changed.streams());
        assertEquals(LogFormat.JSON, changed.format());
        assertEquals("x", changed.prefix());
        assertEquals(Optional.of(Rotation.none()), changed.rotation());
        assertEquals(2048, changed.bufferSize());
        assertEquals(Duration.ofSeconds(3), changed.flushInterval());
        assertEquals(Map.of("path", "out.log"), changed.settings());
    }

    @Test
    void equality_isByEverything() {
        LogTarget same = LogTarget.file("out.log").format(LogFormat.PLAIN).bufferSize(Bytes.mib(1));
        assertEquals(file, same);
        assertEquals(file.hashCode(), same.hashCode());
        List<LogTarget> others = List.of(
                LogTarget.file("other.log"),
                LogTarget.stdout(),
                file.only(StreamKind.STDOUT),
                file.format(LogFormat.JSON),
                file.prefix("x"),
                file.rotation(Rotation.none()),
                file.bufferSize(2048),
                file.flushInterval(Duration.ofSeconds(1)));
        for (LogTarget other : others) {
            assertNotEquals(file, other);
        }
        assertNotEquals(file, "file");
    }

    @Test
    void toString_showsNoSecrets() {
        assertEquals("LogTarget[file out.log, [stdout, stderr], PLAIN]", file.toString());
        assertEquals(
                "LogTarget[http, [stderr], JSON]",
                LogTarget.of("http", Map.of("token", "secret"))
                        .only(StreamKind.STDERR)
                        .format(LogFormat.JSON)
                        .toString());
    }

    @Test
    void bufferSize_bounds() {
        assertEquals(1024, file.bufferSize(1024).bufferSize());
        refusesArgument("bufferSize must be 1024 bytes or more, but is 1023", () -> file.bufferSize(1023));
    }

    @Test
    void flushInterval_bounds() {
        assertEquals(Duration.ZERO, file.flushInterval(Duration.ZERO).flushInterval());
        refusesArgument(
                "flushInterval must not be negative, but is -1s", () -> file.flushInterval(Duration.ofSeconds(-1)));
        refusesArgument(
                "flushInterval must be 36500d or less, but is 40000d",
                () -> file.flushInterval(Duration.ofDays(40_000)));
    }

    @Test
    void rotation_ofWhatIsNoFile() {
        refusesState(
                "only files are rotated, but this target is of type 'stdout'",
                () -> LogTarget.stdout().rotation(Rotation.none()));
    }

    @Test
    void texts_wrong() {
        refusesArgument("path must not be blank", () -> LogTarget.file(" "));
        refusesArgument("path must not contain a NUL character", () -> LogTarget.file("a\0b"));
        refusesArgument("type must not be blank", () -> LogTarget.of("", Map.of()));
    }

    @Test
    void values_null() {
        refusesNull("path", () -> LogTarget.file((String) null));
        refusesNull("path", () -> LogTarget.file((Path) null));
        refusesNull("type", () -> LogTarget.of(null, Map.of()));
        refusesNull("settings", () -> LogTarget.of("mine", null));
        refusesNull("stream", () -> file.only(null));
        refusesNull("format", () -> file.format(null));
        refusesNull("prefix", () -> file.prefix(null));
        refusesNull("rotation", () -> file.rotation(null));
        refusesNull("flushInterval", () -> file.flushInterval(null));
    }
}
