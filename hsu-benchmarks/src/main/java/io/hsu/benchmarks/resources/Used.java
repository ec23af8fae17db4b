package io.hsu.benchmarks.resources;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what this thread uses. */
final class Used {

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    /** {@return how many bytes of the heap it has allocated so far} */
    static long bytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** {@return how many nanoseconds it has run so far: what others have taken meanwhile does not count} */
    static long cpuNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    private Used() {}
}
