package io.hsu.internal.launch.linux;

import io.hsu.ExitStatus;
import io.hsu.LimitStatus;
import io.hsu.Signal;
import io.hsu.internal.launch.LaunchedProcess;
import io.hsu.internal.linux.Layout;
import io.hsu.internal.linux.LibC;
import io.hsu.internal.linux.NativeMemory;
import io.hsu.internal.linux.PidFd;
import io.hsu.spi.ResourceTarget;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** A child of this JVM, by its descriptor, and what came out of it. */
final class LinuxProcess implements LaunchedProcess {

    /** Where {@link #reap} puts what the process has used. */
    static final int RUSAGE_AT = Layout.SIGINFO_SIZE;

    private static final int SIGCONT = 18;

    private final int pid;
    private final int descriptor;
    private final LinuxTree tree;
    /** Its id and its group are its own until it is taken from the table. Written under this object's lock. */
    private volatile boolean alive = true;

    private volatile boolean mayBeStopped;
    /** This manager has. */
    private volatile boolean killed;

    private volatile double cpuSeconds;

    private final LaunchLimits limits;
    private final TreeStops stops = new TreeStops();
    private final TreePause throttle;

    /**
     * @param descriptor its pidfd
     * @param birthplace the control group it was born in; null if it was born in the manager's own
     * @param limits what the kernel holds for it
     */
    LinuxProcess(int pid, int descriptor, String mark, Cgroup birthplace, LaunchLimits limits) {
        this.pid = pid;
        this.descriptor = descriptor;
        this.limits = limits;
        this.tree = new LinuxTree(this, mark, birthplace, limits::over);
        this.throttle = newPause();
    }

    @Override
    public long pid() {
        return pid;
    }

    int descriptor() {
        return descriptor;
    }

    LinuxTree tree() {
        return tree;
    }

    @Override
    public boolean isAlive() {
        return alive;
    }

    @Override
    public boolean isOver() {
        return !alive && tree.isOver();
    }

    @Override
    public ResourceTarget measured(boolean whole) {
        return tree.measured(whole);
    }

    @Override
    public Supplier<List<TreeMember>> look() {
        return tree.look();
    }

    /** What came of trying to take the status of a process that may have ended. */
    enum Reaped {
        /** It had been taken before. */
        BEFORE,
        /** There is none yet. */
        LATER,
        /** Here it is, and what the process has used, at {@link #RUSAGE_AT}. */
        WITH_STATUS,
        /** Somebody else in this JVM has taken it. */
        WITHOUT_STATUS
    }

    /** Takes its status if it has ended; then it is dead, and nothing goes by its id or descriptor any more. */
    synchronized Reaped reap(NativeMemory memory) {
        if (!alive) {
            return Reaped.BEFORE;
        }
        memory.putInt(Layout.SIGINFO_PID, 0);
        cpuSeconds = limits.ending(pid);
        int answer = PidFd.reap(descriptor, memory.address(), memory.address() + RUSAGE_AT);
        if (answer == 0 && memory.getInt(Layout.SIGINFO_PID) == 0) {
            return Reaped.LATER;
        }
        alive = false;
        return answer == 0 ? Reaped.WITH_STATUS : Reaped.WITHOUT_STATUS;
    }

    /** Does something for which its id and its descriptor must be its own: nobody takes its status meanwhile. */
    synchronized void whileAlive(Runnable action) {
        if (alive) {
            action.run();
        }
    }

    @Override
    public void signal(Collection<TreeMember> members, Signal signal) {
        boolean itself = members.stream().anyMatch(member -> member.pid() == pid);
        if (signal == Signal.KILL && itself) {
            killed = true;
        }
        if (signal == Signal.KILL && (itself || !alive)) {
            tree.killAtOnce();
        }
        boolean group = itself && signalGroup(signal);
        for (TreeMember member : members) {
            LinuxTree.Member one = (LinuxTree.Member) member;
            if (!group || one.group() != pid) {
                one.signal(signal);
            }
        }
        if (signal != Signal.KILL && mayBeStopped) {
            throttle.drop();
            members.forEach(
                    member -> ((LinuxTree.Member) member).signal(SIGCONT)); // what is stopped hears of nothing else
        }
    }

    /**
     * {@return what stops and continues it for one reason} It goes on when no reason is left.
     *
     * <p>It comes through spools and is stopped when it is too far ahead, or it takes too much and is slowed down.
     */
    TreePause pauses() {
        mayBeStopped = true;
        return newPause();
    }

    private TreePause newPause() {
        return new TreePause(this::members, stops);
    }

    @Override
    public boolean pause(Duration maxAge) {
        mayBeStopped = true;
        return isAlive() && throttle.stopForNow(maxAge);
    }

    @Override
    public void resume(boolean again) {
        if (again) {
            throttle.goOnForNow();
        } else {
            throttle.goOn();
        }
    }

    @Override
    public List<LimitStatus> limits() {
        return limits.statuses();
    }

    @Override
    public long newMemoryKills() {
        return limits.newMemoryKills();
    }

    /** {@return how it has ended, with the limit at which the kernel has ended it} */
    ExitStatus explained(ExitStatus status) {
        return limits.explained(status, cpuSeconds, killed);
    }

    /** As a session's leader it cannot leave its group; and as long as it is in the table, the group's number is its own. */
    private synchronized boolean signalGroup(Signal signal) {
        return alive && LibC.kill(-pid, signal.number()) == 0;
    }

    /** Signals the process alone. */
    synchronized void signal(int number) {
        if (alive) {
            PidFd.signal(descriptor, number);
        }
    }
}
