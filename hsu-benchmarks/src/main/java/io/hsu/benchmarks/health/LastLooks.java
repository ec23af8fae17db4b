package io.hsu.benchmarks.health;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/** What the last look of each check has found, for hosts that have nobody else to keep it. Safe for use by many threads. */
final class LastLooks {

    /** None yet, or one that has failed. */
    private static final long NOT_HEALTHY = -1;

    private final AtomicLongArray nanos;

    LastLooks(int checks) {
        nanos = new AtomicLongArray(
                IntStream.range(0, checks).mapToLong(i -> NOT_HEALTHY).toArray());
    }

    /** Notes a look that has ended now. */
    void ended(int check, long begin, boolean healthy) {
        nanos.set(check, healthy ? System.nanoTime() - begin : NOT_HEALTHY);
    }

    /** {@return how long those took that went well} */
    long[] healthy() {
        return IntStream.range(0, nanos.length())
                .mapToLong(nanos::get)
                .filter(taken -> taken != NOT_HEALTHY)
                .toArray();
    }
}
