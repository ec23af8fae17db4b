package io.hsu.testkit;

import io.hsu.ExitStatus;
import io.hsu.LimitStatus;
import io.hsu.Signal;
import io.hsu.StreamKind;
import io.hsu.internal.launch.LaunchListener;
import io.hsu.internal.launch.LaunchRequest;
import io.hsu.internal.launch.LaunchedProcess;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** A process that does what the test says. Not safe for use by many threads. */
public final class FakeProcess implements LaunchedProcess {

    private final long pid;
    private final LaunchRequest request;
    private final LaunchListener listener;
    private final List<Child> children = new ArrayList<>();
    private final List<Signal> signals = new ArrayList<>();
    private List<LimitStatus> limits = List.of();
    private long memoryKills;
    private boolean paused;
    private boolean alive = true;
    private boolean ignoresTerm;
    private boolean immortal;

    FakeProcess(long pid, LaunchRequest request, LaunchListener listener) {
        this.pid = pid;
        this.request = request;
        this.listener = listener;
    }

    /** {@return what it was launched with} */
    public LaunchRequest request() {
        return request;
    }

    /** {@return the signals it got, in order} */
    public List<Signal> signals() {
        return List.copyOf(signals);
    }

    /** Ends by itself. */
    public void exit(int code) {
        end(new ExitStatus.Exited(code));
    }

    /** Is ended by a signal that the manager has not sent. */
    public void crash(Signal signal) {
        end(new ExitStatus.Killed(signal.number()));
    }

    /** Writes a line. */
    public void print(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        listener.output(StreamKind.STDOUT, ByteBuffer.wrap(bytes), null);
    }

    /** Notifies its manager, who does not hear of it before he asks. */
    public void sayUnheard(String message) {
        listener.canNotify(() -> say(message));
    }

    /** Notifies its manager, as sd_notify(3) does. */
    public void say(String message) {
        listener.notified(message).run();
    }

    @Override
    public boolean pause(Duration maxAge) {
        paused = true;
        return true;
    }

    @Override
    public void resume(boolean again) {
        paused = false;
    }

    public boolean isPaused() {
        return paused;
    }

    /** Sets by whom its limits are held. */
    public void held(LimitStatus... statuses) {
        limits = List.of(statuses);
    }

    /** The kernel kills something that it has started, for want of memory. */
    public void loseAChildToMemory() {
        memoryKills++;
    }

    @Override
    public List<LimitStatus> limits() {
        return limits;
    }

    @Override
    public long newMemoryKills() {
        long kills = memoryKills;
        memoryKills = 0;
        return kills;
    }

    /** Does not end on TERM, only on KILL. */
    public FakeProcess ignoreTerm() {
        ignoresTerm = true;
        return this;
    }

    /** Does not end on anything. */
    public FakeProcess hang() {
        immortal = true;
        return this;
    }

    /** Ends as others do, after {@link #hang}. */
    public void mortal() {
        immortal = false;
    }

    /** Starts a child, which lives on when its parent ends. */
    public void spawnChild(boolean ignoresTerm) {
        children.add(new Child(pid * 100 + children.size(), ignoresTerm));
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public boolean isAlive() {
        return alive;
    }

    @Override
    public Supplier<List<TreeMember>> look() {
        return this::alive;
    }

    private List<TreeMember> alive() {
        List<TreeMember> members = new ArrayList<>();
        if (alive) {
            members.add(new Main());
        }
        children.stream().filter(Child::isAlive).forEach(members::add);
        return members;
    }

    @Override
    public void signal(Collection<TreeMember> members, Signal signal) {
        for (TreeMember member : members) {
            if (member instanceof Child child) {
                child.alive = child.alive && (immortal || (child.ignoresTerm && signal != Signal.KILL));
            } else {
                signals.add(signal);
                if (!immortal && (signal == Signal.KILL || !ignoresTerm)) {
                    end(new ExitStatus.Killed(signal.number()));
                }
            }
        }
    }

    /** Ends in some way. */
    public void end(ExitStatus status) {
        if (alive) {
            alive = false;
            listener.outputEnded(StreamKind.STDOUT);
            listener.outputEnded(StreamKind.STDERR);
            listener.exited(status, null);
        }
    }

    private final class Main implements TreeMember {
        @Override
        public long pid() {
            return pid;
        }

        @Override
        public boolean isAlive() {
            return alive;
        }
    }

    private static final class Child implements TreeMember {
        private final long pid;
        private final boolean ignoresTerm;
        private boolean alive = true;

        Child(long pid, boolean ignoresTerm) {
            this.pid = pid;
            this.ignoresTerm = ignoresTerm;
        }

        @Override
        public long pid() {
            return pid;
        }

        @Override
        public boolean isAlive() {
            return alive;
        }
    }
}
