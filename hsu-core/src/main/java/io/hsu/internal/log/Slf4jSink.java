package io.hsu.internal.log;

import io.hsu.LogLevel;
import io.hsu.LogTarget;
import io.hsu.spi.LogBatch;
import io.hsu.spi.LogSink;
import io.hsu.spi.LogSinkContext;
import io.hsu.spi.LogSinkProvider;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logger of a process's stream. */
public final class Slf4jSink implements LogSink {

    private static final String PREFIX = "hsu.process.";

    private final String name;
    private final Map<String, Logger> loggers = new HashMap<>();
    /** How many lines of a batch that failed were logged: the same batch comes again. */
    private int logged;

    private Slf4jSink(String name) {
        this.name = name;
    }

    @Override
    public void write(LogBatch batch) {
        Logger logger =
                loggers.computeIfAbsent(PREFIX + batch.processId() + "." + batch.stream(), LoggerFactory::getLogger);
        while (logged < batch.size()) {
            log(
                    logger,
                    batch.level(logged).orElse(LogLevel.INFO),
                    batch.line(logged).text());
            logged++;
        }
        logged = 0;
    }

    private static void log(Logger logger, LogLevel level, String text) {
        switch (level) {
            case TRACE -> logger.trace("{}", text);
            case DEBUG -> logger.debug("{}", text);
            case INFO -> logger.info("{}", text);
            case WARN -> logger.warn("{}", text);
            case ERROR, FATAL -> logger.error("{}", text);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /** Provides {@code slf4j}. */
    public static final class Provider implements LogSinkProvider {
        @Override
        public String type() {
            return LogTarget.SLF4J;
        }

        @Override
        public LogSink create(LogSinkContext context) {
            return new Slf4jSink(
                    "slf4j logger " + context.processId().map(id -> PREFIX + id).orElse(PREFIX + "*"));
        }
    }
}
