package io.hsu.internal.resource.linux;

import io.hsu.spi.ResourceReceiver;
import io.hsu.spi.ResourceTarget;
import io.hsu.spi.ResourceWatch;
import java.util.ArrayList;
import java.util.List;

/** What the monitor keeps of one target: its processes, as far as they are known. */
final class LinuxWatch implements ResourceWatch {

    final ResourceTarget target;
    final ResourceReceiver receiver;
    final boolean tree;
    private final LinuxResourceMonitor monitor;

    /** The target's own process; null before the first pass. */
    Proc root;
    /** Those that are measured; in a tree what was in it once is in it until it ends, whoever its parent is by then. */
    List<Proc> members = new ArrayList<>(1);
    /** Those that were found by their mark and are in no pass yet; null if there are none. */
    List<Proc> adopted;
    /** Null if there is no control group. */
    GroupFiles group;
    /** Those of the group, if it does not hold all of the tree; null otherwise. */
    PidList alsoInGroup;
    /** Its processes are looked for among all of the system's, and have been before. */
    boolean inTable;

    boolean gone;
    private boolean closed;

    LinuxWatch(LinuxResourceMonitor monitor, ResourceTarget target, ResourceReceiver receiver) {
        this.monitor = monitor;
        this.target = target;
        this.receiver = receiver;
        this.tree = target.tree();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            monitor.closed(this);
        }
    }
}
