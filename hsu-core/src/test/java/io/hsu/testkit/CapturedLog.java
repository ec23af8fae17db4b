package io.hsu.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged under one name while this is open; nobody else sees it. Safe for use by many threads. */
public final class CapturedLog implements AutoCloseable {

    private final Logger logger;
    private final Handler handler = new Recorder();
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private volatile RuntimeException failure;

    private CapturedLog(Logger logger) {
        this.logger = logger;
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    /** Captures what a class logs. */
    public static CapturedLog of(Class<?> type) {
        return of(type.getName());
    }

    /** Captures what is logged under a name. */
    public static CapturedLog of(String name) {
        return new CapturedLog(Logger.getLogger(name));
    }

    /** Lets the logger fail from now on; null: no longer. */
    public void failWith(RuntimeException failure) {
        this.failure = failure;
    }

    /** {@return how often something was logged at a level} */
    public long count(Level level) {
        return records.stream().filter(entry -> entry.getLevel().equals(level)).count();
    }

    /** {@return what was logged, in order} */
    public List<String> messages() {
        return records.stream().map(LogRecord::getMessage).toList();
    }

    @Override
    public String toString() {
        return String.join("\n", messages());
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    private final class Recorder extends Handler {
        @Override
        public void publish(LogRecord entry) {
            if (failure != null) {
                throw failure;
            }
            records.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
