package io.hsu.internal.engine;

import io.hsu.CheckRole;
import io.hsu.CheckStatus;
import io.hsu.ExitRecord;
import io.hsu.ExitStatus;
import io.hsu.HealthStatus;
import io.hsu.ProcessEvent;
import io.hsu.ProcessKind;
import io.hsu.ProcessSpec;
import io.hsu.ProcessStartException;
import io.hsu.ProcessStartException.Reason;
import io.hsu.ProcessState;
import io.hsu.Severity;
import io.hsu.Signal;
import io.hsu.Transition.Cause;
import io.hsu.internal.Durations;
import io.hsu.internal.health.LaunchHealth;
import io.hsu.internal.launch.LaunchedProcess;
import io.hsu.internal.limit.LimitWatch.Finding;
import io.hsu.internal.log.ProcessOutput;
import io.hsu.internal.restart.Incident;
import io.hsu.internal.restart.RestartJudge;
import io.hsu.internal.restart.Verdict;
import io.hsu.internal.state.PortFile;
import io.hsu.internal.time.Timer.Cancellable;
import io.hsu.spi.RestartTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The way of a process: launched, watched, judged, restarted; how it ends is {@link Ending}'s. Used from the process's mailbox only; what comes from
 * elsewhere (exits, timers, checks) is posted there, with the launch it belongs to.
 */
final class Lifecycle {

    private final ProcessSpec spec;
    private final EngineRuntime runtime;
    private final Ledger ledger;
    private final Effects effects;
    private final Waiters waiters;
    private final RestartJudge judge;
    private final ProcessOutput output;
    private final Executor mailbox;
    private final Ending ending;
    private final CommandRunner commands;
    private final Launching launching;
    private final ResourceGuard resources;

    private Reason lastStartFailure = Reason.GAVE_UP;
    private Cancellable startTimer = Cancellable.NONE;
    private Cancellable restartTimer = Cancellable.NONE;
    private Cancellable stableTimer = Cancellable.NONE;

    Lifecycle(
            ProcessSpec spec,
            EngineRuntime runtime,
            Ledger ledger,
            Effects effects,
            Waiters waiters,
            RestartJudge judge,
            ProcessOutput output,
            PortFile portFile,
            Oversight oversight,
            Executor mailbox) {
        this.spec = spec;
        this.runtime = runtime;
        this.ledger = ledger;
        this.effects = effects;
        this.waiters = waiters;
        this.judge = judge;
        this.output = output;
        this.mailbox = mailbox;
        this.commands = new CommandRunner(runtime);
        this.launching = new Launching(spec, runtime, commands, portFile);
        this.resources =
                new ResourceGuard(spec, runtime, effects, oversight, mailbox, this::limitBroken, launching::limits);
        this.ending = new Ending(spec, runtime, ledger, effects, waiters, mailbox, commands, resources);
    }

    // Launched.

    void launch(Cause cause, String why) {
        restartTimer.cancel();
        ledger.nextStartAt = null;
        ledger.circuitOpenUntil = null;
        ledger.moveTo(ProcessState.STARTING, cause, why);
        long number = ++ledger.launches;
        Run run = new Run(number, output.launch(number), (ended, exit) -> mailbox.execute(() -> exited(ended, exit)));
        ledger.run = run;
        effects.add(() -> launching.begin(
                run,
                mailbox,
                new HealthListener(run),
                process -> mailbox.execute(() -> launched(run, process)),
                failure -> mailbox.execute(() -> notLaunched(run, failure))));
    }

    private void launched(Run run, LaunchedProcess process) {
        if (!isCurrent(run)) {
            effects.add(() -> new TreeStopper(runtime, process, pids -> {}).stop(Signal.KILL, Duration.ZERO));
            return; // given up on meanwhile
        }
        run.startedAt = now();
        run.startedNanos = runtime.clock().nanos();
        effects.publish(new ProcessEvent.ProcessStarted(spec.id(), now(), run.launch, process.pid()));
        if (ledger.isStopping()) {
            ending.ofLate(run);
            return;
        }
        resources.begin(run);
        if (!run.health.gatesStart()) {
            running(run, "started, " + words(run));
        }
        run.health.begin();
    }

