package io.hsu.benchmarks.stress;

import io.hsu.benchmarks.proc.ProcFs;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What this JVM holds of the system's resources.
 *
 * @param descriptors open files, pipes and sockets
 * @param threads living threads
 * @param zombies children that are dead and nobody has waited for
 * @param residentKilobytes memory in RAM, the heap's free parts among it
 * @param liveHeapKilobytes what is left on the heap
 */
record Resources(long descriptors, long threads, long zombies, long residentKilobytes, long liveHeapKilobytes) {

    /** {@return what is held now, after a collection of garbage} */
    static Resources now() {
        System.gc();
        return new Resources(
                ProcFs.ownDescriptors(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                deadChildren(),
                ProcFs.ownResidentKilobytes(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024);
    }

    private static long deadChildren() {
        long self = ProcessHandle.current().pid();
        return Arrays.stream(ProcFs.pids())
                .filter(pid -> ProcFs.stat(pid)
                        .filter(stat -> stat.parent() == self && stat.isZombie())
                        .isPresent())
                .count();
    }
}
