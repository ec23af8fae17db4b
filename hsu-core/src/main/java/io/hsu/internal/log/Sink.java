package io.hsu.internal.log;

import io.hsu.LogLine;
import java.io.IOException;

/** Gets one stream of a process: the bytes as they come, or line by line. Safe for use by many threads. */
interface Sink extends AutoCloseable {

    /** Takes bytes as they were read. */
    default void bytes(byte[] bytes, int offset, int count) throws IOException {}

    /** Takes a line. */
    default void line(LogLine line) {}

    @Override
    default void close() throws IOException {}
}
