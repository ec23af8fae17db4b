package io.hsu.internal.engine;

import io.hsu.DesiredState;
import io.hsu.HsuException;
import io.hsu.Operation;
import io.hsu.ProcessEvent;
import io.hsu.ProcessEvent.HealthChanged;
import io.hsu.ProcessSpec;
import io.hsu.ProcessStartException.Reason;
import io.hsu.ProcessState;
import io.hsu.ResourceHistory;
import io.hsu.Transition;
import io.hsu.Transition.Cause;
import io.hsu.internal.launch.LaunchedProcess;
import io.hsu.internal.log.ProcessOutput;
import io.hsu.internal.restart.RestartJudge;
import io.hsu.internal.state.PortFile;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after one process: the only writer of its state.
 *
 * <p>Everything that happens comes as a message to its mailbox. A message decides, by the state and nothing else; then the
 * snapshot that readers see is replaced; then what was decided is done, outside. What users ask for stands here; what
 * follows from it in {@link Lifecycle}.
 */
final class Supervisor {

    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

    private static final String ON_REQUEST = "stopped on request";

    private final ProcessSpec spec;
    private final EngineRuntime runtime;
    private final RestartJudge judge;
    private final Dependencies dependencies;
    private final ProcessOutput output;
    private final Runnable onChange;
    private final Mailbox mailbox;
    private final Effects effects;
    private final Ledger ledger;
    private final Waiters waiters;
    private final Lifecycle lifecycle;
    private boolean retired;
    private boolean closing;
    private volatile Snapshot snapshot;

    /**
     * @param launches how many launches there were, of earlier managers
     * @param dependencies tells how it stands with what the process depends on
     * @param onChange told when something has changed that another process may wait for
     */
    Supervisor(
            ProcessSpec spec,
            long launches,
            EngineRuntime runtime,
            EventBus events,
            RestartJudge judge,
            Dependencies dependencies,
            ProcessOutput output,
            PortFile portFile,
            Oversight oversight,
            Runnable onChange) {
        this.spec = spec;
        this.runtime = runtime;
        this.judge = judge;
        this.dependencies = dependencies;
        this.output = output;
        this.onChange = onChange;
        this.mailbox = new Mailbox(runtime.engine(), "process '" + spec.id() + "'");
        this.effects = new Effects(runtime, events);
        this.ledger = new Ledger(spec.id(), runtime.clock(), effects);
        this.ledger.launches = launches;
        this.waiters = new Waiters(spec, effects, output);
        this.lifecycle =
                new Lifecycle(spec, runtime, ledger, effects, waiters, judge, output, portFile, oversight, this::post);
        this.snapshot = ledger.snapshot(judge, lifecycle.resources());
    }

    // What readers see, from any thread.

