package io.hsu.benchmarks.logs;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/** Counts what the threads of this JVM allocate on the heap. */
final class Allocation {

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private final Map<Long, Long> before = byThread();

    private Allocation() {}

    /** {@return one that counts from now on} */
    static Allocation sinceNow() {
        return new Allocation();
    }

    /** {@return what all threads but the caller's have allocated; one that has ended meanwhile does not count} */
    long bytesOfOtherThreads() {
        long self = Thread.currentThread().getId();
        return byThread().entrySet().stream()
                .filter(thread -> thread.getKey() != self)
                .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
                .sum();
    }

    private static Map<Long, Long> byThread() {
        long[] ids = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        Map<Long, Long> byThread = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            byThread.put(ids[i], Math.max(0, bytes[i])); // -1: it has just ended
        }
        return byThread;
    }
}
