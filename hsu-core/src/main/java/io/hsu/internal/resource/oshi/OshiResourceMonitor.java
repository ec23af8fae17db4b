package io.hsu.internal.resource.oshi;

import io.hsu.spi.ResourceMonitor;
import io.hsu.spi.ResourceReceiver;
import io.hsu.spi.ResourceTarget;
import io.hsu.spi.ResourceWatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;
import oshi.spi.SystemInfoProvider;

/**
 * Measures by OSHI. Where a tree is to be measured, all processes of the system are read, once for all trees; otherwise those that
 * are due. Who belongs to a tree is told by descent, and by having been in it before: what has lost its parents before it was seen
 * once is not found.
 */
final class OshiResourceMonitor implements ResourceMonitor {

    private final SystemInfoProvider oshi = Oshi.open();
    private final OperatingSystem system = oshi.getOperatingSystem();

    @Override
    public OptionalLong totalMemory() {
        return OptionalLong.of(oshi.getHardware().getMemory().getTotal());
    }

    @Override
    public ResourceWatch watch(ResourceTarget target, ResourceReceiver receiver) {
        return new OshiWatch(target, receiver);
    }

    @Override
    public void sample(Collection<? extends ResourceWatch> due) {
        List<OshiWatch> watches = new ArrayList<>(due.size());
        due.forEach(watch -> watches.add((OshiWatch) watch));
        boolean trees = watches.stream().anyMatch(OshiWatch::isTree);
        List<OSProcess> read = trees
                ? system.getProcesses(null, null, 0)
                : system.getProcesses(watches.stream().map(OshiWatch::pid).toList());
        Map<Integer, OSProcess> processes = new HashMap<>();
        read.stream().filter(OshiResourceMonitor::isAlive).forEach(found -> processes.put(found.getProcessID(), found));
        Map<Integer, List<OSProcess>> children = new HashMap<>();
        if (trees) {
            processes
                    .values()
                    .forEach(child -> children.computeIfAbsent(child.getParentProcessID(), parent -> new ArrayList<>())
                            .add(child));
        }
        watches.forEach(watch -> watch.tell(processes, children));
    }

    private static boolean isAlive(OSProcess process) {
        OSProcess.State state = process.getState();
        return state != OSProcess.State.ZOMBIE && state != OSProcess.State.INVALID;
    }

    @Override
    public void close() {
        // There is nothing to let go of.
    }
}
