package io.hsu.internal.engine;

import static io.hsu.testkit.Refusals.refusesArgument;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.CheckStatus;
import io.hsu.HealthChecks;
import io.hsu.HealthStatus;
import io.hsu.LauncherType;
import io.hsu.ProcessManager;
import io.hsu.ProcessSpecBuilder;
import io.hsu.ProcessState;
import io.hsu.Restart;
import io.hsu.TestBed;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import io.hsu.testkit.FakeProcess;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a process says of itself by sd_notify(3), as the engine understands it. */
class NotifyTest {

    private final TestBed bed = new TestBed();
    private ProcessManager manager;

    private CompletableFuture<Void> start(Consumer<ProcessSpecBuilder> process) {
        manager = bed.builder()
                .process(
                        "api",
                        p -> process.accept(
                                p.command("api").restart(Restart.onFailure().startupGrace(Duration.ZERO))))
                .build();
        CompletableFuture<Void> start = manager.startAsync("api");
        bed.executor.runAll();
        return start;
    }

    private FakeProcess process() {
        return bed.launcher.latest("api");
    }

    private void say(String message) {
        process().say(message);
        bed.executor.runAll();
    }

    private CheckStatus check() {
        return manager.status("api").checks().get(0);
    }

    @Test
    void ready_isNoticedWhenItIsSaid() {
        CompletableFuture<Void> start = start(p -> p.readinessCheck(HealthChecks.systemdNotify()));
        say("STATUS=loading 50%");
        assertFalse(start.isDone());
        assertEquals(ProcessState.STARTING, manager.status("api").state());
        say("READY=1\nSTATUS=serving");
        assertTrue(start.isDone());
        assertEquals(ProcessState.RUNNING, manager.status("api").state());
        assertEquals("it is ready, status: serving", check().reason());
    }

    @Test
    void notReadyYet_saysWhatItSaid() {
        start(p -> p.readinessCheck(HealthChecks.systemdNotify()).startTimeout(Duration.ofSeconds(3)));
        say("STATUS=loading 50%");
        bed.advance(Duration.ofSeconds(1));
        assertEquals(
                "notify (it has not said that it is ready, status: loading 50%): no answer within 1s",
                check().reason());
    }

    @Test
    void stopping_isNotReady() {
        start(p -> p.readinessCheck(HealthChecks.systemdNotify()));
        say("READY=1");
        bed.advance(Duration.ofSeconds(2));
        assertEquals(HealthStatus.HEALTHY, check().status());
        say("STOPPING=1");
        bed.advance(Duration.ofSeconds(5));
        assertEquals(HealthStatus.UNHEALTHY, check().status());
        assertEquals("notify (it is stopping): no answer within 1s", check().reason());
        assertEquals(ProcessState.RUNNING, manager.status("api").state(), "readiness never restarts");
    }

    @Test
    void reloading_isReadyAgainWhenItSaysSo() {
        start(p -> p.readinessCheck(HealthChecks.systemdNotify()));
        say("READY=1");
        say("RELOADING=1\nMONOTONIC_USEC=1");
        bed.advance(Duration.ofSeconds(5));
        assertEquals(HealthStatus.UNHEALTHY, check().status());
        say("READY=1");
        bed.advance(Duration.ofSeconds(2));
        assertEquals(HealthStatus.HEALTHY, check().status());
    }

    @Test
    void watchdog_expectsASignOfLifeInEachInterval_andTellsTheProcess() {
        start(p -> p.healthCheck(
                HealthChecks.systemdNotify(),
                c -> c.every(Duration.ofSeconds(10))
                        .initialDelay(Duration.ofSeconds(1))
                        .failAfter(1)));
        assertEquals(Map.of("WATCHDOG_USEC", "10000000"), process().request().environment());
        assertTrue(process().request().notifies());
        for (int beat = 0; beat < 12; beat++) {
            say("WATCHDOG=1");
            bed.advance(Duration.ofSeconds(5));
            assertEquals(HealthStatus.HEALTHY, check().status());
        }
        bed.advance(Duration.ofSeconds(20));
        assertEquals(2, bed.launcher.launches("api").size(), "who is silent is replaced");
        assertTrue(
                manager.healthHistory("api").stream()
                        .anyMatch(change -> change.reason().startsWith("no sign of life (WATCHDOG=1) for 1")),
                manager.healthHistory("api")::toString);
    }

