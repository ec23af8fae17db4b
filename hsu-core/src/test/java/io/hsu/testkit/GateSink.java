package io.hsu.testkit;

import io.hsu.spi.LogBatch;
import io.hsu.spi.LogSink;
import io.hsu.spi.LogSinkContext;
import io.hsu.spi.LogSinkProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A target of type {@code gate} that takes nothing, and holds whoever brings something, until it is opened. */
public final class GateSink implements LogSinkProvider, LogSink {

    public static final String TYPE = "gate";

    private final CountDownLatch open = new CountDownLatch(1);
    /** More are counted only: a test is not to need much memory. */
    private static final int MOST_KEPT = 700_000;

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean reached;
    private volatile long count;
    private volatile String last = "";

    public void open() {
        open.countDown();
    }

    /** {@return whether somebody has brought something} */
    public boolean isReached() {
        return reached;
    }

    /** {@return the texts of the lines that were taken} */
    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** {@return how many lines were taken} */
    public long count() {
        return count;
    }

    /** {@return the text of the last line that was taken} */
    public String last() {
        return last;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public LogSink create(LogSinkContext context) {
        return this;
    }

    @Override
    public void write(LogBatch batch) throws IOException {
        reached = true;
        try {
            open.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        for (int index = 0; index < batch.size(); index++) {
            last = batch.line(index).text();
            if (lines.size() < MOST_KEPT) {
                lines.add(last);
            }
        }
        taken(batch.size());
    }

    private synchronized void taken(int more) {
        count += more;
    }

    @Override
    public String toString() {
        return TYPE;
    }
}