    private void notLaunched(Run run, ProcessStartException failure) {
        if (!isCurrent(run)) {
            return; // given up on meanwhile
        }
        ledger.run = null;
        ledger.lastError = failure.getMessage();
        lastStartFailure = failure.reason();
        effects.publish(new ProcessEvent.StartFailed(spec.id(), now(), run.launch, failure));
        if (ledger.isStopping()) {
            ending.over();
        } else {
            follow(
                    judge(incident(
                            RestartTrigger.START_FAILURE,
                            failure.getMessage(),
                            Optional.empty(),
                            failure.reason().isPermanent(),
                            Duration.ZERO)),
                    Cause.LAUNCH);
        }
        ending.acknowledge();
    }

    private void running(Run run, String why) {
        startTimer.cancel();
        ledger.lastError = null;
        ledger.moveTo(ProcessState.RUNNING, Cause.LAUNCH, why);
        waiters.started();
        stableTimer = later(spec.restart().resetAfter(), () -> {
            if (!isStable(run)) {
                return;
            }
            if (judge.resetAllButViolations()) {
                forgetFailures();
            } else {
                // A limit is broken only when that has lasted: as much longer it takes to prove itself.
                stableTimer = later(spec.restart().sustainedViolation(), () -> forgetViolations(run));
            }
        });
    }

    private boolean isStable(Run run) {
        return isCurrent(run) && ledger.state() == ProcessState.RUNNING;
    }

    /** Once no limit is exceeded that could end it. */
    private void forgetViolations(Run run) {
        if (!isStable(run)) {
            return;
        }
        if (run.guarded != null && run.guarded.isInDanger()) {
            stableTimer = later(spec.restart().resetAfter(), () -> forgetViolations(run));
        } else {
            forgetFailures();
        }
    }

    private static String words(Run run) {
        String pid = "pid " + run.process.pid();
        return run.facts.port().isPresent() ? pid + ", port " + run.facts.port().getAsInt() : pid;
    }

    // Watched.

    /** What the checks of one launch say. */
    private final class HealthListener implements LaunchHealth.Listener {
        private final Run run;

        HealthListener(Run run) {
            this.run = run;
        }

        @Override
        public void changed(CheckStatus check, HealthStatus from) {
            ledger.healthChanged(new ProcessEvent.HealthChanged(
                    spec.id(), now(), run.launch, check.name(), from, check.status(), check.reason(), check.latency()));
        }

        @Override
        public void startupPassed() {
            if (isCurrent(run) && ledger.isStarting()) {
                armStartTimer(run);
            }
        }

        @Override
        public void ready() {
            if (isCurrent(run) && ledger.isStarting()) {
                running(run, "ready, " + words(run));
            }
        }

        @Override
        public void failed(CheckRole role, String why) {
            if (!isCurrent(run) || !ledger.isUp()) {
                return;
            }
            // A startup check is a grace of its own: its threshold has been waited for already.
            boolean inGrace = uptime(run).compareTo(spec.restart().startupGrace()) < 0;
            if (role == CheckRole.STARTUP || !inGrace || run.health.startupWasChecked()) {
                lastStartFailure = Reason.UNHEALTHY;
                replace(run, RestartTrigger.HEALTH_FAILURE, why, Cause.HEALTH);
            }
        }
    }

    /** It has taken more than it may, for long enough. */
    private void limitBroken(Run run, Finding finding) {
        if (!isCurrent(run) || !ledger.isUp()) {
            return;
        }
        String why = finding.words();
        lastStartFailure = Reason.LIMIT;
        ledger.lastError = why;
        switch (finding.limit().action()) {
            case GRACEFUL_SHUTDOWN ->
                stop(Cause.RESOURCE, why, spec.stopTimeout(), () -> follow(new Verdict.Stopped(why), Cause.RESOURCE));
            case IMMEDIATE_KILL -> replaceForLimit(run, finding, Duration.ZERO);
            case RESTART_ADJUSTED -> {
                resources.adjust(finding);
                replaceForLimit(run, finding, spec.stopTimeout());
            }
            default -> replaceForLimit(run, finding, spec.stopTimeout());
        }
    }

    private void replaceForLimit(Run run, Finding finding, Duration grace) {
        Incident incident = new Incident(
                RestartTrigger.RESOURCE_VIOLATION,
                finding.words(),
                Optional.empty(),
                false,
                finding.severity(),
                uptime(run));
        Verdict verdict = judge(incident);
        stop(Cause.RESOURCE, finding.words(), grace, () -> follow(verdict, Cause.RESOURCE));
    }