    @Test
    void watchdog_beginsWithTheFirstLook() {
        start(p -> p.healthCheck(
                HealthChecks.systemdNotify(),
                c -> c.every(Duration.ofSeconds(10))
                        .initialDelay(Duration.ofSeconds(60))
                        .failAfter(1)));
        bed.advance(Duration.ofSeconds(69));
        assertEquals(HealthStatus.HEALTHY, check().status());
        bed.advance(Duration.ofSeconds(1));
        assertEquals(ProcessState.RESTARTING, manager.status("api").state());
    }

    @Test
    void watchdog_afterALeapOfTime_beginsAnew() {
        start(p -> p.healthCheck(
                HealthChecks.systemdNotify(),
                c -> c.every(Duration.ofSeconds(10)).initialDelay(Duration.ZERO).failAfter(1)));
        bed.time.leap(Duration.ofHours(1));
        bed.advance(Duration.ZERO);
        assertEquals(HealthStatus.HEALTHY, check().status());
        bed.advance(Duration.ofSeconds(10));
        assertEquals(HealthStatus.UNHEALTHY, manager.healthHistory("api").get(1).to());
    }

    @Test
    void watchdog_hearsWhatWasSaid_beforeItJudgesTheSilence() {
        start(p -> p.healthCheck(
                HealthChecks.systemdNotify(),
                c -> c.every(Duration.ofSeconds(10)).initialDelay(Duration.ZERO).failAfter(1)));
        process().sayUnheard("WATCHDOG=1"); // the JVM stands still
        bed.time.leap(Duration.ofSeconds(15));
        bed.advance(Duration.ZERO);
        assertEquals(HealthStatus.HEALTHY, check().status(), check()::reason);
        assertEquals(1, bed.launcher.launches("api").size());
    }

    @Test
    void watchdogTrigger_isAFailure() {
        start(p -> p.healthCheck(
                HealthChecks.systemdNotify(),
                c -> c.every(Duration.ofSeconds(1)).initialDelay(Duration.ZERO).failAfter(1)));
        bed.executor.runAll();
        say("WATCHDOG=trigger");
        bed.advance(Duration.ofSeconds(1));
        assertTrue(
                manager.healthHistory("api").stream()
                        .anyMatch(change ->
                                change.reason().equals("it has said itself that it hangs (WATCHDOG=trigger)")),
                manager.healthHistory("api")::toString);
    }

    @Test
    void eachLaunch_beginsAnew() {
        start(p -> p.readinessCheck(HealthChecks.systemdNotify()));
        say("READY=1");
        FakeProcess first = process();
        first.exit(1);
        bed.advance(Duration.ofSeconds(5));
        assertEquals(2, bed.launcher.launches("api").size());
        first.say("READY=1");
        bed.executor.runAll();
        assertEquals(
                ProcessState.STARTING, manager.status("api").state(), "late words of an earlier launch are dropped");
    }

    @Test
    void nonsense_isPassedOver() {
        start(p -> p.readinessCheck(HealthChecks.systemdNotify()));
        for (String nonsense : new String[] {"", "\n\n", "READY", "=1", "ready=1", "FDSTORE=1", "READY=0", "\0"}) {
            say(nonsense);
            assertEquals(ProcessState.STARTING, manager.status("api").state());
        }
    }

    @Test
    void whoDoesNotNotify_getsNoSocket() {
        start(p -> p.readinessCheck(HealthChecks.systemdNotify(), c -> c.enabled(false)));
        assertFalse(process().request().notifies());
    }

    @Test
    void asAPartOfAnotherCheck_itSaysThatItCannot() {
        HealthCheck inner = HealthChecks.systemdNotify();
        start(p -> p.healthCheck(
                new HealthCheck() {
                    @Override
                    public HealthCheck forLaunch(HealthTarget target) {
                        return inner.forLaunch(target);
                    }

                    @Override
                    public CompletionStage<HealthResult> check(HealthTarget target) {
                        throw new AssertionError();
                    }
                },
                c -> c.initialDelay(Duration.ZERO)));
        bed.executor.runAll();
        assertTrue(check().reason().contains("process 'api' has no socket to notify by"), check().reason());
    }

    @Test
    void aLauncherThatCannot_isRefused() {
        refusesArgument(
                "process 'api' has a check of type notify, which the portable launcher cannot: it takes unix datagram sockets "
                        + "and the Linux launcher; give it another check",
                () -> ProcessManager.builder()
                        .launcher(LauncherType.PORTABLE)
                        .process("api", p -> p.command("api").readinessCheck(HealthChecks.systemdNotify()))
                        .build());
    }
}
