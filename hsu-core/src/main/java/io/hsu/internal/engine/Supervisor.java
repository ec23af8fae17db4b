package io.hsu.internal.engine;

import io.hsu.CheckRole;
import io.hsu.DesiredState;
import io.hsu.ExitRecord;
import io.hsu.ExitStatus;
import io.hsu.HealthStatus;
import io.hsu.IllegalProcessStateException;
import io.hsu.Operation;
import io.hsu.ProcessEvent;
import io.hsu.ProcessSpec;
import io.hsu.ProcessStartException;
import io.hsu.ProcessStartException.Reason;
import io.hsu.ProcessState;
import io.hsu.ProcessStopException;
import io.hsu.Severity;
import io.hsu.Transition;
import io.hsu.Transition.Cause;
import io.hsu.internal.Durations;
import io.hsu.internal.health.LaunchHealth;
import io.hsu.internal.launch.LaunchedProcess;
import io.hsu.internal.log.ProcessOutput;
import io.hsu.internal.restart.Incident;
import io.hsu.internal.restart.RestartJudge;
import io.hsu.internal.restart.Verdict;
import io.hsu.internal.time.Timer.Cancellable;
import io.hsu.spi.RestartTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Looks after one process: the only writer of its state.
 *
 * <p>Everything that happens comes as a message to its mailbox. A message decides, by the state and nothing else; then
 * the snapshot that readers see is replaced; then what was decided is done (launches, signals, events, futures), outside.
 * What comes late from an earlier launch is dropped by the launch it carries.
 */
final class Supervisor {

    private static final int LAST_LINES = 10;

    private final ProcessSpec spec;
    private final EngineRuntime runtime;
    private final EventBus events;
    private final RestartJudge judge;
    private final Dependencies dependencies;
    private final ProcessOutput output;
    private final Launching launching;
    private final CommandRunner commands;
    private final Runnable onChange;
    private final Mailbox mailbox;
    private final TransitionHistory history = new TransitionHistory();

    // The state, touched by messages only.
    private ProcessState state = ProcessState.REGISTERED;
    private DesiredState desired = DesiredState.STOPPED;
    private Instant since;
    private String reason = "registered";
    private boolean startPending;
    private boolean completed;
    private boolean waiting;
    private String waitingFor;
    private boolean waitingHopelessly;
    private long launches;
    private Run run;
    private Runnable afterStop = () -> {};
    private Instant nextStartAt;
    private Instant circuitOpenUntil;
    private ExitRecord lastExit;
    private String lastError;
    private Reason lastStartFailure = Reason.GAVE_UP;
    private Cancellable startTimer = Cancellable.NONE;
    private Cancellable restartTimer = Cancellable.NONE;
    private Cancellable stableTimer = Cancellable.NONE;
    private final Set<TreeStopper> sweeps = new HashSet<>();
    private List<Long> survivors = List.of();
    private boolean retired;
    private boolean killed;
    private final List<CompletableFuture<Void>> startWaiters = new ArrayList<>();
    private final List<CompletableFuture<Void>> stopWaiters = new ArrayList<>();
    private final Deque<Runnable> effects = new ArrayDeque<>();

    private volatile Snapshot snapshot;

    Supervisor(
            ProcessSpec spec,
            EngineRuntime runtime,
            EventBus events,
            RestartJudge judge,
            Dependencies dependencies,
            ProcessOutput output,
            Runnable onChange) {
        this.spec = spec;
        this.runtime = runtime;
        this.events = events;
        this.judge = judge;
        this.dependencies = dependencies;
        this.output = output;
        this.onChange = onChange;
        this.commands = new CommandRunner(runtime, spec);
        this.launching = new Launching(spec, runtime, commands);
        this.mailbox = new Mailbox(runtime.engine(), "process '" + spec.id() + "'");
        this.since = runtime.clock().now();
        this.snapshot = takeSnapshot();
    }

    // What readers see, from any thread.

