package io.hsu.benchmarks.resources;

import io.hsu.internal.resource.ResourceMeter;
import io.hsu.internal.resource.ResourceMeters;
import io.hsu.internal.resource.SampleHistory;
import io.hsu.internal.time.Clock;
import io.hsu.spi.Providers;
import io.hsu.spi.ResourceTarget;
import java.util.List;

/** Measures as a manager does: with percentages, totals, peaks and a history. */
final class Meters implements Reading {

    private final ResourceMeters meters;
    private final List<ResourceMeter> due;

    /**
     * @param monitor the name of the monitor
     * @param tree whether whole trees are measured
     * @param pids the processes
     */
    Meters(String monitor, boolean tree, List<Long> pids) {
        Providers providers = Providers.builder().discover();
        meters = new ResourceMeters(() -> providers.resourceMonitor(monitor), Clock.system());
        due = pids.stream()
                .map(pid -> meters.watch(target(pid, tree), new SampleHistory(SampleHistory.DEFAULT_RETENTION)))
                .toList();
    }

    private static ResourceTarget target(long pid, boolean tree) {
        return new ResourceTarget() {
            @Override
            public long pid() {
                return pid;
            }

            @Override
            public boolean tree() {
                return tree;
            }
        };
    }

    @Override
    public void read() {
        meters.sample(due);
    }

    /** {@return whether each of them was measured the last time} */
    boolean allMeasured() {
        return due.stream().allMatch(meter -> meter.state() == ResourceMeter.State.MEASURED);
    }

    @Override
    public void close() {
        due.forEach(ResourceMeter::close);
        meters.close();
    }
}
