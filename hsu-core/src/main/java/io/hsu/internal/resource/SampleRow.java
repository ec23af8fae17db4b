package io.hsu.internal.resource;

import io.hsu.ResourceMetric;
import io.hsu.ResourceSample;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One sample as the history keeps it: whole numbers, of those figures that the others follow from. */
final class SampleRow {

    private static final ResourceMetric[] KEPT = {
        ResourceMetric.RSS,
        ResourceMetric.VIRTUAL,
        ResourceMetric.CPU_PERCENT,
        ResourceMetric.CPU_TIME,
        ResourceMetric.READ_BYTES,
        ResourceMetric.WRITTEN_BYTES,
        ResourceMetric.READ_OPERATIONS,
        ResourceMetric.WRITE_OPERATIONS,
        ResourceMetric.DESCRIPTORS,
        ResourceMetric.THREADS,
        ResourceMetric.CHILDREN
    };

    /** How many figures there are. */
    static final int FIGURES = KEPT.length;

    private static final long UNKNOWN = -1;
    private static final Map<ResourceMetric, Integer> PLACES = places();
    private static final double KIB = 1024;
    private static final double HUNDREDTHS = 100;
    private static final double MILLIS = 1000;

    /** In milliseconds since 1970. */
    long time;

    final long[] figures = new long[FIGURES];

    private static Map<ResourceMetric, Integer> places() {
        Map<ResourceMetric, Integer> places = new EnumMap<>(ResourceMetric.class);
        for (int i = 0; i < KEPT.length; i++) {
            places.put(KEPT[i], i);
        }
        return places;
    }

    private static double unit(ResourceMetric metric) {
        return switch (metric) {
            case RSS, VIRTUAL -> 1 / KIB;
            case CPU_PERCENT -> HUNDREDTHS;
            case CPU_TIME -> MILLIS;
            default -> 1;
        };
    }

    /** Takes a sample over that was taken at some time, in milliseconds since 1970. */
    void set(long millis, Figures sample) {
        time = millis;
        for (int i = 0; i < FIGURES; i++) {
            double value = sample.get(KEPT[i]);
            figures[i] = Double.isNaN(value) ? UNKNOWN : Math.round(value * unit(KEPT[i]));
        }
    }

    void set(SampleRow other) {
        time = other.time;
        System.arraycopy(other.figures, 0, figures, 0, FIGURES);
    }

    /** Becomes one with a later sample: the largest of each figure, the last of each counter. */
    void merge(SampleRow later) {
        time = later.time;
        for (int i = 0; i < FIGURES; i++) {
            boolean last = KEPT[i].isCounter() && later.figures[i] != UNKNOWN;
            figures[i] = last ? later.figures[i] : Math.max(figures[i], later.figures[i]);
        }
    }

    /**
     * {@return it for users}
     *
     * @param before the sample before; null if there is none
     * @param percentPerByte what memory percentages come from; NaN if that is not known
     */
    ResourceSample toSample(SampleRow before, double percentPerByte) {
        return ResourceSample.of(Instant.ofEpochMilli(time), List.of(), metric -> switch (metric) {
            case MEMORY_PERCENT -> value(ResourceMetric.RSS) * percentPerByte;
            case READ_BYTES_PER_SECOND -> rate(before, ResourceMetric.READ_BYTES);
            case WRITTEN_BYTES_PER_SECOND -> rate(before, ResourceMetric.WRITTEN_BYTES);
            case READ_OPERATIONS_PER_SECOND -> rate(before, ResourceMetric.READ_OPERATIONS);
            case WRITE_OPERATIONS_PER_SECOND -> rate(before, ResourceMetric.WRITE_OPERATIONS);
            default -> value(metric);
        });
    }

    private double value(ResourceMetric metric) {
        long figure = figures[PLACES.get(metric)];
        return figure == UNKNOWN ? Double.NaN : figure / unit(metric);
    }

    private double rate(SampleRow before, ResourceMetric counter) {
        if (before == null || time <= before.time) {
            return Double.NaN;
        }
        double rise = value(counter) - before.value(counter);
        return rise < 0 ? Double.NaN : rise / (time - before.time) * MILLIS; // less: it was launched anew
    }
}
