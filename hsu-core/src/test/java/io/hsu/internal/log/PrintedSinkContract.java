package io.hsu.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hsu.LogTarget;
import io.hsu.StreamKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the manager's own standard output and error promise besides. */
abstract class PrintedSinkContract extends LogSinkContract {

    private final Printed printed = new Printed();
    private PrintStream before;

    /** Exchanges the stream. {@return the one that was there} */
    abstract PrintStream exchange(PrintStream stream);

    abstract LogTarget unmarked();

    @BeforeEach
    void capture() {
        before = exchange(new PrintStream(printed, false, UTF_8));
    }

    @AfterEach
    void giveBack() {
        exchange(before);
    }

    @Override
    LogTarget target() {
        return unmarked().prefix("[{process_id}]");
    }

    @Override
    List<String> taken(String processId) {
        String prefix = "[%s] ".formatted(processId);
        List<String> lines = new ArrayList<>();
        for (String line : printed.toString(UTF_8).split("\n", -1)) {
            if (line.startsWith(prefix)) {
                lines.add(line.substring(prefix.length()));
            }
        }
        return lines;
    }

    @Override
    void breakIt() {
        printed.broken = true;
    }

    @Override
    void repair() {
        printed.broken = false;
    }

    @Override
    boolean isUntouched() {
        return printed.size() == 0;
    }

    @Test
    void batch_isWrittenInOnePiece() throws IOException {
        Opened api = open("api");
        api.write(StreamKind.STDOUT, "a", "b", "c");
        assertEquals(1, printed.writes, "others' lines come between lines only");
    }

    /** It is the manager's, and others write to it. */
    @Test
    void close_leavesTheStreamOpen() throws IOException {
        open("api").end();
        assertEquals(0, printed.closes);
    }

    /** What was printed. */
    private static final class Printed extends ByteArrayOutputStream {
        private boolean broken;
        private int writes;
        private int closes;

        @Override
        public synchronized void write(byte[] bytes, int start, int count) {
            if (broken) {
                throw new UncheckedIOException(new IOException("broken"));
            }
            writes++;
            super.write(bytes, start, count);
        }

        @Override
        public void close() {
            closes++;
        }
    }
}
