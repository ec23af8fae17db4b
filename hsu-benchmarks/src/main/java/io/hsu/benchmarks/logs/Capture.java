package io.hsu.benchmarks.logs;

import io.hsu.benchmarks.support.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** A way to get the output of a child into files. */
interface Capture {

    /** {@return its short name on the command line} */
    String key();

    /** {@return its name in the table} */
    String title();

    /** {@return what is missing to run it here, in words; empty: nothing} */
    Optional<String> missing();

    /**
     * Captures the output of one child that writes the input.
     *
     * @param session where processes are started and other files than logs may go
     * @param logs where logs go: an empty directory
     */
    Taken capture(Session session, Input input, LogFiles logs) throws IOException, InterruptedException;

    /**
     * What it took.
     *
     * @param time from the start of the child until all of its output is in files
     * @param cpu the processor time of who captures, without the child's
     * @param allocated the bytes that were allocated meanwhile on the heap; for HSU only
     */
    record Taken(Duration time, Duration cpu, OptionalLong allocated) {}
}
