package io.hsu.benchmarks.spawn;

/** Runs one process after the other. */
interface SpawnContender extends AutoCloseable {

    /**
     * Starts a process that ends at once.
     *
     * @return when its exit was told, by {@link System#nanoTime}
     */
    long spawn() throws Exception;

    /** {@return one that waits until the process has ended} */
    static SpawnContender thatWaits(Spawn spawn) {
        return () -> {
            spawn.andWait();
            return System.nanoTime();
        };
    }

    @Override
    default void close() {}

    /** Starts a process and waits for its end. */
    @FunctionalInterface
    interface Spawn {
        void andWait() throws Exception;
    }
}
