package io.hsu.internal.resource;

import io.hsu.ResourceMetric;
import io.hsu.spi.ResourceReading;

/**
 * What the system counts up in the life of a process: how the counters of a tree come about.
 *
 * <p>What a process has counted goes to its parent when that waits for it, if the system does so at all, and is lost otherwise. So
 * of what a parent has received meanwhile, that is taken off which its children had counted before they were gone: what
 * remains is what nobody has seen yet.
 */
enum Counter {
    CPU(ResourceMetric.CPU_TIME, ResourceMetric.CPU_PERCENT),
    READ_BYTES(ResourceMetric.READ_BYTES, ResourceMetric.READ_BYTES_PER_SECOND),
    WRITTEN_BYTES(ResourceMetric.WRITTEN_BYTES, ResourceMetric.WRITTEN_BYTES_PER_SECOND),
    READ_OPERATIONS(ResourceMetric.READ_OPERATIONS, ResourceMetric.READ_OPERATIONS_PER_SECOND),
    WRITE_OPERATIONS(ResourceMetric.WRITE_OPERATIONS, ResourceMetric.WRITE_OPERATIONS_PER_SECOND);

    private static final Counter[] ALL = values();
    private static final double NANOS = 1e9;
    private static final double PERCENT = 100;

    private final ResourceMetric total;
    private final ResourceMetric rate;

    Counter(ResourceMetric total, ResourceMetric rate) {
        this.total = total;
        this.rate = rate;
    }

    /** {@return all of them, not copied: to be left as they are} */
    static Counter[] all() {
        return ALL;
    }

    /** {@return its place among all} */
    @SuppressWarnings("EnumOrdinal") // within one run of the program
    int index() {
        return ordinal();
    }

    /** {@return what is told of it altogether} */
    ResourceMetric total() {
        return total;
    }

    /** {@return what is told of an interval} */
    ResourceMetric rate() {
        return rate;
    }

    /** {@return so much counted, in the unit of {@link #total}} */
    double inTotal(double counted) {
        return this == CPU ? counted / NANOS : counted;
    }

    /** {@return so much counted in some seconds, in the unit of {@link #rate}} */
    double inRate(double counted, double seconds) {
        return this == CPU ? counted / NANOS / seconds * PERCENT : counted / seconds;
    }

    /** {@return what a process counts as its own; below zero if it is not known} */
    long own(ResourceReading reading) {
        return switch (this) {
            case CPU -> reading.cpuNanos();
            case READ_BYTES -> reading.readBytes();
            case WRITTEN_BYTES -> reading.writtenBytes();
            case READ_OPERATIONS -> reading.readOperations();
            case WRITE_OPERATIONS -> reading.writeOperations();
        };
    }

    /** {@return what would go to the parent} */
    long bequest(ResourceReading reading) {
        return Math.max(0, own(reading)) + (this == CPU ? Math.max(0, reading.waitedCpuNanos()) : 0);
    }

    /** {@return how much more a process has counted itself since it was read before} */
    double ownRise(ResourceReading before, ResourceReading now, double inherited) {
        boolean known = own(before) >= 0 && own(now) >= 0;
        double rise = known ? own(now) - own(before) : 0;
        return Math.max(0, this != CPU && now.isWaitedCounted() ? rise - inherited : rise);
    }

    /** {@return how much more those have counted that it has waited for, where that is counted for itself} */
    double waitedRise(ResourceReading before, ResourceReading now, double inherited) {
        boolean known = this == CPU && before.waitedCpuNanos() >= 0 && now.waitedCpuNanos() >= 0;
        return known ? Math.max(0, now.waitedCpuNanos() - before.waitedCpuNanos() - inherited) : 0;
    }

    /**
     * {@return how much of what a process has counted may be of the interval in which it was found} One that was born in it has
     * no more than its threads could use; one that was only found late has more.
     */
    double ofInterval(ResourceReading found, double seconds) {
        if (this != CPU) {
            return own(found);
        }
        double interval = seconds * NANOS;
        double own = own(found);
        double waited = Math.max(0, found.waitedCpuNanos());
        return Math.min(own, interval * Math.max(1, found.threads())) + Math.min(waited, interval);
    }
}