    private void armStartTimer(Run run) {
        startTimer = later(spec.startTimeout(), () -> {
            if (isCurrent(run) && ledger.isStarting()) {
                lastStartFailure = Reason.TIMEOUT;
                String why = "it was not ready within %s: %s"
                        .formatted(Durations.text(spec.startTimeout()), run.health.whyNotReady());
                replace(run, RestartTrigger.START_TIMEOUT, why, Cause.LAUNCH);
            }
        });
    }

    /** Ends a run that is not well, and then does what the restart policy says. */
    private void replace(Run run, RestartTrigger trigger, String why, Cause cause) {
        ledger.lastError = why;
        Verdict verdict = judge(incident(trigger, why, Optional.empty(), false, uptime(run)));
        stop(cause, why, spec.stopTimeout(), () -> follow(verdict, cause));
    }

    private void exited(Run run, Run.Exit ended) {
        ExitStatus status = ended.status();
        run.exited = true;
        ExitRecord exit = new ExitRecord(
                run.launch,
                run.process.pid(),
                status,
                isSuccess(status),
                now(),
                uptime(run),
                Optional.ofNullable(ended.usage()),
                run.output.lastLines(Waiters.LAST_LINES));
        effects.publish(new ProcessEvent.ProcessExited(spec.id(), now(), exit));
        ending.ofHealth(run);
        ledger.lastExit = exit;
        if (!isCurrent(run)) {
            return; // given up on before, as something that would not die
        }
        if (ledger.isStopping()) {
            ending.exited(run);
        } else {
            exitedUnasked(run, exit);
        }
        ending.acknowledge();
    }

    private void exitedUnasked(Run run, ExitRecord exit) {
        boolean wasStarting = ledger.isStarting();
        ledger.run = null;
        startTimer.cancel();
        stableTimer.cancel();
        ending.sweep(run);
        String why = exit.status() + (wasStarting ? " before it was ready" : "");
        if (!exit.success() || wasStarting) {
            ledger.lastError = why;
            lastStartFailure = Reason.EXITED;
        }
        Verdict verdict = judgeExit(run, exit, why);
        ledger.completed = exit.success() && !wasStarting && !ledger.isUnwanted() && verdict instanceof Verdict.Stopped;
        follow(verdict, Cause.EXIT);
    }

    private Verdict judgeExit(Run run, ExitRecord exit, String why) {
        RestartTrigger trigger = exit.success() ? RestartTrigger.CLEAN_EXIT : RestartTrigger.FAILURE_EXIT;
        Optional<Finding> finding = exit.success()
                ? Optional.empty()
                : exit.status().breach().flatMap(breach -> resources.endedBy(run, breach));
        if (finding.isPresent()) {
            trigger = RestartTrigger.RESOURCE_VIOLATION;
            lastStartFailure = Reason.LIMIT;
            switch (finding.get().limit().action()) {
                case GRACEFUL_SHUTDOWN -> {
                    return new Verdict.Stopped(why); // that is what it was to come to
                }
                case RESTART_ADJUSTED -> resources.adjust(finding.get());
                default -> {
                    // the policy says what follows
                }
            }
        }
        return judge(incident(trigger, why, Optional.of(exit), false, exit.uptime()));
    }

    private boolean isSuccess(ExitStatus status) {
        if (status instanceof ExitStatus.Exited exited) {
            return spec.successExitCodes().contains(exited.code());
        }
        return status instanceof ExitStatus.Killed killedBy
                && spec.successExitCodes().contains(128 + killedBy.signal());
    }

    // Judged.

    private static Incident incident(
            RestartTrigger trigger, String why, Optional<ExitRecord> exit, boolean permanent, Duration uptime) {
        return new Incident(trigger, why, exit, permanent, Severity.CRITICAL, uptime);
    }

    private Verdict judge(Incident incident) {
        return ledger.isUnwanted()
                ? new Verdict.Stopped(incident.reason())
                : judge.judge(incident, runtime.clock().nanos());
    }

    private void follow(Verdict verdict, Cause cause) {
        if (ledger.isUnwanted() || verdict instanceof Verdict.Stopped) {
            // Wanted or not is asked again here, because the verdict may be older than the operator's stop.
            ledger.moveTo(ProcessState.STOPPED, cause, verdict.reason());
            waiters.notStarted(lastStartFailure, verdict.reason(), ledger.launches);
        } else if (verdict instanceof Verdict.Again again) {
            ledger.moveTo(ProcessState.RESTARTING, cause, again.reason());
            scheduleRestart(again);
        } else {
            ledger.lastError = verdict.reason();
            ledger.moveTo(ProcessState.FAILED, cause, verdict.reason());
            waiters.notStarted(lastStartFailure, verdict.reason(), ledger.launches);
        }
    }

