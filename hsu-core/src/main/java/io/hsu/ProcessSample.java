package io.hsu;

import java.util.function.ToDoubleFunction;

/**
 * What one process of a tree used at one moment. Its processor time is its own; its bytes and operations may count those of
 * children in that it has waited for.
 */
public final class ProcessSample extends ResourceFigures {

    private final long pid;
    private final long parent;

    private ProcessSample(long pid, long parent, ToDoubleFunction<ResourceMetric> figures) {
        super(figures);
        this.pid = pid;
        this.parent = parent;
    }

    /**
     * {@return a sample}
     *
     * @param pid the process
     * @param parent its parent
     * @param figures gives the value of each metric; NaN if it is not known
     */
    public static ProcessSample of(long pid, long parent, ToDoubleFunction<ResourceMetric> figures) {
        return new ProcessSample(pid, parent, figures);
    }

    /** {@return the process's id} */
    public long pid() {
        return pid;
    }

    /** {@return its parent's id} */
    public long parent() {
        return parent;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProcessSample that && pid == that.pid && parent == that.parent && hasValuesOf(that);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(pid) * 31 + hashOfValues();
    }

    @Override
    public String toString() {
        return "ProcessSample[" + pid + ": " + text() + "]";
    }
}
