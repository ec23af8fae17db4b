package io.hsu.benchmarks.resources;

import io.hsu.benchmarks.report.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One way to measure, and what it has cost. */
final class Contender {

    private final String title;
    private final Reading reading;
    private final int processes;
    private final List<Long> nanos = new ArrayList<>();
    private final List<Long> cpuNanos = new ArrayList<>();
    private long allocated;
    private long reads;

    /**
     * @param title what it is called
     * @param reading what it does
     * @param processes how many processes that reads
     */
    Contender(String title, Reading reading, int processes) {
        this.title = title;
        this.reading = reading;
        this.processes = processes;
    }

    String title() {
        return title;
    }

    /** Reads some times, which count once together. */
    void turn(int times) throws IOException {
        long allocatedBefore = Used.bytes();
        long cpuBefore = Used.cpuNanos();
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            reading.read();
        }
        nanos.add((System.nanoTime() - start) / times / processes);
        cpuNanos.add((Used.cpuNanos() - cpuBefore) / times / processes);
        allocated += Used.bytes() - allocatedBefore;
        reads += (long) times * processes;
    }

    /** What was measured so far was for warming up. */
    void forget() {
        nanos.clear();
        cpuNanos.clear();
        allocated = 0;
        reads = 0;
    }

    /** {@return the times of one process} */
    Samples times() {
        return samples(nanos);
    }

    /** {@return the processor times of one process} */
    Samples cpuTimes() {
        return samples(cpuNanos);
    }

    private static Samples samples(List<Long> values) {
        return Samples.of(values.stream().mapToLong(Long::longValue).toArray());
    }

    /** {@return bytes of the heap, for one process} */
    double allocatedBytes() {
        return (double) allocated / reads;
    }

    void close() throws IOException {
        reading.close();
    }
}
