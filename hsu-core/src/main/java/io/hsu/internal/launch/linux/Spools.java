package io.hsu.internal.launch.linux;

import io.hsu.OutputSpec;
import io.hsu.internal.launch.LaunchListener;
import io.hsu.internal.launch.LaunchedProcess.TreeMember;
import io.hsu.internal.launch.ProcTable;
import io.hsu.internal.linux.ProcStat;
import io.hsu.internal.linux.Reactor;
import io.hsu.internal.state.Spool;
import io.hsu.internal.state.SpoolOwner;
import io.hsu.internal.time.Timer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;

/** Makes what follows spools. Safe for use by many threads. */
final class Spools implements AutoCloseable {

    /** Set to off, no holes are punched, as on file systems that cannot: for tests. */
    static final String PUNCH = "hsu.spool.punch";

    private final Reactor reactor;
    private final Timer timer;
    private final Executor pool;
    private final boolean mayPunch = !"off".equals(System.getProperty(PUNCH));
    private SpoolWatch watch;
    private boolean closed;

    Spools(Reactor reactor, Timer timer, Executor pool) {
        this.reactor = reactor;
        this.timer = timer;
        this.pool = pool;
    }

    /** {@return what bounds the spools of one launch} */
    SpoolBacklog backlog(OutputSpec output) {
        return new SpoolBacklog(output, mayPunch, pool, timer);
    }

    /** {@return what follows a spool} */
    SpoolSource source(Spool spool, SpoolBacklog backlog, LaunchListener listener) throws IOException {
        SpoolSource source =
                new SpoolSource(spool, watch(), backlog, lines -> listener.outputDropped(spool.stream(), lines));
        backlog.add(source);
        return source;
    }

    private synchronized SpoolWatch watch() throws IOException {
        if (closed) {
            throw new IOException("the process manager is closed");
        }
        if (watch == null) {
            watch = new SpoolWatch(reactor);
        }
        return watch;
    }

    /** {@return what stops and continues a launch of an earlier manager} */
    static TreePause pauseOf(SpoolOwner owner) {
        return new TreePause(() -> members(owner), new TreeStops());
    }

    private static List<TreeMember> members(SpoolOwner owner) {
        return ProcTable.after(ProcTable.moment()).treeOf(owner.pid(), owner.start(), owner.mark()).stream()
                .filter(stat -> !stat.isDead())
                .map((ProcStat stat) -> (TreeMember) new LinuxTree.Member(stat))
                .toList();
    }

    /** No spool is followed from now on, but those that are. */
    @Override
    public synchronized void close() {
        closed = true;
        if (watch != null) {
            watch.closeWhenIdle();
        }
    }
}
