package io.hsu.server;

import io.hsu.config.LogLevel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/**
 * Sends the log to standard error, one compact line per record. The level is that of the manager's own loggers; of the
 * libraries only warnings and errors are told, whatever it is.
 */
final class Logging {

    /** Of the manager, and of the output of processes. Fields, since a logger that nobody holds forgets its level. */
    private static final List<Logger> OURS = List.of(Logger.getLogger("io.hsu"), Logger.getLogger("hsu"));

    static void configure(LogLevel level) {
        LogManager.getLogManager().reset();
        OURS.forEach(logger -> logger.setLevel(julLevel(level)));
        Logger root = Logger.getLogger("");
        root.addHandler(new StandardError());
        // Below that, the libraries tell each frame they send, and Java each process it starts, with a stack trace.
        root.setLevel(level == LogLevel.ERROR ? Level.SEVERE : Level.WARNING);
    }

    private static Level julLevel(LogLevel level) {
        return switch (level) {
            case TRACE -> Level.FINEST;
            case DEBUG -> Level.FINE;
            case INFO -> Level.INFO;
            case WARN -> Level.WARNING;
            case ERROR -> Level.SEVERE;
        };
    }

    /** Flushes each record: it may be the last. */
    private static final class StandardError extends StreamHandler {
        StandardError() {
            super(System.err, new Line(ZoneId.systemDefault()));
            setLevel(Level.ALL);
        }

        @Override
        public synchronized void publish(LogRecord record) {
            super.publish(record);
            flush();
        }

        /** Standard error is not ours to close. */
        @Override
        public synchronized void close() {
            flush();
        }
    }

    /** {@code 2026-01-02 12:00:00.123 WARN  io.hsu.core.Engine: message}, with the stack trace below if there is one. */
    static final class Line extends Formatter {
        private static final Map<Level, String> WORDS = Map.of(
                Level.SEVERE, "ERROR",
                Level.WARNING, "WARN",
                Level.INFO, "INFO",
                Level.CONFIG, "DEBUG",
                Level.FINE, "DEBUG",
                Level.FINER, "TRACE",
                Level.FINEST, "TRACE");

        private final DateTimeFormatter time;

        Line(ZoneId zone) {
            this.time =
                    DateTimeFormatter.ofPattern(EventPrinter.TIME, Locale.ROOT).withZone(zone);
        }

        @Override
        public String format(LogRecord record) {
            Instant at = record.getInstant();
            StringWriter text = new StringWriter();
            text.append("%s %-5s %s: %s%n"
                    .formatted(
                            time.format(at),
                            WORDS.getOrDefault(
                                    record.getLevel(), record.getLevel().getName()),
                            record.getLoggerName(),
                            formatMessage(record)));
            if (record.getThrown() != null) {
                record.getThrown().printStackTrace(new PrintWriter(text, true));
            }
            return text.toString();
        }
    }

    private Logging() {}
}
