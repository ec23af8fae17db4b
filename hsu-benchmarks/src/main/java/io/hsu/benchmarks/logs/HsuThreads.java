package io.hsu.benchmarks.logs;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Watches the threads of HSU in this JVM: how many there are, and what each takes of the processors. Of one that ends, what
 * it has taken since the last look is missed.
 */
final class HsuThreads {

    private static final String PREFIX = "hsu-";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final Duration NEXT_TO_NOTHING = Duration.ofMillis(10);

    private final Map<Long, Watched> byId = new HashMap<>();
    private int most;

    /** A thread's processor time when it was seen first, and last. */
    private record Watched(String name, long firstNanos, long lastNanos) {}

    private HsuThreads() {}

    /** {@return one that watches from now on} */
    static HsuThreads watch() {
        HsuThreads threads = new HsuThreads();
        for (ThreadInfo info : living()) {
            long nanos = cpuNanos(info);
            threads.byId.put(info.getThreadId(), new Watched(info.getThreadName(), nanos, nanos));
        }
        return threads;
    }

    /** Takes a look; what is between two looks is not seen. */
    void look() {
        int count = 0;
        for (ThreadInfo info : living()) {
            long nanos = cpuNanos(info);
            byId.merge(
                    info.getThreadId(),
                    new Watched(info.getThreadName(), 0, nanos),
                    (before, now) -> new Watched(before.name(), before.firstNanos(), nanos));
            count++;
        }
        most = Math.max(most, count);
    }

    private static Iterable<ThreadInfo> living() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().startsWith(PREFIX)) // null: it has just ended
                .toList();
    }

    private static long cpuNanos(ThreadInfo info) {
        return Math.max(0, THREADS.getThreadCpuTime(info.getThreadId())); // -1: it has just ended
    }

    /** {@return the most that a look has seen at a time} */
    int most() {
        return most;
    }

    /** {@return what each has taken, such as {@code hsu-reactor-1 9.81 s}; without those that have done next to nothing} */
    String describe() {
        Map<String, Duration> byName = new TreeMap<>();
        byId.values()
                .forEach(thread -> byName.merge(
                        thread.name(), Duration.ofNanos(thread.lastNanos() - thread.firstNanos()), Duration::plus));
        return byName.entrySet().stream()
                .filter(thread -> thread.getValue().compareTo(NEXT_TO_NOTHING) >= 0)
                .map(thread ->
                        "%s %.2f s".formatted(thread.getKey(), thread.getValue().toNanos() / 1e9))
                .collect(Collectors.joining(", "));
    }
}
