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

    /**
     * Hands every line behind a cursor to a follower, in order, each once: first those that are kept, then those to come, until
     * the subscription is cancelled or the process is removed. Lines are handed on in a thread of the manager's own.
     *
     * @param cursor the {@linkplain LogLine#sequence sequence} of the last line that is known: {@code 0} for all that are
     *     kept, {@link #latest()} for those to come, a line's own number to go on behind it
     * @param follower gets them
     * @return ends it when cancelled
     * @throws IllegalArgumentException if {@code cursor} is negative
     */
    Subscription follow(long cursor, LogFollower follower);

    /** {@return the sequence number of the latest line; 0 before the first} */
    long latest();
}
