package io.hsu.internal.engine;

import io.hsu.ProcessEvent;
import io.hsu.ProcessSpec;
import io.hsu.ProcessStartException.Reason;
import io.hsu.ProcessState;
import io.hsu.Transition.Cause;
import io.hsu.internal.launch.LaunchedProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the runs of a process end: stopped with their whole tree, or swept up after when they have ended by themselves. Used
 * from the process's mailbox only.
 */
final class Ending {

    private static final Logger log = LoggerFactory.getLogger(Ending.class);

    private final ProcessSpec spec;
    private final EngineRuntime runtime;
    private final Ledger ledger;
    private final Effects effects;
    private final Waiters waiters;
    private final Executor mailbox;
    private final CommandRunner commands;
    private final ResourceGuard resources;

    private final Set<TreeStopper> sweeps = new HashSet<>();
    private Runnable afterStop = () -> {};
    private boolean killed;

    Ending(
            ProcessSpec spec,
            EngineRuntime runtime,
            Ledger ledger,
            Effects effects,
            Waiters waiters,
            Executor mailbox,
            CommandRunner commands,
            ResourceGuard resources) {
        this.resources = resources;
        this.spec = spec;
        this.runtime = runtime;
        this.ledger = ledger;
        this.effects = effects;
        this.waiters = waiters;
        this.mailbox = mailbox;
        this.commands = commands;
    }

    /**
     * Begins to end a run.
     *
     * @param grace how long it has before it is killed
     * @param then what to do when nothing of it is left
     */
    void begin(Run run, Duration grace, Runnable then) {
        afterStop = then;
        if (run.startedAt != null) {
            endTree(run, killed ? Duration.ZERO : grace);
        } else if (run.cancelLaunch()) {
            ledger.run = null;
            then.run();
        } // else it ends as soon as its launch has been told
    }

    /** Ends a run that was launched when its stop had begun already. */
    void ofLate(Run run) {
        endTree(run, grace());
    }

    /** Tries once more to end what could not be ended. */
    void tryAgain(Runnable then) {
        Run run = ledger.leftBehind;
        ledger.run = run;
        run.treeGone = false;
        run.survivors = List.of();
        ledger.moveTo(ProcessState.STOPPING, Cause.OPERATOR, "stop requested");
        afterStop = then;
        endTree(run, grace());
    }

    /** Replaces what is to be done after the stop that is under way. */
    void afterStop(Runnable then) {
        afterStop = then;
    }

    /** Nothing is left. */
    void over() {
        afterStop.run();
    }

    /** Kills now, instead of waiting, whatever is being ended. */
    void kill() {
        killed = true;
        Run run = ledger.run;
        if (ledger.isStopping() && run.stop != null) {
            effects.add(run.stop::kill);
        }
        List.copyOf(sweeps).forEach(sweep -> effects.add(sweep::killNow));
    }

    /** Nobody looks after the process from now on: what still lives of it, or comes to live, is killed. */
    void abandon() {
        Run run = ledger.run;
        if (run == null) {
            return;
        }
        run.abandon();
        resources.end(run);
        LaunchedProcess process = run.process;
        if (process != null) {
            effects.outside(() -> Launching.killAtOnce(process));
        }
    }

    /** The process that is being stopped has exited; its tree may still be there. */
    void exited(Run run) {
        effects.add(run.stop::poke);
        finish(run);
    }

    /** What background children a dead process has left behind is ended too; a restart does not wait for it. */
    void sweep(Run run) {
        if (run.process.isOver()) {
            return;
        }
        TreeStopper sweep = new TreeStopper(runtime, run.process, this::escalated);
        sweeps.add(sweep);
        Duration grace = grace();
        effects.add(() -> sweep.stop(spec.stopSignal(), grace)
                .exceptionally(failure -> List.of())
                .thenAccept(left -> mailbox.execute(() -> {
                    sweeps.remove(sweep);
                    swept(left);
                    acknowledge();
                })));
    }

    /** Whoever waits for a stop must not be told that nothing is left. */
    private void swept(List<Long> left) {
        reportSurvivors(left);
        if (!left.isEmpty()) {
            waiters.notStopped(
                    "processes %s, left behind by a run that had ended, are still alive after KILL".formatted(left),
                    left);
        }
    }

    boolean isSweeping() {
        return !sweeps.isEmpty();
    }

    /** A stop is acknowledged when nothing is left, not even of earlier launches. */
    void acknowledge() {
        if (!ledger.state().isLive() && sweeps.isEmpty()) {
            waiters.stopped();
        }
    }

    /** Ends the checks of a run. */
    void ofHealth(Run run) {
        resources.end(run); // who is throttled may be stopped just now, and could not end
        if (!run.healthEnded) {
            run.healthEnded = true;
            run.health.end();
            if (!spec.healthChecks().isEmpty()) {
                effects.outside(run.health::close); // code of theirs
            }
        }
    }

    private Duration grace() {
        return killed ? Duration.ZERO : spec.stopTimeout();
    }

    private void endTree(Run run, Duration grace) {
        ofHealth(run);
        StopSequence stop = new StopSequence(runtime, spec, run, commands, this::escalated);
        run.stop = stop;
        effects.add(() -> {
            try {
                stop.begin(grace)
                        .exceptionally(failure -> List.of(run.process.pid()))
                        .thenAccept(left -> mailbox.execute(() -> treeEnded(run, left)));
            } catch (RuntimeException | Error e) {
                log.error("process '{}': its stop failed", spec.id(), e);
                mailbox.execute(() -> treeEnded(run, List.of(run.process.pid())));
            }
        });
    }

    private void treeEnded(Run run, List<Long> survivors) {
        run.treeGone = true;
        run.survivors = survivors;
        finish(run);
        acknowledge();
    }

    /** Over when the whole tree is gone and the exit has been told; or when something will not go. */
    private void finish(Run run) {
        if (ledger.run != run || !run.treeGone || (!run.exited && run.survivors.isEmpty())) {
            return;
        }
        ledger.run = null;
        ledger.leftBehind = run.survivors.isEmpty() ? null : run;
        if (run.survivors.isEmpty()) {
            over();
            return;
        }
        // A replacement beside what is left of it would do more harm than none.
        reportSurvivors(run.survivors);
        ledger.lastError = "processes %s are still alive after KILL".formatted(run.survivors);
        ledger.moveTo(ProcessState.FAILED, Cause.EXIT, ledger.lastError);
        waiters.notStarted(Reason.GAVE_UP, ledger.lastError, run.launch);
        waiters.notStopped(
                ledger.lastError + "; they hang in the kernel, or belong to another user; stop it again",
                run.survivors);
    }

    private void escalated(List<Long> pids) {
        mailbox.execute(() -> effects.publish(new ProcessEvent.StopEscalated(spec.id(), now(), pids)));
    }

    private void reportSurvivors(List<Long> pids) {
        if (!pids.isEmpty()) {
            effects.publish(new ProcessEvent.SurvivorsLeft(spec.id(), now(), pids));
        }
    }

    private Instant now() {
        return runtime.clock().now();
    }
}
