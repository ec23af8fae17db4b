package io.hsu;

import java.util.List;

/** The output of one process, as far as the manager keeps it in memory. Safe for use by many threads. */
public interface ProcessLogs {

    /**
     * {@return the last lines of both streams, oldest first}
     *
     * @param count how many at most; more than {@link OutputSpec#keptLines} are never there
     * @throws IllegalArgumentException if {@code count} is negative
     */
    List<LogLine> tail(int count);
}
