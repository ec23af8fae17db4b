package io.hsu.internal.resource;

import io.hsu.internal.time.Clock;
import io.hsu.spi.ResourceMonitor;
import io.hsu.spi.ResourceTarget;
import io.hsu.spi.ResourceWatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what is due, all in one pass. Meters may be made and closed by any thread, also while a pass is under way; passes come
 * one at a time, and {@link #close} after the last. The monitor is made by the first of them, and called by them alone.
 */
public final class ResourceMeters implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ResourceMeters.class);

    private static final double PERCENT = 100;

    private final Supplier<ResourceMonitor> monitors;
    private final Clock clock;
    private final Queue<ResourceMeter> closed = new ConcurrentLinkedQueue<>();

    // The pass's own.
    private ResourceMonitor monitor;
    private double percentPerByte = Double.NaN;
    private final List<ResourceWatch> watches = new ArrayList<>();
    private Instant now;
    private String lastFailure;

    /**
     * @param monitors makes the monitor, once
     * @param clock what time it is
     */
    public ResourceMeters(Supplier<ResourceMonitor> monitors, Clock clock) {
        this.monitors = monitors;
        this.clock = clock;
    }

    /**
     * {@return a meter of something; nothing is read yet}
     *
     * @param history what its samples are added to
     */
    public ResourceMeter watch(ResourceTarget target, SampleHistory history) {
        return new ResourceMeter(this, target, history, clock);
    }

    /**
     * Measures, and lets go of what was closed. Blocks: for some ten microseconds a process, where the Linux monitor is at work.
     *
     * @param due what is to be measured; may be empty
     * @throws UnsupportedOperationException if there is no monitor for this system, with the reasons
     */
    public void sample(Collection<ResourceMeter> due) {
        release();
        if (due.isEmpty()) {
            return;
        }
        now = clock.now();
        watches.clear();
        try {
            open();
            for (ResourceMeter meter : due) {
                if (!meter.isClosed()) {
                    begin(meter);
                }
            }
            if (!watches.isEmpty()) {
                monitor.sample(watches);
            }
        } catch (RuntimeException | LinkageError e) {
            if (monitor == null && e instanceof UnsupportedOperationException) {
                due.forEach(meter -> meter.fail(e.getMessage()));
                throw e;
            }
            report(e);
            due.forEach(meter -> meter.fail("the resource monitor has failed: " + e));
        }
    }

    private void open() {
        if (monitor == null) {
            monitor = monitors.get();
            long total = monitor.totalMemory().orElse(0);
            percentPerByte = total > 0 ? PERCENT / total : Double.NaN;
        }
    }

    private void begin(ResourceMeter meter) {
        meter.begin(percentPerByte);
        if (meter.watch() == null) {
            meter.watch(monitor.watch(meter.target(), meter.receiver()));
        }
        watches.add(meter.watch());
    }

    /** Once, as long as it goes on failing in the same way. */
    private void report(Throwable failure) {
        String text = failure.toString();
        if (!text.equals(lastFailure)) {
            lastFailure = text;
            log.warn(
                    "the resource monitor{} has failed: no figures of this pass",
                    monitor == null ? "" : " " + monitor.getClass().getName(),
                    failure);
        }
    }

    private void release() {
        for (ResourceMeter meter = closed.poll(); meter != null; meter = closed.poll()) {
            if (meter.watch() != null) {
                meter.watch().close();
                meter.watch(null);
            }
        }
    }

    /** {@return when the pass has begun} */
    Instant now() {
        return now;
    }

    void closed(ResourceMeter meter) {
        closed.add(meter);
    }

    /** Closes the monitor. */
    @Override
    public void close() {
        if (monitor != null) {
            release();
            monitor.close();
        }
    }
}
