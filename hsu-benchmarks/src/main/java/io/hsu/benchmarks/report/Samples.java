package io.hsu.benchmarks.report;

import java.util.Arrays;

/** Times in nanoseconds, with what is told of them in milliseconds. Immutable. */
public final class Samples {

    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] sorted;

    private Samples(long[] sorted) {
        this.sorted = sorted;
    }

    /** {@return the samples of some times, in any order; at least one} */
    public static Samples of(long... nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("no times were measured");
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Samples(sorted);
    }

    /** {@return how many there are} */
    public int count() {
        return sorted.length;
    }

    /**
     * {@return the smallest time that at least so many percent of all are not above, in milliseconds}
     *
     * @param percent above 0, at most 100
     */
    public double percentile(double percent) {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("percent must be above 0 and at most 100, but is " + percent);
        }
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[rank - 1] / NANOS_PER_MILLI;
    }

    /** {@return the middle time, in milliseconds} */
    public double median() {
        return percentile(50);
    }

    /** {@return the average, in milliseconds} */
    public double mean() {
        return Arrays.stream(sorted).average().orElseThrow() / NANOS_PER_MILLI;
    }
}
