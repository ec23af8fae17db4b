package io.hsu.benchmarks.resources;

import java.io.IOException;

/** One way to learn about some processes. */
interface Reading extends AutoCloseable {

    /** Learns about them, once. */
    void read() throws IOException;

    @Override
    default void close() throws IOException {}
}
