package io.hsu.internal.resource;

import io.hsu.ResourceMetric;
import java.util.Arrays;

/** A figure for each metric, NaN if it is not known. */
final class Figures {

    private static final ResourceMetric[] METRICS = ResourceMetric.values();

    private final double[] values = new double[METRICS.length];

    /** All of them are unknown. */
    Figures() {
        clear();
    }

    /** {@return all metrics, not copied: to be left as they are} */
    static ResourceMetric[] metrics() {
        return METRICS;
    }

    void clear() {
        Arrays.fill(values, Double.NaN);
    }

    double get(ResourceMetric metric) {
        return values[index(metric)];
    }

    void set(ResourceMetric metric, double value) {
        values[index(metric)] = value;
    }

    /** Adds to a figure; what is not known counts as nothing then. */
    void add(ResourceMetric metric, double value) {
        double before = values[index(metric)];
        values[index(metric)] = Double.isNaN(before) ? value : before + value;
    }

    @SuppressWarnings("EnumOrdinal") // within one run of the program, and a map would make an object for each figure
    private static int index(ResourceMetric metric) {
        return metric.ordinal();
    }
}
