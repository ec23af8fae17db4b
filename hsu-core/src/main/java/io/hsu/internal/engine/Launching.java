package io.hsu.internal.engine;

import io.hsu.HealthCheckSpec;
import io.hsu.ProcessSpec;
import io.hsu.ProcessStartException;
import io.hsu.ProcessStartException.Reason;
import io.hsu.Signal;
import io.hsu.internal.health.LaunchHealth;
import io.hsu.internal.health.LaunchHealth.LaunchCheck;
import io.hsu.internal.health.LaunchTarget;
import io.hsu.internal.launch.LaunchRequest;
import io.hsu.internal.launch.LaunchedProcess;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Makes the launches of one process: its checks are told first, so that they miss no line of output. */
final class Launching {

    private final ProcessSpec spec;
    private final EngineRuntime runtime;
    private final CommandRunner commands;
    private final LaunchRequest request;

    Launching(ProcessSpec spec, EngineRuntime runtime, CommandRunner commands) {
        this.spec = spec;
        this.runtime = runtime;
        this.commands = commands;
        this.request = LaunchRequest.of(spec);
    }

    /**
     * Launches: the checks are prepared outside, since that is their code; then the system is called.
     *
     * @param run the launch; its process and its health are set before anyone is told
     * @param mailbox the process's
     * @param listener hears what the checks say
     * @param launched told of success
     * @param failed told of failure
     */
    void begin(
            Run run,
            Executor mailbox,
            LaunchHealth.Listener listener,
            Consumer<LaunchedProcess> launched,
            Consumer<ProcessStartException> failed) {
        Executor preparing = spec.healthChecks().isEmpty() ? Runnable::run : runtime.outside();
        // Whatever goes wrong from here on must reach the mailbox: nothing else ends the wait for the launch.
        guarded(
                run,
                failed,
                () -> preparing.execute(() -> guarded(run, failed, () -> {
                    run.health = new LaunchHealth(
                            checks(run),
                            check -> target(run, check),
                            runtime.clock(),
                            runtime.timer(),
                            mailbox,
                            runtime.outside(),
                            runtime.random(),
                            listener);
                    runtime.launching().execute(() -> guarded(run, failed, () -> launch(run, launched)));
                })));
    }

    private void launch(Run run, Consumer<LaunchedProcess> launched) {
        if (!run.mayLaunch()) {
            runtime.outside().execute(run.health::close);
            return;
        }
        LaunchedProcess process = runtime.launcher().launch(request, run);
        run.process = process;
        if (run.isAbandoned()) {
            killAtOnce(process);
        }
        launched.accept(process);
        // An exit that waits for this may ask a policy, and one that hangs must not hold the launches of others.
        Lending.without(() -> run.told.complete(null));
    }

    /** The manager has gone meanwhile: no timer, no mailbox, only this. */
    static void killAtOnce(LaunchedProcess process) {
        process.signal(process.members(), Signal.KILL);
    }

    private void guarded(Run run, Consumer<ProcessStartException> failed, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            // A policy is asked then, and one that hangs must not hold the launches of others.
            Lending.without(() -> failed.accept(startException(e)));
            LaunchHealth health = run.health;
            if (health != null) {
                runtime.outside().execute(health::close);
            }
        }
    }

    private List<LaunchCheck> checks(Run run) {
        List<LaunchCheck> checks = new ArrayList<>();
        for (HealthCheckSpec check : spec.healthChecks()) {
            if (check.enabled()) {
                checks.add(new LaunchCheck(check, forLaunch(run, check)));
            }
        }
        return checks;
    }

    /** A check that fails here fails at every look, and says so. */
    private HealthCheck forLaunch(Run run, HealthCheckSpec check) {
        try {
            return Objects.requireNonNull(check.check().forLaunch(target(run, check)), "forLaunch answered null");
        } catch (RuntimeException | Error e) {
            String reason = "%s cannot be prepared: %s".formatted(check.check(), e);
            return target -> CompletableFuture.completedFuture(HealthResult.unhealthy(reason));
        }
    }

    private LaunchTarget target(Run run, HealthCheckSpec check) {
        return new LaunchTarget(
                spec.id(),
                run.launch,
                check.timeout(),
                () -> run.process,
                run.output,
                runtime.outside(),
                commands::run);
    }

    private ProcessStartException startException(Throwable e) {
        if (e instanceof ProcessStartException failure) {
            return failure;
        }
        return new ProcessStartException(
                spec.id(),
                Reason.SPAWN_FAILED,
                "process '%s' cannot be started: %s".formatted(spec.id(), e),
                List.of(),
                e);
    }
}
