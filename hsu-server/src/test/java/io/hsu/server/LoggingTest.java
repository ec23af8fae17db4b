package io.hsu.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

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

    private static LogRecord entry(Level level, String message) {
        LogRecord entry = new LogRecord(level, message);
        entry.setLoggerName("io.hsu.Engine");
        entry.setInstant(Instant.parse("2026-01-02T12:00:00.123456Z"));
        return entry;
    }
}
