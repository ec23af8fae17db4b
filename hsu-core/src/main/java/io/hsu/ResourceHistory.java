package io.hsu;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a process, or a tree of processes, has used over time. Safe for use by many threads.
 *
 * <p>Samples are kept for a time, the newest as they were taken. Of older ones there is one for each 2880th part of that time (30
 * seconds of a day): it has the largest value that each figure had meanwhile, and the last of each counter. Memory is rounded to KiB, processor time to milliseconds, percentages to hundredths, and the processes that a
 * sample sums up are not kept.
 */
public interface ResourceHistory {

    /** {@return how long samples are kept} */
    Duration retention();

    /** {@return the samples, oldest first} */
    default List<ResourceSample> samples() {
        return samples(Instant.MIN);
    }

    /** {@return the samples since a moment, oldest first} */
    List<ResourceSample> samples(Instant since);

    /** {@return the largest value that a figure ever had, also longer ago; empty for counters, and if it was never known} */
    Optional<Peak> peak(ResourceMetric metric);

    /**
     * The largest value of a figure.
     *
     * @param value how much it was
     * @param time when it was that much first
     */
    record Peak(double value, Instant time) {}
}
