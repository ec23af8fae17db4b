package io.hsu.internal.engine;

import io.hsu.Signal;
import io.hsu.internal.launch.LaunchedProcess;
import io.hsu.internal.launch.LaunchedProcess.TreeMember;
import io.hsu.internal.time.Timer.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends everything that came out of a launch: asks it to end, waits, kills what is left, and tells what would not die.
 *
 * <p>The tree is looked up before the first signal, because a child that loses its parent is not found below it any more;
 * and again after the last one has gone, because it may have had children meanwhile. Works on a serial queue of its own;
 * the calls to the system block it for milliseconds.
 */
final class TreeStopper {

    private static final Logger log = LoggerFactory.getLogger(TreeStopper.class);

    private static final Duration FIRST_LOOK = Duration.ofMillis(2);
    private static final Duration LONGEST_LOOK = Duration.ofMillis(50);
    /** How long something killed may take to go; what stays longer hangs in the kernel. */
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    private final EngineRuntime runtime;
    private final LaunchedProcess process;
    private final Executor queue;
    private final Consumer<List<Long>> onEscalation;
    private final CompletableFuture<List<Long>> survivors = new CompletableFuture<>();

    private List<TreeMember> waitedFor = List.of();
    private Signal signal;
    private boolean killing;
    /** The latest look could not be made. */
    private boolean lookFailed;

    private Duration nextLook = FIRST_LOOK;
    private Cancellable look = Cancellable.NONE;
    private Cancellable deadline = Cancellable.NONE;

    /**
     * @param onEscalation told which processes had to be killed
     */
    TreeStopper(EngineRuntime runtime, LaunchedProcess process, Consumer<List<Long>> onEscalation) {
        this.runtime = runtime;
        this.process = process;
        this.queue = new Mailbox(runtime.system(), "stop of pid " + process.pid());
        this.onEscalation = onEscalation;
    }

    /**
     * Begins.
     *
     * @param first the signal that asks it to end
     * @param grace how long it has; zero: it is killed at once
     * @return the process ids that could not be ended; completed on a thread of the system pool
     */
    CompletableFuture<List<Long>> stop(Signal first, Duration grace) {
        Supplier<List<TreeMember>> members = process.look();
        queue.execute(() -> {
            if (killing) {
                return;
            }
            signal = first;
            List<TreeMember> found = known(members);
            if (isOver(found)) {
                finish(List.of()); // most processes leave nothing behind, and another look costs as much as this one
            } else if (grace.isZero()) {
                kill(found);
            } else {
                deadline = runtime.timer().schedule(grace, this::killNow);
                signalAll(found);
            }
        });
        return survivors;
    }

    /** Kills now instead of waiting on. */
    void killNow() {
        Supplier<List<TreeMember>> members = process.look();
        queue.execute(() -> kill(known(members)));
    }

    /** Looks now instead of in a while: one of them has ended. */
    void poke() {
        queue.execute(() -> {
            if (signal != null) {
                check();
            }
        });
    }

    private void signalAll(List<TreeMember> members) {
        waitedFor = members;
        signal(members);
        nextLook = FIRST_LOOK;
        check();
    }

    private void kill(List<TreeMember> members) {
        if (killing || survivors.isDone()) {
            return;
        }
        killing = true;
        signal = Signal.KILL;
        deadline.cancel();
        deadline = runtime.timer().schedule(KILL_LIMIT, () -> queue.execute(this::giveUp));
        if (!members.isEmpty()) {
            onEscalation.accept(pids(members));
        }
        signalAll(members);
    }

    private void check() {
        look.cancel();
        if (survivors.isDone()) {
            return;
        }
        // What was born meanwhile is looked for when all others have gone. When killing, at each round: what cannot die
        // does not shield the others.
        if (!killing && waitedFor.stream().anyMatch(TreeMember::isAlive)) {
            checkLater();
        } else {
            Supplier<List<TreeMember>> members = process.look();
            queue.execute(() -> goOnWith(known(members)));
        }
    }

    private void goOnWith(List<TreeMember> more) {
        if (survivors.isDone()) {
            return;
        }
        if (isOver(more)) {
            finish(List.of());
            return;
        }
        waitedFor = more;
        signal(more);
        checkLater();
    }

    /** {@return whether a look has shown that nothing is left} */
    private boolean isOver(List<TreeMember> found) {
        return found.isEmpty() && !lookFailed && !process.isAlive();
    }

    private void checkLater() {
        look.cancel();
        look = runtime.timer().schedule(nextLook, () -> queue.execute(this::check));
        nextLook = longer(nextLook);
    }

    private void signal(List<TreeMember> members) {
        log.debug("{} to the tree of pid {}: {}", signal, process.pid(), pids(members));
        try {
            process.signal(members, signal);
        } catch (RuntimeException | Error e) {
            log.warn("{} could not be sent to {}; it is tried again", signal, pids(members), e);
        }
    }

    /** A look that fails shows what the one before has shown: only what was seen to be gone is gone. */
    private List<TreeMember> known(Supplier<List<TreeMember>> look) {
        try {
            List<TreeMember> found = look.get();
            lookFailed = false;
            return found;
        } catch (RuntimeException | Error e) {
            log.warn("the tree of pid {} cannot be looked at: {}", process.pid(), e.toString());
            lookFailed = true;
            return waitedFor;
        }
    }

    private void giveUp() {
        if (!survivors.isDone()) {
            List<Long> left = pids(known(process.look()));
            finish(
                    left.isEmpty() && process.isAlive()
                            ? List.of(process.pid())
                            : left); // a look that fails shows nothing
        }
    }

    private void finish(List<Long> left) {
        deadline.cancel();
        look.cancel();
        survivors.complete(left);
    }

    private static Duration longer(Duration look) {
        Duration doubled = look.multipliedBy(2);
        return doubled.compareTo(LONGEST_LOOK) < 0 ? doubled : LONGEST_LOOK;
    }

    private static List<Long> pids(List<TreeMember> members) {
        return members.stream().map(TreeMember::pid).toList();
    }
}
