package io.hsu.testkit;

import io.hsu.internal.time.Clock;
import io.hsu.internal.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that stands still until it is moved. Not safe for use by many threads. */
public final class ManualTime implements Clock, Timer {

    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private final PriorityQueue<Due> due = new PriorityQueue<>(
            Comparator.comparingLong((Due task) -> task.at).thenComparingLong(task -> task.number));
    private long nanos;
    private long scheduled;

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant now() {
        return EPOCH.plusNanos(nanos);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        Due entry = new Due(nanos + delay.toNanos(), scheduled++, task);
        due.add(entry);
        return () -> due.remove(entry);
    }

    /** Moves on, to each task that falls due on the way and at last to the end, running what is due. */
    public void advance(Duration time, Runnable afterEach) {
        long end = nanos + time.toNanos();
        while (!due.isEmpty() && due.peek().at <= end) {
            Due next = due.remove();
            nanos = Math.max(nanos, next.at);
            next.task.run();
            afterEach.run();
        }
        nanos = end;
    }

    /** Jumps: what was due on the way is still to be run, and is late. */
    public void leap(Duration time) {
        nanos += time.toNanos();
    }

    /** {@return how many tasks are still to come} */
    public int pending() {
        return due.size();
    }

    private record Due(long at, long number, Runnable task) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number);
        }
    }
}
