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

/** Stops and continues everything that came out of a launch (SIGSTOP, SIGCONT). By one thread at a time; blocks for milliseconds. */
final class TreePause {

    private static final int SIGCONT = 18;
    private static final int SIGSTOP = 19;

    private static final int MAX_ROUNDS = 8;
    private static final long FIRST_WAIT = Duration.ofMillis(1).toNanos();

    private final Supplier<? extends List<? extends TreeMember>> look;

    /** @param look finds what is alive of it */
    TreePause(Supplier<? extends List<? extends TreeMember>> look) {
        this.look = look;
    }

    boolean isAlive() {
        return !look.get().isEmpty();
    }

    /**
     * Stops all of it. What is born meanwhile is stopped in the next round.
     *
     * @param note told before the first signal
     * @return whether none of it can run
     */
    boolean stop(Consumer<Boolean> note) {
        note.accept(true);
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

    /** Lets all of it go on. */
    void goOn() {
        for (TreeMember member : look.get()) {
            ((LinuxTree.Member) member).signal(SIGCONT);
        }
    }

    private static boolean isStopped(long pid) {
        ProcStat stat = ProcStat.of(pid);
        return stat == null || stat.isDead() || stat.state() == 'T' || stat.state() == 't';
    }
}