    ProcessSpec spec() {
        return spec;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    List<Transition> history() {
        return history.all();
    }

    ProcessOutput output() {
        return output;
    }

    // What users ask for, from any thread.

    /** Wants it to run, without starting it yet; so that others that start with it know. */
    CompletableFuture<Void> intendStart() {
        return ask(done -> {
            if (state.allows(Operation.START)) {
                desired = DesiredState.RUNNING;
                startPending = true;
                completed = false;
            }
            complete(done);
        });
    }

    /** Starts it. */
    CompletableFuture<Void> start() {
        return ask(done -> {
            if (state.allows(Operation.START)) {
                startByUser(done);
            } else {
                fail(done, illegal(Operation.START, state == ProcessState.STOPPING ? "" : alreadyStarted()));
            }
        });
    }

    /** Starts it unless it runs, or joins a start that is under way. */
    CompletableFuture<Void> ensureStarted() {
        return ask(done -> {
            switch (state) {
                case REGISTERED, STOPPED, FAILED -> startByUser(done);
                case STARTING, RESTARTING -> startWaiters.add(done);
                case RUNNING -> complete(done);
                case STOPPING -> fail(done, illegal(Operation.START, ""));
            }
        });
    }

    /** Wants it not to run, without stopping it yet; nothing starts it from now on. */
    CompletableFuture<Void> intendStop() {
        return ask(done -> {
            dropStart("stopped by the operator");
            if (state == ProcessState.RESTARTING) {
                moveTo(ProcessState.STOPPED, Cause.OPERATOR, "stopped by the operator");
            }
            complete(done);
        });
    }

    /** Stops it, with everything that came out of it. */
    CompletableFuture<Void> stop() {
        return ask(done -> {
            dropStart("stopped by the operator");
            stopWaiters.add(done);
            switch (state) {
                case REGISTERED, STOPPED -> {}
                case RESTARTING, FAILED -> moveTo(ProcessState.STOPPED, Cause.OPERATOR, "stopped by the operator");
                case STARTING, RUNNING -> beginStop(Cause.OPERATOR, "stop requested", spec.stopTimeout());
                case STOPPING -> {}
            }
            if (state == ProcessState.STOPPING) {
                afterStop = () -> moveTo(ProcessState.STOPPED, Cause.OPERATOR, "stopped by the operator");
            }
            completeStops();
        });
    }

    /** Stops it if it runs, and starts it. */
    CompletableFuture<Void> restart(boolean force) {
        return ask(done -> {
            if (!state.allows(Operation.RESTART)) {
                fail(done, illegal(Operation.RESTART, ""));
            } else if (circuitOpenUntil != null && !force) {
                fail(
                        done,
                        illegal(
                                Operation.RESTART,
                                "its circuit breaker is open until %s; restart(id, true) goes through it"
                                        .formatted(circuitOpenUntil)));
            } else if (state.isLive()) {
                takeInHand();
                startWaiters.add(done);
                beginStop(Cause.OPERATOR, "restart requested", spec.stopTimeout());
                afterStop = () -> {
                    moveTo(ProcessState.RESTARTING, Cause.OPERATOR, "restart requested");
                    launch(Cause.OPERATOR, "restarted by the operator");
                };
            } else {
                startByUser(done);
            }
        });
    }

    /** Ends it at once, with KILL, and with it whatever an earlier launch has left. */
    void kill() {
        post(() -> {
            killed = true;
            dropStart("killed");
            if (state == ProcessState.RESTARTING) {
                moveTo(ProcessState.STOPPED, Cause.OPERATOR, "killed");
            } else if (state == ProcessState.STOPPING && run.stop != null) {
                StopSequence stop = run.stop;
                effects.add(stop::kill);
            } else if (state == ProcessState.STARTING || state == ProcessState.RUNNING) {
                beginStop(Cause.OPERATOR, "kill requested", Duration.ZERO);
                afterStop = () -> moveTo(ProcessState.STOPPED, Cause.OPERATOR, "killed");
            }
            List.copyOf(sweeps).forEach(sweep -> effects.add(sweep::killNow));
        });
    }

    /** Ends its supervision, if its state allows; every later message is ignored. */
    CompletableFuture<Void> retire() {
        return ask(done -> {
            if (!state.allows(Operation.REMOVE) || !sweeps.isEmpty()) {
                fail(done, illegal(Operation.REMOVE, "call stop(\"%s\") first".formatted(spec.id())));
                return;
            }
            dropStart("removed");
            retired = true;
            effects.add(output::close);
            publish(new ProcessEvent.ProcessRemoved(spec.id(), now()));
            complete(done);
        });
    }

    /** The manager is closed: nothing is done from now on. */
    CompletableFuture<Void> close() {
        return ask(done -> {
            retired = true;
            effects.add(output::close);
            complete(done);
        });
    }

    /** Something about a process that this one may wait for has changed. */
    void dependencyChanged() {
        post(() -> {
            if (waiting) {
                attemptStart(Cause.DEPENDENCY, "what it depends on is there");
            }
        });
    }

    // Starting.

    private void startByUser(CompletableFuture<Void> done) {
        takeInHand();
        startWaiters.add(done);
        if (state == ProcessState.RESTARTING) {
            launch(Cause.OPERATOR, "restarted by the operator");
        } else {
            attemptStart(Cause.OPERATOR, "started by the operator");
        }
    }

    /** An operator decides anew: what was counted against the process is forgotten. */
    private void takeInHand() {
        desired = DesiredState.RUNNING;
        startPending = false;
        completed = false;
        closeCircuit();
    }

    private void closeCircuit() {
        circuitOpenUntil = null;
        if (judge.reset()) {
            publish(new ProcessEvent.CircuitClosed(spec.id(), now()));
        }
    }

    private void attemptStart(Cause cause, String why) {
        Dependencies.Standing standing = dependencies.of(spec);
        waiting = !(standing instanceof Dependencies.Standing.Met);
        waitingHopelessly = standing instanceof Dependencies.Standing.Hopeless;
        if (standing instanceof Dependencies.Standing.Pending pending) {
            waitingFor = pending.waitingFor();
        } else if (standing instanceof Dependencies.Standing.Hopeless hopeless) {
            waitingFor = hopeless.waitingFor();
            failStarts(Reason.DEPENDENCY_FAILED, "it waits for " + waitingFor);
        } else {
            waitingFor = null;
            launch(cause, why);
        }
    }

    private void launch(Cause cause, String why) {
        restartTimer.cancel();
        nextStartAt = null;
        circuitOpenUntil = null;
        moveTo(ProcessState.STARTING, cause, why);
        long number = ++launches;
        Run starting = new Run(number, output.launch(number), (ended, status) -> post(() -> exited(ended, status)));
        run = starting;
        effects.add(() -> runtime.system()
                .execute(() -> launching.launch(
                        starting,
                        this::post,
                        new HealthListener(starting),
                        process -> post(() -> launched(starting, process)),
                        failure -> post(() -> notLaunched(starting, failure)))));
    }

    private void launched(Run started, LaunchedProcess process) {
        started.startedAt = now();
        started.startedNanos = runtime.clock().nanos();
        publish(new ProcessEvent.ProcessStarted(spec.id(), now(), started.launch, process.pid()));
        if (state == ProcessState.STOPPING) {
            endTree(started, killed ? Duration.ZERO : spec.stopTimeout());
            return;
        }
        if (!started.health.gatesStart()) {
            running("started, pid " + process.pid());
        }
        started.health.begin();
    }

    private void notLaunched(Run failed, ProcessStartException failure) {
        run = null;
        failed.exited = true;
        lastError = failure.getMessage();
        lastStartFailure = failure.reason();
        publish(new ProcessEvent.StartFailed(spec.id(), now(), failed.launch, failure));
        if (state == ProcessState.STOPPING) {
            afterStop.run();
        } else {
            follow(
                    judge(RestartTrigger.START_FAILURE, failure.getMessage(), Optional.empty(), failure, Duration.ZERO),
                    Cause.LAUNCH);
        }
        completeStops();
    }

    private void armStartTimer(Run started) {
        startTimer = later(spec.startTimeout(), () -> {
            if (run == started && state == ProcessState.STARTING) {
                lastStartFailure = Reason.TIMEOUT;
                replace(
                        RestartTrigger.START_TIMEOUT,
                        "it was not ready within %s: %s"
                                .formatted(Durations.text(spec.startTimeout()), unready(started.health)),
                        Cause.LAUNCH);
            }
        });
    }

    private static String unready(LaunchHealth health) {
        return health.statuses().stream()
                .filter(check -> check.role() != CheckRole.LIVENESS && check.status() != HealthStatus.HEALTHY)
                .map(check -> "%s check: %s"
                        .formatted(check.name(), check.reason().isEmpty() ? "no answer yet" : check.reason()))
                .findFirst()
                .orElse("no check has answered");
    }

    private void running(String why) {
        startTimer.cancel();
        lastError = null;
        moveTo(ProcessState.RUNNING, Cause.LAUNCH, why);
        completeStarts();
        Run current = run;
        stableTimer = later(spec.restart().resetAfter(), () -> {
            if (run == current && state == ProcessState.RUNNING) {
                closeCircuit();
            }
        });
    }

    /** What the checks of one launch say. */
    private final class HealthListener implements LaunchHealth.Listener {
        private final Run checked;

        HealthListener(Run checked) {
            this.checked = checked;
        }

        @Override
        public void changed(String check, HealthStatus from, HealthStatus to, String why) {
            publish(new ProcessEvent.HealthChanged(spec.id(), now(), check, from, to, why));
        }

        @Override
        public void startupPassed() {
            if (run == checked && state == ProcessState.STARTING && checked.health.gatesStart()) {
                armStartTimer(checked);
            }
        }

        @Override
        public void ready() {
            if (run == checked && state == ProcessState.STARTING) {
                running("ready, pid " + checked.process.pid());
            }
        }

        @Override
        public void failed(CheckRole role, String why) {
            if (run != checked || !(state == ProcessState.RUNNING || state == ProcessState.STARTING)) {
                return;
            }
            // A startup check is a grace of its own: its threshold has been waited for already.
            boolean inGrace = uptime(checked).compareTo(spec.restart().startupGrace()) < 0;
            if (role == CheckRole.STARTUP || !inGrace || checked.health.startupWasChecked()) {
                lastStartFailure = Reason.UNHEALTHY;
                replace(RestartTrigger.HEALTH_FAILURE, why, Cause.HEALTH);
            }
        }
    }

    // Ending.

    private void exited(Run ended, ExitStatus status) {
        ended.exited = true;
        ExitRecord exit = new ExitRecord(
                ended.launch,
                ended.process.pid(),
                status,
                isSuccess(status),
                now(),
                uptime(ended),
                output.lastLines(ended.launch, LAST_LINES));
        publish(new ProcessEvent.ProcessExited(spec.id(), now(), exit));
        endHealth(ended);
        lastExit = exit;
        if (run != ended) {
            return; // given up on already, as something that would not die
        }
        if (state == ProcessState.STOPPING) {
            if (ended.stop != null) {
                effects.add(ended.stop::poke);
            }
            finishStop(ended);
            return;
        }
        boolean wasStarting = state == ProcessState.STARTING;
        run = null;
        startTimer.cancel();
        stableTimer.cancel();
        sweep(ended);
        String why = status.toString() + (wasStarting ? " before it was ready" : "");
        if (!exit.success() || wasStarting) {
            lastError = why;
            lastStartFailure = Reason.EXITED;
        }
        RestartTrigger trigger = exit.success() ? RestartTrigger.CLEAN_EXIT : RestartTrigger.FAILURE_EXIT;
        Verdict verdict = judge(trigger, why, Optional.of(exit), null, exit.uptime());
        completed = exit.success() && desired == DesiredState.RUNNING && verdict instanceof Verdict.Stopped;
        follow(verdict, Cause.EXIT);
        completeStops();
    }

    private boolean isSuccess(ExitStatus status) {
        if (status instanceof ExitStatus.Exited exited) {
            return spec.successExitCodes().contains(exited.code());
        }
        return status instanceof ExitStatus.Killed killedBy
                && spec.successExitCodes().contains(128 + killedBy.signal());
    }

    /** What background children a dead process has left behind is ended too; a restart does not wait for it. */
    private void sweep(Run ended) {
        TreeStopper sweep = new TreeStopper(runtime, ended.process, this::escalated);
        sweeps.add(sweep);
        Duration grace = killed ? Duration.ZERO : spec.stopTimeout();
        effects.add(() -> sweep.stop(spec.stopSignal(), grace)
                .thenAccept(left -> post(() -> {
                    sweeps.remove(sweep);
                    reportSurvivors(left);
                    completeStops();
                })));
    }

    /** Ends a run that is not well, and then does what the restart policy says. */
    private void replace(RestartTrigger trigger, String why, Cause cause) {
        lastError = why;
        Verdict verdict = judge(trigger, why, Optional.empty(), null, uptime(run));
        beginStop(cause, why, spec.stopTimeout());
        afterStop = () -> follow(verdict, cause);
    }

    private void beginStop(Cause cause, String why, Duration grace) {
        moveTo(ProcessState.STOPPING, cause, why);
        startTimer.cancel();
        stableTimer.cancel();
        afterStop = () -> moveTo(ProcessState.STOPPED, cause, why);
        if (run.process != null && run.startedAt != null) {
            endTree(run, grace);
        }
    }

    private void endTree(Run ending, Duration grace) {
        endHealth(ending);
        StopSequence stop = new StopSequence(runtime, spec, ending.process, commands, this::escalated);
        ending.stop = stop;
        effects.add(() -> stop.begin(grace)
                .thenAccept(left -> post(() -> {
                    ending.treeGone = true;
                    survivors = left;
                    finishStop(ending);
                })));
    }

    /** Over when the whole tree is gone and the exit has been told; or when something will not go. */
    private void finishStop(Run ending) {
        if (run != ending || !ending.treeGone || (!ending.exited && survivors.isEmpty())) {
            return;
        }
        run = null;
        if (survivors.isEmpty()) {
            afterStop.run();
        } else {
            List<Long> left = survivors;
            survivors = List.of();
            reportSurvivors(left);
            lastError = "processes %s are still alive after KILL".formatted(left);
            moveTo(ProcessState.FAILED, Cause.EXIT, lastError);
            failStarts(Reason.GAVE_UP, lastError);
            ProcessStopException failure = new ProcessStopException(
                    spec.id(),
                    "process '%s' could not be stopped: %s; they hang in the kernel, or belong to another user"
                            .formatted(spec.id(), lastError),
                    left);
            stopWaiters.forEach(waiter -> fail(waiter, failure));
            stopWaiters.clear();
        }
        completeStops();
    }

    private void follow(Verdict verdict, Cause cause) {
        if (desired == DesiredState.STOPPED) {
            // Asked again here, because the verdict may be older than the operator's stop.
            moveTo(ProcessState.STOPPED, cause, verdict.reason());
        } else if (verdict instanceof Verdict.Again again) {
            moveTo(ProcessState.RESTARTING, cause, again.reason());
            scheduleRestart(again);
        } else if (verdict instanceof Verdict.Stopped stopped) {
            moveTo(ProcessState.STOPPED, cause, stopped.reason());
            failStarts(lastStartFailure, stopped.reason());
        } else {
            lastError = verdict.reason();
            moveTo(ProcessState.FAILED, cause, verdict.reason());
            failStarts(lastStartFailure, verdict.reason());
        }
    }

    private void scheduleRestart(Verdict.Again again) {
        publish(new ProcessEvent.RestartScheduled(
                spec.id(), now(), again.trigger(), again.retry(), again.delay(), again.reason()));
        if (again.circuit() == Verdict.Circuit.OPENED) {
            circuitOpenUntil = now().plus(again.delay());
            publish(new ProcessEvent.CircuitOpened(spec.id(), now(), circuitOpenUntil));
        }
        String why = "restart %d after %s".formatted(again.retry(), Durations.text(again.delay()));
        if (again.delay().isZero()) {
            launch(Cause.TIMER, why);
            return;
        }
        nextStartAt = now().plus(again.delay());
        long forLaunch = launches;
        restartTimer = later(again.delay(), () -> {
            if (state == ProcessState.RESTARTING && launches == forLaunch) {
                launch(Cause.TIMER, why);
            }
        });
    }

    private Verdict judge(
            RestartTrigger trigger,
            String why,
            Optional<ExitRecord> exit,
            ProcessStartException failure,
            Duration uptime) {
        if (desired == DesiredState.STOPPED) {
            return new Verdict.Stopped(why);
        }
        boolean permanent = failure != null && failure.reason().isPermanent();
        Incident incident = new Incident(trigger, why, exit, permanent, Severity.CRITICAL, uptime);
        return judge.judge(incident, runtime.clock().nanos());
    }

    private void endHealth(Run ended) {
        LaunchHealth health = ended.health;
        if (health != null && !ended.healthEnded) {
            ended.healthEnded = true;
            health.end();
            effects.add(() -> outside(health::close));
        }
    }

    private void escalated(List<Long> pids) {
        post(() -> publish(new ProcessEvent.StopEscalated(spec.id(), now(), pids)));
    }

    private void reportSurvivors(List<Long> left) {
        if (!left.isEmpty()) {
            publish(new ProcessEvent.SurvivorsLeft(spec.id(), now(), left));
        }
    }

    private Duration uptime(Run of) {
        return of.startedAt == null
                ? Duration.ZERO
                : Duration.ofNanos(runtime.clock().nanos() - of.startedNanos);
    }

    // Moving and telling.

    /** Takes back whatever would start it: the operator wins. */
    private void dropStart(String why) {
        desired = DesiredState.STOPPED;
        startPending = false;
        completed = false;
        waiting = false;
        waitingFor = null;
        waitingHopelessly = false;
        restartTimer.cancel();
        nextStartAt = null;
        circuitOpenUntil = null;
        failStarts(Reason.STOPPED, why);
    }

    private void moveTo(ProcessState next, Cause cause, String why) {
        if (!state.canMoveTo(next)) {
            throw new IllegalStateException(
                    "process '%s' cannot go from %s to %s (%s)".formatted(spec.id(), state, next, why));
        }
        ProcessState from = state;
        state = next;
        since = now();
        reason = why;
        history.add(new Transition(since, from, next, cause, why));
        publish(new ProcessEvent.StateChanged(spec.id(), since, from, next, why));
    }

    private void publish(ProcessEvent event) {
        effects.add(() -> events.publish(event));
    }

    private void completeStarts() {
        startWaiters.forEach(this::complete);
        startWaiters.clear();
    }

    private void failStarts(Reason kind, String why) {
        if (startWaiters.isEmpty()) {
            return;
        }
        List<String> lines = kind == Reason.DEPENDENCY_FAILED || kind == Reason.STOPPED
                ? List.of()
                : output.lastLines(launches, LAST_LINES);
        String prefix = "process '%s'".formatted(spec.id());
        String message = why.startsWith(prefix) ? why : prefix + " did not start: " + why;
        ProcessStartException failure = new ProcessStartException(spec.id(), kind, message, lines, null);
        startWaiters.forEach(waiter -> fail(waiter, failure));
        startWaiters.clear();
    }

    /** A stop is acknowledged when nothing is left, not even of earlier launches. */
    private void completeStops() {
        if (!state.isLive() && sweeps.isEmpty()) {
            stopWaiters.forEach(this::complete);
            stopWaiters.clear();
        }
    }

    /** A future's dependants are not ours: they run outside. */
    private void complete(CompletableFuture<Void> future) {
        effects.add(() -> outside(() -> future.complete(null)));
    }

    private void fail(CompletableFuture<Void> future, RuntimeException failure) {
        effects.add(() -> outside(() -> future.completeExceptionally(failure)));
    }

    private void outside(Runnable task) {
        try {
            runtime.outside().execute(task);
        } catch (RejectedExecutionException e) {
            task.run(); // the manager is being closed: nobody else is left to do it
        }
    }

    private IllegalProcessStateException illegal(Operation operation, String advice) {
        return new IllegalProcessStateException(spec.id(), state, operation, advice);
    }

    private String alreadyStarted() {
        return state == ProcessState.RUNNING
                ? "it runs already; use restart, or stop it first"
                : "it is about to run already; wait for it, or use restart";
    }

    private Instant now() {
        return runtime.clock().now();
    }

    private Cancellable later(Duration delay, Runnable message) {
        return runtime.timer().schedule(delay, () -> post(message));
    }

    private CompletableFuture<Void> ask(Consumer<CompletableFuture<Void>> message) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        mailbox.execute(() -> {
            if (retired) {
                done.completeExceptionally(new IllegalStateException(
                        "process '%s' is no longer managed: it was removed, or its manager was closed"
                                .formatted(spec.id())));
            } else {
                handle(() -> message.accept(done));
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
        } finally {
            snapshot = takeSnapshot();
            while (!effects.isEmpty()) {
                effects.remove().run();
            }
        }
        if (snapshot.mattersToOthers(before)) {
            onChange.run();
        }
    }

    private Snapshot takeSnapshot() {
        Run current = run;
        boolean alive = current != null && current.startedAt != null && !current.exited;
        return new Snapshot(
                spec.id(),
                state,
                desired,
                startPending,
                completed,
                since,
                reason,
                launches,
                alive ? OptionalLong.of(current.process.pid()) : OptionalLong.empty(),
                alive ? current.startedAt : null,
                alive ? current.health.overall() : HealthStatus.UNKNOWN,
                alive ? current.health.statuses() : List.of(),
                judge.restarts(),
                judge.retries(),
                nextStartAt,
                circuitOpenUntil,
                waitingFor,
                waitingHopelessly,
                lastExit,
                lastError);
    }
}
