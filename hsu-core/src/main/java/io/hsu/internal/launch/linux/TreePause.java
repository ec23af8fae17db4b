package io.hsu.internal.launch.linux;

import io.hsu.internal.launch.LaunchedProcess.TreeMember;
import io.hsu.internal.linux.ProcStat;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Stops and continues everything that came out of a launch (SIGSTOP, SIGCONT), for one reason. Blocks for milliseconds; safe for use
 * by many threads.
 */
final class TreePause {

    private static final int SIGCONT = 18;
    private static final int SIGSTOP = 19;

    private static final int MAX_ROUNDS = 8;
    private static final long FIRST_WAIT = Duration.ofMillis(1).toNanos();

    private final Supplier<? extends List<? extends TreeMember>> look;
    private final TreeStops stops;

    /**
     * @param look finds what is alive of it
     * @param stops for which reasons it is stopped; this is one of them
     */
    TreePause(Supplier<? extends List<? extends TreeMember>> look, TreeStops stops) {
        this.look = look;
        this.stops = stops;
    }

    boolean isAlive() {
        return !look.get().isEmpty();
    }

    /** Sets who is told whether it is stopped: before the first signal, and after the last. */
    void note(Consumer<Boolean> told) {
        stops.note(told);
    }

    /** Stops all of it. What is born meanwhile is stopped in the next round. {@return whether none of it can run} */
    boolean stop() {
        synchronized (stops) {
            stops.add(this);
            return signalAll();
        }
    }

    private boolean signalAll() {
        Set<Long> signalled = new HashSet<>();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            boolean all = true;
            for (TreeMember member : look.get()) {
                if (signalled.add(member.pid())) {
                    ((LinuxTree.Member) member).signal(SIGSTOP);
                    all = false; // looked at again in the next round
                } else {
                    all &= isStopped(member.pid());
                }
            }
            if (all) {
                return true;
            }
            LockSupport.parkNanos(FIRST_WAIT << round);
        }
        return false;
    }

    /** Lets all of it go on, unless it is stopped for another reason. */
    void goOn() {
        synchronized (stops) {
            if (stops.remove(this)) {
                for (TreeMember member : look.get()) {
                    ((LinuxTree.Member) member).signal(SIGCONT);
                }
                stops.over();
            }
        }
    }

    /** It is let go on by somebody else. */
    void drop() {
        synchronized (stops) {
            stops.remove(this);
        }
    }

    private static boolean isStopped(long pid) {
        ProcStat stat = ProcStat.of(pid);
        return stat == null || stat.isDead() || stat.state() == 'T' || stat.state() == 't';
    }
}