    ProcessSpec spec() {
        return spec;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    List<Transition> history() {
        return ledger.history();
    }

    List<HealthChanged> healthHistory() {
        return ledger.healthHistory();
    }

    ResourceHistory resources() {
        return lifecycle.resources().history();
    }

    ProcessOutput output() {
        return output;
    }

    // What users ask for, from any thread.

    /** Is about to be started with others, if it does not run; {@link #startIntended} starts it. */
    CompletableFuture<Void> intendStart() {
        return ask(done -> {
            if (ledger.state().allows(Operation.START) && !closing && ledger.leftBehind == null) {
                ledger.startsPending++;
            }
            // Not outside: only the engine waits for this, and starting a thousand would take a thousand more turns.
            effects.add(() -> done.complete(null));
        });
    }

    /** Starts it, and refuses if it runs: where nothing else is to be started first, both steps are one. */
    CompletableFuture<Void> start() {
        return ask(done -> {
            if (mayStart(done)) {
                startByOperator(done);
            }
        });
    }

    /** Is about to be started, and refuses if it runs; {@link #startIntended} starts it. */
    CompletableFuture<Void> requestStart() {
        return ask(done -> {
            if (mayStart(done)) {
                ledger.startsPending++;
                effects.answer(done);
            }
        });
    }

    /** {@return whether it may; if not, that has been answered} */
    private boolean mayStart(CompletableFuture<Void> done) {
        if (closing) {
            effects.refuse(done, closed());
        } else if (ledger.leftBehind != null) {
            effects.refuse(done, ledger.illegal(Operation.START, leftBehind()));
        } else if (ledger.state().allows(Operation.START)) {
            return true;
        } else {
            effects.refuse(done, ledger.illegal(Operation.START, whyNotStart()));
        }
        return false;
    }

    /** Is not about to be started after all. */
    void withdrawStart() {
        post(() -> ledger.startsPending = Math.max(0, ledger.startsPending - 1));
    }

    private String whyNotStart() {
        return switch (ledger.state()) {
            case RUNNING -> "it runs already; use restart, or stop it first";
            case STARTING, RESTARTING -> "it is about to run already; wait for it, or use restart";
            default -> "";
        };
    }

    /** Starts it if that is still intended: a stop that came in between has taken the intention back. */
    CompletableFuture<Void> startIntended() {
        return ask(done -> {
            if (ledger.state().isLive() && ledger.isUnwanted()) {
                effects.refuse(done, ledger.illegal(Operation.START, "it is being stopped; wait for that"));
                return;
            }
            switch (ledger.state()) {
                case REGISTERED, STOPPED, FAILED -> startIfStillIntended(done);
                case STARTING, RESTARTING -> waiters.awaitStart(done);
                case RUNNING -> effects.answer(done);
                case STOPPING -> effects.refuse(done, ledger.illegal(Operation.START, ""));
            }
        });
    }

    private void startIfStillIntended(CompletableFuture<Void> done) {
        if (ledger.startsPending > 0 && !closing) {
            startByOperator(done);
        } else if (ledger.completed) {
            effects.answer(done); // another start was quicker, and it has done its work since
        } else if (ledger.waitingHopelessly) {
            waiters.refuseStart(done, Reason.DEPENDENCY_FAILED, "it waits for " + ledger.waitingFor);
        } else if (ledger.waitingFor != null) {
            waiters.awaitStart(done); // another start was quicker, and it waits
        } else if (ledger.isUnwanted() || ledger.lastError == null) {
            waiters.refuseStart(done, Reason.STOPPED, ON_REQUEST);
        } else {
            waiters.refuseStart(done, Reason.GAVE_UP, ledger.lastError);
        }
    }

    /** Refuses every start from now on: the manager is about to close. */
    void refuseStarts() {
        post(() -> closing = true);
    }

    /** Wants it not to run, without stopping it yet; nothing starts it from now on. */
    CompletableFuture<Void> intendStop() {
        return ask(done -> {
            dropStart();
            if (ledger.state() == ProcessState.RESTARTING) {
                toStopped();
            }
            effects.answer(done);
        });
    }

    /** Stops it, with everything that came out of it. */
    CompletableFuture<Void> stop() {
        return ask(done -> {
            dropStart();
            waiters.awaitStop(done);
            switch (ledger.state()) {
                case RESTARTING -> toStopped();
                case STARTING, RUNNING ->
                    lifecycle.stop(Cause.OPERATOR, "stop requested", spec.stopTimeout(), this::toStopped);
                case FAILED -> {
                    if (ledger.leftBehind != null) {
                        lifecycle.ending().tryAgain(this::toStopped);
                    } // else it stays FAILED: what has failed stays to be seen
                }
                case REGISTERED, STOPPED, STOPPING -> {
                    // It is not running, or on its way there.
                }
            }
            lifecycle.ending().acknowledge();
        });
    }

    /** Stops it if it runs, and starts it. */
    CompletableFuture<Void> restart(boolean force) {
        return ask(done -> {
            if (closing) {
                effects.refuse(done, closed());
            } else if (ledger.leftBehind != null) {
                effects.refuse(done, ledger.illegal(Operation.RESTART, leftBehind()));
            } else if (!ledger.state().allows(Operation.RESTART)) {
                effects.refuse(done, ledger.illegal(Operation.RESTART, ""));
            } else if (ledger.circuitOpenUntil != null && !force) {
                String advice = "its circuit breaker is open until %s; restart(\"%s\", true) goes through it"
                        .formatted(ledger.circuitOpenUntil, spec.id());
                effects.refuse(done, ledger.illegal(Operation.RESTART, advice));
            } else if (ledger.isUp()) {
                takeInHand();
                waiters.awaitStart(done);
                lifecycle.stop(Cause.OPERATOR, "restart requested", spec.stopTimeout(), () -> {
                    ledger.moveTo(ProcessState.RESTARTING, Cause.OPERATOR, "restart requested");
                    lifecycle.launch(Cause.OPERATOR, "restarted on request");
                });
            } else {
                startByOperator(done);
            }
        });
    }

    /** Ends it at once, with KILL, and with it whatever an earlier launch has left. */
    void kill() {
        post(() -> {
            dropStart();
            if (ledger.state() == ProcessState.RESTARTING) {
                toStopped();
            }
            lifecycle.ending().kill();
            if (ledger.isUp()) {
                lifecycle.stop(Cause.OPERATOR, "kill requested", Duration.ZERO, this::toStopped);
            }
        });
    }

    /** Kills what there is without the mailbox, which hangs. From any thread; the only one that looks into another's ledger. */
    void killDirectly() {
        Run run = ledger.run;
        LaunchedProcess process = run == null ? null : run.process;
        if (process != null) {
            runtime.outside().execute(() -> Launching.killAtOnce(process));
        }
    }

    /** Ends its supervision, if its state allows; every later message is ignored. */
    CompletableFuture<Void> retire() {
        return ask(done -> {
            if (!ledger.state().allows(Operation.REMOVE)
                    || lifecycle.ending().isSweeping()
                    || ledger.leftBehind != null) {
                effects.refuse(done, ledger.illegal(Operation.REMOVE, "call stop(\"%s\") first".formatted(spec.id())));
                return;
            }
            dropStart();
            effects.publish(
                    new ProcessEvent.ProcessRemoved(spec.id(), runtime.clock().now()));
            end(done);
        });
    }

    /** The manager is closed: nothing is done from now on. */
    CompletableFuture<Void> close() {
        return ask(this::end);
    }

    private void end(CompletableFuture<Void> done) {
        retired = true;
        lifecycle.ending().abandon();
        waiters.notStarted(Reason.STOPPED, ON_REQUEST, 0);
        waiters.notStopped("its manager was closed before it had ended", List.of());
        effects.outside(output::close); // a file may hang
        lifecycle.retire();
        effects.answerAfter(lifecycle::commandsGone, done); // nothing is left when a manager is closed
    }

    /** Something about a process that this one may wait for has changed. */
    void dependencyChanged() {
        post(() -> {
            if (ledger.waitingFor != null) {
                startWhenDependenciesAreMet(Cause.DEPENDENCY, "what it depends on is there");
            }
        });
    }

    private void startByOperator(CompletableFuture<Void> done) {
        takeInHand();
        waiters.awaitStart(done);
        if (ledger.state() == ProcessState.RESTARTING) {
            lifecycle.launch(Cause.OPERATOR, "restarted on request");
        } else {
            startWhenDependenciesAreMet(Cause.OPERATOR, "started on request");
        }
    }

    private void startWhenDependenciesAreMet(Cause cause, String why) {
        Dependencies.Standing standing = dependencies.of(spec);
        String before = ledger.waitingFor;
        ledger.waitingFor = standing.waitingFor();
        ledger.waitingHopelessly = standing instanceof Dependencies.Standing.Hopeless;
        if (standing instanceof Dependencies.Standing.Met) {
            lifecycle.launch(cause, why);
            return;
        }
        if (!ledger.waitingFor.equals(before)) {
            effects.publish(new ProcessEvent.Waiting(
                    spec.id(), runtime.clock().now(), ledger.waitingFor, ledger.waitingHopelessly));
        }
        if (ledger.waitingHopelessly) {
            waiters.notStarted(Reason.DEPENDENCY_FAILED, "it waits for " + ledger.waitingFor, 0);
        }
    }

    /** An operator decides anew: what was counted against the process is forgotten. */
    private void takeInHand() {
        ledger.desired = DesiredState.RUNNING;
        ledger.startsPending = 0;
        ledger.completed = false;
        lifecycle.forgetFailures();
        lifecycle.resources().forgetAdjustments();
    }

    /** Takes back whatever would start it: the operator wins. */
    private void dropStart() {
        ledger.desired = DesiredState.STOPPED;
        ledger.startsPending = 0;
        ledger.completed = false;
        ledger.waitingFor = null;
        ledger.waitingHopelessly = false;
        lifecycle.cancelRestart();
        if (ledger.isStopping()) {
            lifecycle.ending().afterStop(this::toStopped);
        }
        waiters.notStarted(Reason.STOPPED, ON_REQUEST, 0);
    }

    private void toStopped() {
        ledger.moveTo(ProcessState.STOPPED, Cause.OPERATOR, ON_REQUEST);
    }

    // The mailbox.

    private CompletableFuture<Void> ask(Consumer<CompletableFuture<Void>> message) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        mailbox.execute(() -> {
            if (retired) {
                effects.refuse(done, closed());
                effects.perform();
            } else {
                handle(() -> {
                    try {
                        message.accept(done);
                    } catch (RuntimeException | Error e) {
                        effects.refuse(
                                done,
                                new HsuException(spec.id(), "process '%s': internal error".formatted(spec.id()), e));
                        throw e;
                    }
                });
            }
        });
        return done;
    }

    private void post(Runnable message) {
        mailbox.execute(() -> {
            if (!retired) {
                handle(message);
            }
        });
    }

    /** Decide, show, do. */
    private void handle(Runnable message) {
        Snapshot before = snapshot;
        try {
            message.run();
            snapshot = ledger.snapshot(judge, lifecycle.resources());
        } catch (RuntimeException | Error e) {
            log.error("process '{}': a message failed, which is a bug in HSU; the process is ended", spec.id(), e);
            lifecycle.giveUp("internal error: " + e);
            snapshot = ledger.snapshot(judge, lifecycle.resources());
        }
        if (snapshot.state() != before.state()) {
            lifecycle.entered(snapshot.state());
        }
        effects.perform();
        if (snapshot.mattersToOthers(before)) {
            onChange.run();
        }
    }

    private RetiredException closed() {
        return new RetiredException(spec.id(), closing);
    }

    private String leftBehind() {
        return "something of its last run is still alive; call stop(\"%s\") again".formatted(spec.id());
    }
}