    /** All counts return to zero; an open circuit breaker closes. */
    void forgetFailures() {
        ledger.circuitOpenUntil = null;
        if (judge.reset()) {
            effects.publish(new ProcessEvent.CircuitClosed(spec.id(), now()));
        }
    }

    // Restarted.

    private void scheduleRestart(Verdict.Again again) {
        effects.publish(new ProcessEvent.RestartScheduled(
                spec.id(), now(), again.trigger(), again.retry(), again.delay(), again.reason()));
        Instant due = now().plus(again.delay());
        if (again.circuit() == Verdict.Circuit.OPENED) {
            ledger.circuitOpenUntil = due;
            effects.publish(new ProcessEvent.CircuitOpened(spec.id(), now(), due));
        }
        String why = "restart " + again.retry() + " after " + Durations.text(again.delay());
        if (again.delay().isZero()) {
            launch(Cause.TIMER, why);
            return;
        }
        ledger.nextStartAt = due;
        long latest = ledger.launches;
        restartTimer = later(again.delay(), () -> {
            if (ledger.state() == ProcessState.RESTARTING && ledger.launches == latest) {
                launch(Cause.TIMER, why);
            }
        });
    }

    void cancelRestart() {
        restartTimer.cancel();
        ledger.nextStartAt = null;
        ledger.circuitOpenUntil = null;
    }

    // Ended.

    /**
     * Stops what is up.
     *
     * @param grace how long it has before it is killed
     * @param then what to do when nothing of it is left
     */
    void stop(Cause cause, String why, Duration grace, Runnable then) {
        ledger.moveTo(ProcessState.STOPPING, cause, why);
        startTimer.cancel();
        stableTimer.cancel();
        ending.begin(ledger.run, grace, then);
    }

    /** The last resort: whatever is there is killed, and the process has failed. Leaves nobody waiting. */
    void giveUp(String why) {
        Run run = ledger.run;
        ledger.run = null;
        startTimer.cancel();
        stableTimer.cancel();
        cancelRestart();
        ledger.waitingFor = null;
        ledger.waitingHopelessly = false;
        ledger.startsPending = 0;
        if (run != null) {
            run.cancelLaunch();
        }
        if (run != null && run.process != null) {
            ending.ofHealth(run);
            LaunchedProcess process = run.process;
            effects.add(() -> new TreeStopper(runtime, process, pids -> {}).stop(Signal.KILL, Duration.ZERO));
        }
        ledger.lastError = why;
        if (ledger.state().canMoveTo(ProcessState.FAILED)) {
            ledger.moveTo(ProcessState.FAILED, Cause.EXIT, why);
        }
        waiters.notStarted(Reason.GAVE_UP, why, 0);
        ending.acknowledge();
    }

    /** {@return completed when nothing is left of checks' and stop commands, which have been cancelled} */
    CompletableFuture<?> commandsGone() {
        return commands.allGone();
    }

    /** Once nothing of it runs, nor will in a while, its port is nobody's business. */
    void entered(ProcessState state) {
        boolean down = state == ProcessState.STOPPED || state == ProcessState.FAILED;
        if (down && spec.kind() == ProcessKind.INTEGRATED) {
            long latest = ledger.launches;
            effects.outside(() -> launching.withdrawPort(latest)); // a file system may hang
        }
    }

    /** Nothing of it will run any more. */
    void retire() {
        if (spec.kind() == ProcessKind.INTEGRATED) {
            effects.outside(launching::retire); // a look for a port may be under way
        }
    }

    /** {@return what keeps it to its limits} */
    ResourceGuard resources() {
        return resources;
    }

    /** {@return how runs end} */
    Ending ending() {
        return ending;
    }

    private boolean isCurrent(Run run) {
        return ledger.run == run;
    }

    private Duration uptime(Run run) {
        return Duration.ofNanos(runtime.clock().nanos() - run.startedNanos);
    }

    private Instant now() {
        return runtime.clock().now();
    }

    private Cancellable later(Duration delay, Runnable message) {
        return runtime.timer().schedule(delay, () -> mailbox.execute(message));
    }
}
