package io.hsu.internal.time;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * One thread that hands on what is due. What is due in a second or later may come later by a hundredth of that, and by an eighth of a
 * second at the most: so a thousand checks that are due one after the other do not wake threads up a thousand times.
 */
public final class SystemTimer implements Timer, AutoCloseable {

    private static final long SECOND = 1_000_000_000;
    private static final long ACCURACY = 100;
    private static final long LARGEST_STEP = 1 << 27;

    private final ScheduledThreadPoolExecutor executor;

    public SystemTimer(ThreadFactory threads) {
        executor = new ScheduledThreadPoolExecutor(1, threads);
        // A cancelled timeout would otherwise stay in memory until it is due: minutes, per health check.
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        try {
            long nanos = rounded(saturatedNanos(delay), System.nanoTime());
            Future<?> scheduled = executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException e) {
            // The manager is closed: nothing is due any more.
            return Cancellable.NONE;
        }
    }

    /** {@return a delay that ends where those of others do} */
    static long rounded(long nanos, long now) {
        if (nanos < SECOND) {
            return nanos;
        }
        long step = Math.min(Long.highestOneBit(nanos / ACCURACY), LARGEST_STEP);
        return nanos + Math.floorMod(-(now + nanos), step);
    }

    private static long saturatedNanos(Duration delay) {
        // Duration.toNanos() overflows at 292 years.
        return delay.compareTo(Duration.ofDays(100_000)) > 0 ? Long.MAX_VALUE / 2 : delay.toNanos();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
