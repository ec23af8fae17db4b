package io.hsu.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hsu.spi.LogBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A sink that takes lines, or fails, as the test says. Not safe for use by many threads. */
class ScriptedSink implements RawSink {

    /** The lines, and the raw bytes as texts, in the order they were taken. */
    final List<String> taken = new ArrayList<>();

    final List<Boolean> streamBegins = new ArrayList<>();
    boolean failing;
    boolean flushFails;
    /** How many raw bytes are taken before it fails. */
    int rawRoom;

    int writes;
    int flushes;
    int closes;

    @Override
    public void write(LogBatch batch) throws IOException {
        writes++;
        if (failing) {
            throw new IOException("no space left");
        }
        for (int index = 0; index < batch.size(); index++) {
            taken.add(batch.line(index).text());
        }
    }

    @Override
    public void writeRaw(ByteBuffer bytes, boolean beginsStream) throws IOException {
        writes++;
        streamBegins.add(beginsStream);
        byte[] some = new byte[failing ? Math.min(rawRoom, bytes.remaining()) : bytes.remaining()];
        bytes.get(some);
        if (some.length > 0) {
            taken.add(new String(some, UTF_8));
        }
        if (failing) {
            rawRoom = 0;
            throw new IOException("no space left");
        }
    }

    @Override
    public void flush() throws IOException {
        flushes++;
        if (flushFails) {
            throw new IOException("flush failed");
        }
    }

    @Override
    public void close() {
        closes++;
    }

    @Override
    public String toString() {
        return "scripted sink";
    }
}
