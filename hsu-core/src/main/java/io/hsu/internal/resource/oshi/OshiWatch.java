package io.hsu.internal.resource.oshi;

import io.hsu.spi.ResourceReading;
import io.hsu.spi.ResourceReceiver;
import io.hsu.spi.ResourceTarget;
import io.hsu.spi.ResourceWatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oshi.software.os.OSProcess;

/** What the monitor keeps of one target: when its processes have begun, to tell others with their ids from them. */
final class OshiWatch implements ResourceWatch {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final boolean LINUX = System.getProperty("os.name").startsWith("Linux");

    private final ResourceTarget target;
    private final ResourceReceiver receiver;
    private final ResourceReading reading = new ResourceReading();
    /** Start times by id, of those that were there before; empty before the first pass. */
    private Map<Integer, Long> members = Map.of();

    private boolean gone;

    OshiWatch(ResourceTarget target, ResourceReceiver receiver) {
        this.target = target;
        this.receiver = receiver;
    }

    boolean isTree() {
        return target.tree();
    }

    int pid() {
        return Math.toIntExact(target.pid());
    }

    /**
     * Tells what there is of it.
     *
     * @param processes all that are alive and were read, by id
     * @param children those of each, if any tree is looked for
     */
    void tell(Map<Integer, OSProcess> processes, Map<Integer, List<OSProcess>> children) {
        OSProcess root = processes.get(pid());
        if (gone || root == null || !isSame(root)) {
            gone = true;
            receiver.gone();
            return;
        }
        Map<Integer, Long> found = new LinkedHashMap<>();
        Deque<OSProcess> toVisit = new ArrayDeque<>();
        toVisit.add(root);
        members.keySet().stream()
                .map(processes::get)
                .filter(member -> member != null && isSame(member))
                .forEach(toVisit::add);
        while (!toVisit.isEmpty()) {
            OSProcess process = toVisit.remove();
            if (found.put(process.getProcessID(), process.getStartTime()) == null) {
                read(process);
                receiver.process(reading);
                if (target.tree()) {
                    toVisit.addAll(children.getOrDefault(process.getProcessID(), List.of()));
                }
            }
        }
        members = found;
        receiver.measured();
    }

    /** {@return whether it is not another than the one that had its id before, if one had} */
    private boolean isSame(OSProcess process) {
        Long start = members.get(process.getProcessID());
        return start == null || start == process.getStartTime();
    }

    private void read(OSProcess process) {
        reading.begin(process.getProcessID(), process.getStartTime(), process.getParentProcessID())
                .memory(process.getResidentMemory(), process.getVirtualSize())
                .cpu((process.getKernelTime() + process.getUserTime()) * NANOS_PER_MILLI, ResourceReading.UNKNOWN)
                .bytes(process.getBytesRead(), process.getBytesWritten())
                .descriptors(process.getOpenFiles())
                .threads(process.getThreadCount());
        if (LINUX) {
            reading.countsWaited();
        }
    }

    @Override
    public void close() {
        members = Map.of();
    }
}
