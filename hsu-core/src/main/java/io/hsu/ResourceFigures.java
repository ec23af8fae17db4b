package io.hsu;

import io.hsu.internal.Require;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.StringJoiner;
import java.util.function.ToDoubleFunction;

/** What was measured, each figure empty where the system does not tell. Immutable. */
public abstract sealed class ResourceFigures permits ResourceSample, ProcessSample {

    private static final ResourceMetric[] METRICS = ResourceMetric.values();
    private static final double NANOS_PER_SECOND = 1e9;

    /** By metric; NaN is not known. */
    private final double[] values = new double[METRICS.length];

    /**
     * @param figures gives the value of each metric; NaN if it is not known
     */
    ResourceFigures(ToDoubleFunction<ResourceMetric> figures) {
        Require.nonNull(figures, "figures");
        for (ResourceMetric metric : METRICS) {
            values[index(metric)] = figures.applyAsDouble(metric);
        }
    }

    @SuppressWarnings("EnumOrdinal") // within one run of the program, and a map would take five times as much
    private static int index(ResourceMetric metric) {
        return metric.ordinal();
    }

    /** {@return a figure; empty if it is not known} */
    public OptionalDouble value(ResourceMetric metric) {
        double value = values[index(metric)];
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private OptionalLong whole(ResourceMetric metric) {
        double value = values[index(metric)];
        return Double.isNaN(value) ? OptionalLong.empty() : OptionalLong.of((long) value);
    }

    /** {@return {@link ResourceMetric#RSS}} */
    public OptionalLong rss() {
        return whole(ResourceMetric.RSS);
    }

    /** {@return {@link ResourceMetric#VIRTUAL}} */
    public OptionalLong virtual() {
        return whole(ResourceMetric.VIRTUAL);
    }

    /** {@return {@link ResourceMetric#MEMORY_PERCENT}} */
    public OptionalDouble memoryPercent() {
        return value(ResourceMetric.MEMORY_PERCENT);
    }

    /** {@return {@link ResourceMetric#CPU_PERCENT}; empty in the first sample} */
    public OptionalDouble cpuPercent() {
        return value(ResourceMetric.CPU_PERCENT);
    }

    /** {@return {@link ResourceMetric#CPU_TIME}} */
    public Optional<Duration> cpuTime() {
        OptionalDouble seconds = value(ResourceMetric.CPU_TIME);
        return seconds.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.round(seconds.getAsDouble() * NANOS_PER_SECOND)));
    }

    /** {@return {@link ResourceMetric#READ_BYTES}} */
    public OptionalLong readBytes() {
        return whole(ResourceMetric.READ_BYTES);
    }

    /** {@return {@link ResourceMetric#WRITTEN_BYTES}} */
    public OptionalLong writtenBytes() {
        return whole(ResourceMetric.WRITTEN_BYTES);
    }

    /** {@return {@link ResourceMetric#READ_OPERATIONS}} */
    public OptionalLong readOperations() {
        return whole(ResourceMetric.READ_OPERATIONS);
    }

    /** {@return {@link ResourceMetric#WRITE_OPERATIONS}} */
    public OptionalLong writeOperations() {
        return whole(ResourceMetric.WRITE_OPERATIONS);
    }

    /** {@return {@link ResourceMetric#READ_BYTES_PER_SECOND}; empty in the first sample} */
    public OptionalDouble readBytesPerSecond() {
        return value(ResourceMetric.READ_BYTES_PER_SECOND);
    }

    /** {@return {@link ResourceMetric#WRITTEN_BYTES_PER_SECOND}; empty in the first sample} */
    public OptionalDouble writtenBytesPerSecond() {
        return value(ResourceMetric.WRITTEN_BYTES_PER_SECOND);
    }

    /** {@return {@link ResourceMetric#READ_OPERATIONS_PER_SECOND}; empty in the first sample} */
    public OptionalDouble readOperationsPerSecond() {
        return value(ResourceMetric.READ_OPERATIONS_PER_SECOND);
    }

    /** {@return {@link ResourceMetric#WRITE_OPERATIONS_PER_SECOND}; empty in the first sample} */
    public OptionalDouble writeOperationsPerSecond() {
        return value(ResourceMetric.WRITE_OPERATIONS_PER_SECOND);
    }

    /** {@return {@link ResourceMetric#DESCRIPTORS}} */
    public OptionalLong descriptors() {
        return whole(ResourceMetric.DESCRIPTORS);
    }

    /** {@return {@link ResourceMetric#THREADS}} */
    public OptionalLong threads() {
        return whole(ResourceMetric.THREADS);
    }

    /** {@return {@link ResourceMetric#CHILDREN}} */
    public OptionalLong children() {
        return whole(ResourceMetric.CHILDREN);
    }

    final boolean hasValuesOf(ResourceFigures other) {
        return Arrays.equals(values, other.values);
    }

    final int hashOfValues() {
        return Arrays.hashCode(values);
    }

    /** {@return those that are known, for people} */
    final String text() {
        StringJoiner text = new StringJoiner(", ");
        for (ResourceMetric metric : METRICS) {
            double value = values[index(metric)];
            if (!Double.isNaN(value)) {
                String number = value == Math.rint(value) ? "%.0f" : "%.2f";
                text.add(metric + " " + String.format(Locale.ROOT, number, value));
            }
        }
        return text.toString();
    }
}
