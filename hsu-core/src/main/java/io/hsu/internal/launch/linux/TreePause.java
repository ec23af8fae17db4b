package io.hsu.internal.launch.linux;

import io.hsu.internal.launch.LaunchedProcess.TreeMember;
import io.hsu.internal.linux.ProcStat;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Lifeline lifeline = new Lifeline();

    // Under the lock of the stops.
    /** What the latest look has found. */
    private final Map<Long, LinuxTree.Member> members = new HashMap<>();

    private long lookedAt;

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
            stops.add(this, true);
            return signalAll(false);
        }
    }

    /**
     * Stops it for a moment, or, without looking for others, what it was at a look not long ago: a look costs milliseconds. It goes
     * on even if this manager dies meanwhile.
     *
     * @param maxAge how long ago that may have been
     * @return whether it is known that none of it can run
     */
    boolean stopForNow(Duration maxAge) {
        synchronized (stops) {
            stops.add(this, false);
            boolean isKnown = !members.isEmpty() && System.nanoTime() - lookedAt < maxAge.toNanos();
            if (isKnown) {
                members.values().forEach(this::signal);
                return false;
            }
            return signalAll(true);
        }
    }

    private boolean signalAll(boolean forNow) {
        members.clear();
        lookedAt = System.nanoTime();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            boolean all = true;
            List<? extends TreeMember> tree = look.get();
            if (forNow && tree.stream().anyMatch(member -> !members.containsKey(member.pid()))) {
                lifeline.set(tree);
            }
            for (TreeMember found : tree) {
                LinuxTree.Member member = (LinuxTree.Member) found;
                if (members.put(member.pid(), member) == null) {
                    signal(member);
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

    private void signal(LinuxTree.Member member) {
        stops.stopping(member);
        member.signal(SIGSTOP);
    }

    /** Lets all of it go on for good, unless it is stopped for another reason. */
    void goOn() {
        synchronized (stops) {
            goOnForNow();
            stops.noteOver();
            lifeline.close();
        }
    }

    /** The same, and it is stopped again soon. */
    void goOnForNow() {
        synchronized (stops) {
            boolean mayBeUnknown = stops.isEmpty(); // a host of before has stopped it, which nobody here has seen
            if (stops.remove(this)) {
                stops.takeStopped().forEach(member -> member.signal(SIGCONT));
                if (mayBeUnknown) {
                    look.get().forEach(member -> ((LinuxTree.Member) member).signal(SIGCONT));
                }
            }
        }
    }

    /** It is let go on by somebody else. */
    void drop() {
        synchronized (stops) {
            stops.remove(this);
            lifeline.close();
        }
    }

    private static boolean isStopped(long pid) {
        ProcStat stat = ProcStat.of(pid);
        return stat == null || stat.isDead() || stat.state() == 'T' || stat.state() == 't';
    }
}
