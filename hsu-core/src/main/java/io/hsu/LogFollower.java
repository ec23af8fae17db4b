package io.hsu;

/** Gets the lines of a process as they come, one call at a time. What it throws is logged, and it gets no more. */
@FunctionalInterface
public interface LogFollower {

    /** Takes a line. It may take its time: it holds up nobody. */
    void line(LogLine line);

    /**
     * Lines are gone from memory before this follower has taken them: it was slower than the process for longer than
     * {@link OutputSpec#keptLines} lines. Told instead of them.
     *
     * @param count how many they were
     */
    default void missed(long count) {}
}
