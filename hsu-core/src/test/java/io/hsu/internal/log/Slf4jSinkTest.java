package io.hsu.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hsu.LogTarget;
import io.hsu.StreamKind;
import io.hsu.testkit.CapturedLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Slf4jSinkTest extends LogSinkContract {

    private final Map<String, CapturedLog> captured =
            new HashMap<>(Map.of("api", CapturedLog.of("hsu.process.api"), "web", CapturedLog.of("hsu.process.web")));

    @AfterEach
    void release() {
        captured.values().forEach(CapturedLog::close);
    }

    @Override
    LogTarget target() {
        return LogTarget.slf4j();
    }

    @Override
    List<String> taken(String processId) {
        return captured.get(processId).messages();
    }

    @Override
    void breakIt() {
        captured.get("api").failWith(new IllegalStateException("broken"));
    }

    @Override
    void repair() {
        captured.get("api").failWith(null);
    }

    @Override
    boolean isUntouched() {
        return captured.values().stream().allMatch(log -> log.messages().isEmpty());
    }

    @Test
    void level_isTheOneThatALineSaysItHas() throws IOException {
        Logger logger = Logger.getLogger("hsu.process.api.stdout");
        logger.setLevel(Level.ALL);
        try (Recorder recorder = new Recorder(logger)) {
            open("api")
                    .write(
                            StreamKind.STDOUT,
                            "TRACE a",
                            "level=debug b",
                            "c",
                            "[warn] d",
                            "ERROR e",
                            "{\"level\":60,\"msg\":\"f\"}");
            assertEquals(
                    List.of(Level.FINEST, Level.FINE, Level.INFO, Level.WARNING, Level.SEVERE, Level.SEVERE),
                    recorder.entries.stream().map(LogRecord::getLevel).toList());
        }
    }

    @Test
    void logger_isThatOfProcessAndStream() throws IOException {
        Logger logger = Logger.getLogger("hsu.process");
        captured.remove("api").close(); // what it captures goes no further
        try (Recorder recorder = new Recorder(logger)) {
            Opened api = open("api");
            api.write(StreamKind.STDOUT, "a");
            api.write(StreamKind.STDERR, "b");
            assertEquals(
                    List.of("hsu.process.api.stdout", "hsu.process.api.stderr"),
                    recorder.entries.stream().map(LogRecord::getLoggerName).toList());
        }
    }

    @Test
    void failureInTheMiddle_whatWasLoggedIsNotLoggedAgain() throws IOException {
        Logger logger = Logger.getLogger("hsu.process.api.stdout");
        try (Recorder recorder = new Recorder(logger)) {
            Opened api = open("api");
            Batch batch = api.batch(StreamKind.STDOUT, "a", "b", "c");
            recorder.failsAt = "b";
            assertThrows(IllegalStateException.class, () -> api.sink.write(batch));
            assertThrows(IllegalStateException.class, () -> api.sink.write(batch));
            recorder.failsAt = "c";
            assertThrows(IllegalStateException.class, () -> api.sink.write(batch));
            recorder.failsAt = "";
            api.sink.write(batch);
            api.write(StreamKind.STDOUT, "d");
            assertEquals(
                    List.of("a", "b", "c", "d"),
                    recorder.entries.stream().map(LogRecord::getMessage).toList());
        }
    }

    @Test
    void name_tellsTheLogger() {
        assertEquals("slf4j logger hsu.process.api", open("api").sink.toString());
    }

    /** Records what comes to a logger. */
    private static final class Recorder extends Handler implements AutoCloseable {
        private final List<LogRecord> entries = new ArrayList<>();
        private final Logger logger;
        private String failsAt = "";

        Recorder(Logger logger) {
            this.logger = logger;
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord entry) {
            if (entry.getMessage().equals(failsAt)) {
                throw new IllegalStateException("broken");
            }
            entries.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
            logger.setLevel(null);
        }
    }
}
