package io.hsu.examples.plugin;

import io.hsu.LogLevel;
import io.hsu.LogLine;
import io.hsu.spi.LogBatch;
import io.hsu.spi.LogSink;
import io.hsu.spi.LogSinkContext;
import io.hsu.spi.LogSinkProvider;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A log target of one's own: each line as a message of syslog over UDP (RFC 5424, RFC 5426). */
public final class SyslogSink implements LogSink {

    private static final int FACILITY_DAEMON = 3;
    /** What every receiver takes; a longer message is cut (RFC 5426). */
    private static final int MAX_SIZE = 2048;

    private final String host;
    private final int port;
    private DatagramSocket socket;
    private int sent;

    private SyslogSink(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** If sending fails, the same batch comes again: what was sent of it is not sent twice. */
    @Override
    public void write(LogBatch batch) throws IOException {
        if (socket == null) {
            socket = new DatagramSocket();
        }
        InetSocketAddress receiver = new InetSocketAddress(host, port);
        while (sent < batch.size()) {
            byte[] message = message(batch, sent).getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(message, Math.min(message.length, MAX_SIZE), receiver));
            sent++;
        }
        sent = 0;
    }

    private static String message(LogBatch batch, int index) {
        LogLine line = batch.line(index);
        int priority = FACILITY_DAEMON * 8 + severity(batch.level(index).orElse(LogLevel.INFO));
        return "<%d>1 %s - %s - %s - %s".formatted(priority, line.at(), batch.processId(), batch.stream(), line.text());
    }

    private static int severity(LogLevel level) {
        return switch (level) {
            case FATAL -> 2;
            case ERROR -> 3;
            case WARN -> 4;
            case INFO -> 6;
            case DEBUG, TRACE -> 7;
        };
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
        }
    }

    @Override
    public String toString() {
        return "syslog at %s:%d".formatted(host, port);
    }

    /** Makes the target known as {@code syslog}. */
    public static final class Provider implements LogSinkProvider {

        @Override
        public String type() {
            return "syslog";
        }

        @Override
        public LogSink create(LogSinkContext context) {
            return new SyslogSink(
                    context.settings().string("host").orElse("localhost"),
                    context.settings().integer("port", 1, 65535).orElse(514));
        }
    }
}
