package io.hsu.internal.log;

import io.hsu.spi.LogSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A sink that can take the bytes of one stream as they come, line ends wherever they are. */
interface RawSink extends LogSink {

    /**
     * Takes bytes.
     *
     * @param bytes what has come; if some of it could not be taken, the position says how much was
     * @param beginsStream whether they are a launch's first: a line of the one before that has no end is ended then
     */
    void writeRaw(ByteBuffer bytes, boolean beginsStream) throws IOException;

    /**
     * Takes what is in a pipe without anyone looking at it.
     *
     * @param most how many bytes at most
     * @return how many bytes were moved; 0 at the end of the pipe; {@link #NOTHING_YET}; {@link #LOOK}
     */
    default long moveFrom(int pipe, long most, boolean beginsStream) throws IOException {
        return LOOK;
    }

    /** {@return the last lines it has taken, if it can tell} */
    default List<String> lastLines(int count, long maxBytes) {
        return List.of();
    }

    /** Nothing is in the pipe now. */
    long NOTHING_YET = -1;

    /** Somebody has to look at what comes next, to find the end of a line. */
    long LOOK = -2;
}
