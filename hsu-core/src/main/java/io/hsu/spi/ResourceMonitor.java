package io.hsu.spi;

import java.util.Collection;
import java.util.OptionalLong;

/**
 * Measures processes, all that are due in one pass.
 *
 * <p>All methods, those of {@link ResourceWatch} too, are called by one thread at a time, which may block for as long as a
 * pass takes and belongs to nothing else meanwhile. A monitor is closed with its manager.
 *
 * <p>It only reads counters. What follows from two readings (percentages, rates, totals of a tree that do not shrink when a
 * part of it ends) is worked out by who receives them.
 */
public interface ResourceMonitor extends AutoCloseable {

    /** {@return the system's memory in bytes, which percentages refer to; empty if it is not known} */
    OptionalLong totalMemory();

    /**
     * Takes on something to measure. Nothing is read before the first pass.
     *
     * @param target what it is
     * @param receiver who is told what each pass has found
     * @return what stands for it in a pass; closed when it is not to be measured any more
     */
    ResourceWatch watch(ResourceTarget target, ResourceReceiver receiver);

    /**
     * Measures in one pass. Before this returns each receiver has been told its processes and that they are all, or that they
     * are gone, or why they cannot be measured. What there is to read once for all of them, such as who started whom, is read
     * once.
     *
     * @param due some of those that {@link #watch} has returned, of this monitor, none of them closed
     */
    void sample(Collection<? extends ResourceWatch> due);

    /** Lets go of everything. Idempotent. */
    @Override
    void close();
}
