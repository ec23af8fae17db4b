package io.hsu;

import io.hsu.internal.Require;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a process, or a tree of processes, used at one moment.
 *
 * <p>The counters of a tree do not shrink when a process of it ends: what it has used still counts, and what children used that
 * came and went between two samples counts where the system tells their parent.
 */
public final class ResourceSample extends ResourceFigures {

    private final Instant time;
    private final List<ProcessSample> processes;

    private ResourceSample(Instant time, List<ProcessSample> processes, ToDoubleFunction<ResourceMetric> figures) {
        super(figures);
        this.time = Require.nonNull(time, "time");
        this.processes = List.copyOf(processes);
    }

    /**
     * {@return a sample}
     *
     * @param time when it was taken
     * @param processes the processes it sums up
     * @param figures gives the value of each metric; NaN if it is not known
     */
    public static ResourceSample of(
            Instant time, List<ProcessSample> processes, ToDoubleFunction<ResourceMetric> figures) {
        return new ResourceSample(time, processes, figures);
    }

    /** {@return when it was taken} */
    public Instant time() {
        return time;
    }

    /** {@return the processes it sums up, the first one first; empty in samples of the past} */
    public List<ProcessSample> processes() {
        return processes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResourceSample that
                && time.equals(that.time)
                && processes.equals(that.processes)
                && hasValuesOf(that);
    }

    @Override
    public int hashCode() {
        return time.hashCode() * 31 + hashOfValues();
    }

    @Override
    public String toString() {
        return "ResourceSample[" + time + ": " + text() + ", " + processes.size() + " processes]";
    }
}
