package io.hsu;

/** Gets the lines of a process as they come, one call at a time. What it throws is logged, and it gets no more. */
@FunctionalInterface
public interface LogFollower {

    /**
     * Takes a line. It may take its time: up to 1 MiB is held for it, and then the process waits for it ({@link Overflow#BLOCK}), but
     * not for longer than a second in which it takes nothing.
     */
    void line(LogLine line);

    /**
     * Lines did not get here: they were gone from memory when the following began, or this follower has kept the process waiting
     * for too long. Told in their place.
     *
     * @param count how many they were
     */
    default void missed(long count) {}
}
