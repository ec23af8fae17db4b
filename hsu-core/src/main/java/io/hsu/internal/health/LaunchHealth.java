package io.hsu.internal.health;

import io.hsu.CheckRole;
import io.hsu.CheckStatus;
import io.hsu.HealthCheckSpec;
import io.hsu.HealthStatus;
import io.hsu.internal.time.Clock;
import io.hsu.internal.time.Timer;
import io.hsu.internal.time.Timer.Cancellable;
import io.hsu.spi.HealthCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;

/**
 * The health of one launch: runs its checks by their roles and tells the process's supervisor what to act on. Used from
 * the process's mailbox only.
 */
public final class LaunchHealth {

    /** Hears what the checks have found, in the process's mailbox. */
    public interface Listener {

        /** A check changed its mind. */
        void changed(CheckStatus check, HealthStatus from);

        /** All startup checks have passed and all readiness checks pass, for the first time. */
        void ready();

        /** All startup checks have passed. */
        void startupPassed();

        /** A liveness or startup check has failed as often as its threshold, or more often. */
        void failed(CheckRole role, String reason);
    }

    private final Clock clock;
    private final Timer timer;
    private final Executor mailbox;
    private final Executor outside;
    private final DoubleSupplier random;
    private final Listener listener;
    private final List<CheckRunner> runners = new ArrayList<>();
    private boolean startupPassed;
    private boolean ready;

    /**
     * @param checks the checks to run
     * @param facts what they may know of the launch
     * @param mailbox the process's
     * @param outside where the checks' own code runs
     */
    public LaunchHealth(
            List<LaunchCheck> checks,
            LaunchFacts facts,
            Clock clock,
            Timer timer,
            Executor mailbox,
            Executor outside,
            DoubleSupplier random,
            Listener listener) {
        this.clock = clock;
        this.timer = timer;
        this.mailbox = mailbox;
        this.outside = outside;
        this.random = random;
        this.listener = listener;
        for (LaunchCheck check : checks) {
            runners.add(new CheckRunner(check.spec(), check.check(), LaunchTarget.of(facts, check.spec()), this));
        }
    }

    /**
     * A check as one launch uses it.
     *
     * @param spec what the user has asked for
     * @param check what its {@code forLaunch} returned
     */
    public record LaunchCheck(HealthCheckSpec spec, HealthCheck check) {}

    /** {@return whether checks stand between the launch and its readiness} */
    public boolean gatesStart() {
        return runners.stream().anyMatch(runner -> runner.role() != CheckRole.LIVENESS);
    }

    /** {@return whether there are startup checks that have not passed} */
    public boolean isInStartup() {
        return !startupPassed;
    }

    /** {@return whether there are startup checks, and they have passed} */
    public boolean startupWasChecked() {
        return startupPassed && runners.stream().anyMatch(runner -> runner.role() == CheckRole.STARTUP);
    }

    /** {@return what stands between the launch and its readiness, in words} */
    public String whyNotReady() {
        return statuses().stream()
                .filter(check -> check.role() != CheckRole.LIVENESS && check.status() != HealthStatus.HEALTHY)
                .map(check -> "%s check: %s"
                        .formatted(check.name(), check.reason().isEmpty() ? "no answer yet" : check.reason()))
                .findFirst()
                .orElse("no check has answered");
    }

    /** Begins to look. */
    public void begin() {
        runners.stream().filter(runner -> runner.role() == CheckRole.STARTUP).forEach(CheckRunner::begin);
        passStartup();
    }

    /** Ends for good. */
    public void end() {
        runners.forEach(CheckRunner::end);
    }

    /** Lets the checks go; called off the mailbox, after {@link #end}. */
    public void close() {
        runners.forEach(CheckRunner::close);
    }

    /** {@return what each check says} */
    public List<CheckStatus> statuses() {
        return runners.stream().map(CheckRunner::snapshot).toList();
    }

    /** {@return the worst of what the checks say} */
    public HealthStatus overall() {
        HealthStatus worst = runners.isEmpty() ? HealthStatus.UNKNOWN : HealthStatus.HEALTHY;
        for (CheckRunner runner : runners) {
            if (badness(runner.status()) > badness(worst)) {
                worst = runner.status();
            }
        }
        return worst;
    }

    private static int badness(HealthStatus status) {
        return switch (status) {
            case HEALTHY -> 0;
            case UNKNOWN -> 1;
            case DEGRADED -> 2;
            case UNHEALTHY -> 3;
        };
    }

    void looked(CheckRunner runner, HealthStatus before) {
        if (runner.status() != before) {
            listener.changed(runner.snapshot(), before);
        }
        passStartup();
        if (!ready && startupPassed && passes(CheckRole.READINESS)) {
            ready = true;
            listener.ready();
        }
        if (runner.status() == HealthStatus.UNHEALTHY && runner.role() != CheckRole.READINESS) {
            listener.failed(
                    runner.role(),
                    "%s check failed %s: %s"
                            .formatted(
                                    runner.name(),
                                    runner.failures() == 1 ? "once" : runner.failures() + " times in a row",
                                    runner.reason()));
        }
    }

    private void passStartup() {
        if (!startupPassed && passes(CheckRole.STARTUP)) {
            startupPassed = true;
            listener.startupPassed();
            runners.stream()
                    .filter(runner -> runner.role() != CheckRole.STARTUP)
                    .forEach(CheckRunner::begin);
        }
    }

    private boolean passes(CheckRole role) {
        return runners.stream()
                .filter(runner -> runner.role() == role)
                .allMatch(runner -> runner.status() == HealthStatus.HEALTHY);
    }

    Cancellable later(Duration delay, Runnable message) {
        return timer.schedule(delay, () -> post(message));
    }

    void post(Runnable message) {
        mailbox.execute(message);
    }

    Executor outside() {
        return outside;
    }

    long nanos() {
        return clock.nanos();
    }

    Instant now() {
        return clock.now();
    }

    double random() {
        return random.getAsDouble();
    }
}
