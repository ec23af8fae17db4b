package io.hsu.internal.engine;

import io.hsu.HealthCheckSpec;
import io.hsu.Limit;
import io.hsu.ProcessKind;
import io.hsu.ProcessSpec;
import io.hsu.ProcessStartException;
import io.hsu.ProcessStartException.Reason;
import io.hsu.Signal;
import io.hsu.internal.health.LaunchFacts;
import io.hsu.internal.health.LaunchHealth;
import io.hsu.internal.health.LaunchHealth.LaunchCheck;
import io.hsu.internal.health.LaunchTarget;
import io.hsu.internal.health.Notifications;
import io.hsu.internal.launch.LaunchRequest;
import io.hsu.internal.launch.LaunchedProcess;
import io.hsu.internal.state.PortFile;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the launches of one process, one at a time: it is given its port, its checks are told of the launch first, so that they
 * miss no line of output, and then the system is called.
 */
final class Launching {

    private static final Logger log = LoggerFactory.getLogger(Launching.class);

    private final ProcessSpec spec;
    private final EngineRuntime runtime;
    private final CommandRunner commands;
    private final PortFile portFile;
    /** With the port of the latest launch. */
    private volatile LaunchRequest request;
    /** Null: those of the specification. */
    private volatile List<Limit> limits;

    private boolean retired;

    Launching(ProcessSpec spec, EngineRuntime runtime, CommandRunner commands, PortFile portFile) {
        this.spec = spec;
        this.runtime = runtime;
        this.commands = commands;
        this.portFile = portFile;
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
                    prepare(run, mailbox, listener);
                    runtime.launching().execute(() -> guarded(run, failed, () -> launch(run, launched)));
                })));
    }

    private void prepare(Run run, Executor mailbox, LaunchHealth.Listener listener) {
        List<Limit> adjusted = limits;
        LaunchRequest known = spec.kind() == ProcessKind.INTEGRATED ? withPort(run) : request;
        LaunchRequest current = adjusted == null ? known : known.withLimits(adjusted);
        run.request = current;
        run.facts = new LaunchFacts(
                spec.id(),
                run.launch,
                current.port() == 0 ? OptionalInt.empty() : OptionalInt.of(current.port()),
                () -> run.process,
                run.output,
                current.notifies() ? new Notifications(spec.id(), runtime.clock()) : null,
                runtime.outside(),
                command -> commands.run(current, command));
        run.health = new LaunchHealth(
                checks(run),
                run.facts,
                runtime.clock(),
                runtime.timer(),
                mailbox,
                runtime.outside(),
                runtime.random(),
                listener);
    }

    /**
     * The same port as before, if nobody else has it now: clients may know it. One at a time, because a launch that was given up on
     * may still be prepared when the next one is; it looks for none, since to look is to listen there for a moment.
     */
    private synchronized LaunchRequest withPort(Run run) {
        if (retired || run.isCancelled()) {
            return request;
        }
        try {
            int taken = runtime.ports().take(request.port());
            if (taken != request.port()) {
                request = LaunchRequest.of(spec).withPort(taken);
            }
            return request;
        } catch (IOException e) {
            throw failure(Reason.SPAWN_FAILED, "there is no free port for it: " + e.getMessage(), e);
        }
    }

    private void launch(Run run, Consumer<LaunchedProcess> launched) {
        if (!run.mayLaunch()) {
            runtime.outside().execute(run.health::close);
            return;
        }
        tellPort(run);
        LaunchedProcess process = runtime.launcher().launch(run.request, run);
        run.process = process;
        if (run.isAbandoned()) {
            killAtOnce(process);
        }
        launched.accept(process);
        // An exit that waits for this may ask a policy, and one that hangs must not hold the launches of others.
        Lending.without(() -> run.told.complete(null));
    }

    /** Before it runs: whoever is told that it does can find it. */
    private void tellPort(Run run) {
        if (run.facts.port().isEmpty()) {
            return;
        }
        try {
            portFile.write(run.launch, run.facts.port().getAsInt());
        } catch (IOException e) {
            throw failure(Reason.SPAWN_FAILED, "its port file '%s' cannot be written: %s".formatted(portFile, e), e);
        }
    }

    /** Sets the limits of the launches to come. */
    void limits(List<Limit> adjusted) {
        limits = adjusted;
    }

    /** Nobody is to look for it at its port. */
    void withdrawPort(long launch) {
        if (request.port() == 0) {
            return;
        }
        try {
            portFile.delete(launch);
        } catch (IOException e) {
            log.warn("process '{}': its port file '{}' cannot be deleted: {}", spec.id(), portFile, e.toString());
        }
    }

    /** Another process may have the port. */
    synchronized void retire() {
        retired = true;
        runtime.ports().giveBack(request.port());
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
            return Objects.requireNonNull(
                    check.check().forLaunch(LaunchTarget.of(run.facts, check)), "forLaunch answered null");
        } catch (RuntimeException | Error e) {
            String reason = "%s cannot be prepared: %s".formatted(check.check(), e);
            return target -> CompletableFuture.completedFuture(HealthResult.unhealthy(reason));
        }
    }

    private ProcessStartException startException(Throwable e) {
        return e instanceof ProcessStartException known ? known : failure(Reason.SPAWN_FAILED, e.toString(), e);
    }

    private ProcessStartException failure(Reason reason, String why, Throwable cause) {
        return new ProcessStartException(
                spec.id(), reason, "process '%s' cannot be started: %s".formatted(spec.id(), why), List.of(), cause);
    }
}
