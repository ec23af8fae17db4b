package io.hsu.internal.time;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** One thread that hands on what is due. */
public final class SystemTimer implements Timer, AutoCloseable {

    private final ScheduledThreadPoolExecutor executor;

    public SystemTimer(ThreadFactory threads) {
        executor = new ScheduledThreadPoolExecutor(1, threads);
        // A cancelled timeout would otherwise stay in memory until it is due: minutes, per health check.
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        try {
            Future<?> scheduled = executor.schedule(task, saturatedNanos(delay), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException e) {
            // The manager is closed: nothing is due any more.
            return Cancellable.NONE;
        }
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
