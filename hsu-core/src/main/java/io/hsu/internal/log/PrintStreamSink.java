package io.hsu.internal.log;

import io.hsu.LogTarget;
import io.hsu.spi.LogBatch;
import io.hsu.spi.LogSink;
import io.hsu.spi.LogSinkContext;
import io.hsu.spi.LogSinkProvider;
import java.io.PrintStream;
import java.nio.ByteBuffer;

/** The manager's own standard output or error. */
public final class PrintStreamSink implements LogSink {

    private final PrintStream out;
    private final String name;

    private PrintStreamSink(PrintStream out, String name) {
        this.out = out;
        this.name = name;
    }

    /** In one piece, so that other writers' lines come between lines only. */
    @Override
    public void write(LogBatch batch) {
        ByteBuffer formatted = batch.formatted();
        byte[] bytes = new byte[formatted.remaining()];
        formatted.get(bytes);
        out.write(bytes, 0, bytes.length);
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public String toString() {
        return name;
    }

    /** Provides {@code stdout}. */
    public static final class Stdout implements LogSinkProvider {
        @Override
        public String type() {
            return LogTarget.STDOUT;
        }

        @Override
        public LogSink create(LogSinkContext context) {
            return new PrintStreamSink(System.out, "the manager's standard output");
        }
    }

    /** Provides {@code stderr}. */
    public static final class Stderr implements LogSinkProvider {
        @Override
        public String type() {
            return LogTarget.STDERR;
        }

        @Override
        public LogSink create(LogSinkContext context) {
            return new PrintStreamSink(System.err, "the manager's standard error");
        }
    }
}
