package io.hsu.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.config.LogLevel;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoggingTest {

    private final Logging.Line line = new Logging.Line(ZoneId.of("UTC"));

    @Test
    void format_oneLine() {
        assertEquals(
                "2026-01-02 12:00:00.123 WARN  io.hsu.Engine: {0} is not a pattern here" + System.lineSeparator(),
                line.format(entry(Level.WARNING, "{0} is not a pattern here")));
    }

    @Test
    void format_withStackTrace() {
        LogRecord entry = entry(Level.SEVERE, "no");
        entry.setThrown(new IllegalStateException("why"));
        String text = line.format(entry);
        assertTrue(text.contains("ERROR io.hsu.Engine: no"), text);
        assertTrue(text.contains("java.lang.IllegalStateException: why"), text);
        assertTrue(text.contains("at " + LoggingTest.class.getName()), text);
    }

    @AfterEach
    void asItWas() throws IOException {
        LogManager.getLogManager().readConfiguration();
    }

    @ParameterizedTest
    @EnumSource(LogLevel.class)
    void level_isOfOurLoggersOnly(LogLevel level) {
        Logging.configure(level);

        Level most = Level.parse(
                switch (level) {
                    case TRACE -> "FINEST";
                    case DEBUG -> "FINE";
                    case INFO -> "INFO";
                    case WARN -> "WARNING";
                    case ERROR -> "SEVERE";
                });
        for (String name : List.of("io.hsu.internal.engine.Engine", "hsu.process.api.stdout")) {
            Logger ours = Logger.getLogger(name);
            assertTrue(ours.isLoggable(most), name);
            assertEquals(level == LogLevel.TRACE, ours.isLoggable(Level.FINEST), name);
            assertEquals(level.compareTo(LogLevel.DEBUG) <= 0, ours.isLoggable(Level.FINE), name);
        }
        for (String name : List.of("io.netty", "io.grpc", "sun", "jdk", "java", "javax", "okhttp3", "com.google", "")) {
            Logger library = Logger.getLogger(name.isEmpty() ? name : name + ".any.Class");
            assertEquals(level != LogLevel.ERROR, library.isLoggable(Level.WARNING), name);
            assertFalse(library.isLoggable(Level.INFO), name);
        }
    }

    private static LogRecord entry(Level level, String message) {
        LogRecord entry = new LogRecord(level, message);
        entry.setLoggerName("io.hsu.Engine");
        entry.setInstant(Instant.parse("2026-01-02T12:00:00.123456Z"));
        return entry;
    }
}
