package io.hsu.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Backoff;
import io.hsu.CircuitBreaker;
import io.hsu.IllegalProcessStateException;
import io.hsu.ProcessEvent;
import io.hsu.ProcessEvent.RestartScheduled;
import io.hsu.ProcessManager;
import io.hsu.ProcessProfile;
import io.hsu.ProcessStartException;
import io.hsu.ProcessStartException.Reason;
import io.hsu.ProcessState;
import io.hsu.Restart;
import io.hsu.RetryBudget;
import io.hsu.Signal;
import io.hsu.TestBed;
import io.hsu.spi.RestartDecision;
import io.hsu.spi.RestartTrigger;
import io.hsu.testkit.ScriptedCheck;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartTest {

    private final TestBed bed = new TestBed();
    private final ScriptedCheck liveness = new ScriptedCheck().answer(true, "fine");
    private final ScriptedCheck readiness = new ScriptedCheck();
    private ProcessManager manager;

    private void manage(Restart restart) {
        manager = bed.builder()
                .process("api", p -> p.command("api").restart(restart))
                .build();
    }

    private ProcessState state() {
        return manager.status("api").state();
    }

    private List<Duration> delays() {
        return bed.events(RestartScheduled.class).stream()
                .map(RestartScheduled::delay)
                .toList();
    }

    /** The table of DESIGN's section on restarts, row by row. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "clean exit,          never, STOPPED", "clean exit,          on-failure, STOPPED",
        "clean exit,          always, RESTARTING", "clean exit,          unless-stopped, RESTARTING",
        "failure exit,        never, FAILED", "failure exit,        on-failure, RESTARTING",
        "failure exit,        always, RESTARTING", "failure exit,        unless-stopped, RESTARTING",
        "signal,              never, FAILED", "signal,              on-failure, RESTARTING",
        "signal,              always, RESTARTING", "signal,              unless-stopped, RESTARTING",
        "start timeout,       never, FAILED", "start timeout,       on-failure, RESTARTING",
        "start timeout,       always, RESTARTING", "start timeout,       unless-stopped, RESTARTING",
        "spawn refused,       never, FAILED", "spawn refused,       on-failure, RESTARTING",
        "spawn refused,       always, RESTARTING", "spawn refused,       unless-stopped, RESTARTING",
        "health failure,      never, FAILED", "health failure,      on-failure, RESTARTING",
        "health failure,      always, RESTARTING", "health failure,      unless-stopped, RESTARTING",
        "executable missing,  never, FAILED", "executable missing,  on-failure, FAILED",
        "executable missing,  always, FAILED", "executable missing,  unless-stopped, FAILED",
        "stopped by the user, never, STOPPED", "stopped by the user, on-failure, STOPPED",
        "stopped by the user, always, STOPPED", "stopped by the user, unless-stopped, STOPPED",
    })
    void causeAndPolicy(String cause, String policy, ProcessState expected) {
        manager = bed.builder()
                .process("api", p -> {
                    p.command("api").restart(Restart.policy(policy).startupGrace(Duration.ZERO));
                    if (cause.equals("health failure")) {
                        p.healthCheck(
                                liveness, c -> c.every(Duration.ofSeconds(1)).failAfter(1));
                    }
                    if (cause.equals("start timeout")) {
                        p.readinessCheck(readiness);
                    }
                })
                .build();
        switch (cause) {
            case "executable missing" -> bed.launcher.fail("api", Reason.EXECUTABLE_NOT_FOUND);
            case "spawn refused" -> bed.launcher.fail("api", Reason.SPAWN_FAILED);
            default -> {}
        }
        manager.startAsync("api");
        switch (cause) {
            case "clean exit" -> bed.launcher.latest("api").exit(0);
            case "failure exit" -> bed.launcher.latest("api").exit(1);
            case "signal" -> bed.launcher.latest("api").crash(Signal.KILL);
            case "start timeout" -> bed.advance(Duration.ofSeconds(10));
            case "health failure" -> {
                liveness.answer(false, "sick");
                bed.advance(Duration.ofSeconds(3));
            }
            case "stopped by the user" -> manager.stop("api");
            default -> {}
        }

        assertEquals(expected, state());
    }

    @Test
    void delays_growByTheFactor_toTheMillisecond() {
        manage(Restart.onFailure()
                .maxRetries(4)
                .backoff(Backoff.exponential(Duration.ofSeconds(2), 1.5))
                .noCircuitBreaker());
        manager.start("api");
        for (long delay : new long[] {2000, 3000, 4500, 6750}) {
            bed.launcher.latest("api").exit(1);
            int launches = bed.launcher.launches("api").size();
            bed.advance(Duration.ofMillis(delay - 1));
            assertEquals(ProcessState.RESTARTING, state());
            bed.advance(Duration.ofMillis(1));
            assertEquals(launches + 1, bed.launcher.launches("api").size());
        }
        bed.launcher.latest("api").exit(1);
        assertEquals(ProcessState.FAILED, state());
        assertEquals(
                "exited with code 1, after 4 restarts",
                manager.status("api").lastError().orElseThrow());
        assertEquals(4, manager.status("api").restarts());
    }

    @Test
    void delay_isCapped() {
        manage(Restart.onFailure()
                .unlimitedRetries()
                .noCircuitBreaker()
                .backoff(Backoff.exponential(Duration.ofMinutes(2), 10)));
        manager.start("api");
        bed.launcher.latest("api").exit(1);
        bed.advance(Duration.ofMinutes(2));
        bed.launcher.latest("api").exit(1);

        assertEquals(List.of(Duration.ofMinutes(2), Duration.ofMinutes(5)), delays());
    }

    @Test
    void jitter_movesTheDelayWithinItsShare() {
        manage(Restart.onFailure()
                .unlimitedRetries()
                .noCircuitBreaker()
                .backoff(Backoff.fixed(Duration.ofSeconds(10)).jitter(0.2)));
        manager.start("api");
        bed.random = 0;
        bed.launcher.latest("api").exit(1);
        bed.advance(Duration.ofSeconds(20));
        bed.random = 1;
        bed.launcher.latest("api").exit(1);

        assertEquals(List.of(Duration.ofSeconds(8), Duration.ofSeconds(12)), delays());
    }

    @Test
    void profile_scalesDelayAndRetries() {
        manager = bed.builder()
                .process(
                        "api",
                        p -> p.command("api")
                                .profile(ProcessProfile.WORKER)
                                .restart(Restart.onFailure()
                                        .maxRetries(1)
                                        .backoff(Backoff.fixed(Duration.ofSeconds(1)))))
                .build();
        manager.start("api");
        for (int crash = 0; crash < 3; crash++) {
            bed.launcher.latest("api").exit(1);
            bed.advance(Duration.ofSeconds(2));
        }
        assertEquals(List.of(Duration.ofSeconds(2), Duration.ofSeconds(2)), delays());
        assertEquals(ProcessState.FAILED, state());
    }

    @Test
    void zeroDelay_restartsAtOnce() {
        manage(Restart.always().backoff(Backoff.none()));
        manager.start("api");
        bed.launcher.latest("api").exit(0);

        assertEquals(2, bed.launcher.launches("api").size());
        assertEquals(ProcessState.RUNNING, state());
    }

    @Test
    void maxRetriesZero_meansNone() {
        manage(Restart.always().maxRetries(0));
        manager.start("api");
        bed.launcher.latest("api").exit(1);
        assertEquals(ProcessState.FAILED, state());
    }

    @Test
    void aStableRun_setsTheCountBack() {
        manage(Restart.onFailure().maxRetries(2).backoff(Backoff.exponential(Duration.ofSeconds(1), 2)));
        manager.start("api");
        bed.launcher.latest("api").exit(1);
        bed.advance(Duration.ofSeconds(1));
        bed.launcher.latest("api").exit(1);
        bed.advance(Duration.ofSeconds(2).plusSeconds(60));
        assertEquals(0, manager.status("api").retries());
        bed.launcher.latest("api").exit(1);

        assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(1)), delays());
    }

    @Test
    void operatorsStop_cancelsAWaitingRestart() {
        manage(Restart.always().backoff(Backoff.fixed(Duration.ofSeconds(5))));
        manager.start("api");
        bed.launcher.latest("api").exit(1);
        assertTrue(manager.status("api").nextStartAt().isPresent());
        manager.stop("api");
        bed.advance(Duration.ofHours(1));

        assertEquals(ProcessState.STOPPED, state());
        assertEquals(1, bed.launcher.launches("api").size());
    }

    @Test
    void healthRestarts_haveABudgetOfTheirOwn() {
        manager = bed.builder()
                .process(
                        "api",
                        p -> p.command("api")
                                .restart(Restart.onFailure()
                                        .maxRetries(2)
                                        .backoff(Backoff.fixed(Duration.ofSeconds(1)))
                                        .onHealthFailure(RetryBudget.of(1, Backoff.fixed(Duration.ofSeconds(7))))
                                        .startupGrace(Duration.ZERO))
                                .healthCheck(
                                        liveness,
                                        c -> c.every(Duration.ofSeconds(1)).failAfter(1)))
                .build();
        manager.start("api");
        liveness.answer(false, "sick");
        bed.advance(Duration.ofSeconds(2));
        assertEquals(ProcessState.RESTARTING, state());
        liveness.answer(true, "fine");
        bed.advance(Duration.ofSeconds(7));
        bed.launcher.latest("api").exit(1);
        bed.advance(Duration.ofSeconds(1));
        bed.launcher.latest("api").exit(1);
        bed.advance(Duration.ofSeconds(1));
        assertEquals(ProcessState.RUNNING, state(), "the crashes have both their restarts");

        liveness.answer(false, "sick");
        bed.advance(Duration.ofSeconds(2));
        assertEquals(ProcessState.FAILED, state(), "the health budget is used up");
        assertEquals(
                List.of(RestartTrigger.HEALTH_FAILURE, RestartTrigger.FAILURE_EXIT, RestartTrigger.FAILURE_EXIT),
                bed.events(RestartScheduled.class).stream()
                        .map(RestartScheduled::trigger)
                        .toList());
    }

    @Test
    void circuitBreaker_opens_triesOnce_opensAgain_andCloses() {
        manage(Restart.onFailure()
                .unlimitedRetries()
                .backoff(Backoff.none())
                .circuitBreaker(new CircuitBreaker(3, Duration.ofSeconds(60), Duration.ofMinutes(5))));
        manager.start("api");
        for (int crash = 0; crash < 3; crash++) {
            bed.launcher.latest("api").exit(1);
        }
        assertEquals(ProcessState.RESTARTING, state());
        assertEquals(3, bed.launcher.launches("api").size());
        assertEquals(
                bed.time.now().plus(Duration.ofMinutes(5)),
                manager.status("api").circuitOpenUntil().orElseThrow());

        bed.advance(Duration.ofMinutes(5));
        assertEquals(4, bed.launcher.launches("api").size(), "one trial");
        bed.launcher.latest("api").exit(1);
        assertEquals(2, bed.events(ProcessEvent.CircuitOpened.class).size(), "the trial failed");

        bed.advance(Duration.ofMinutes(5));
        assertEquals(0, bed.events(ProcessEvent.CircuitClosed.class).size());
        bed.advance(Duration.ofSeconds(60));
        assertEquals(1, bed.events(ProcessEvent.CircuitClosed.class).size(), "the trial has lasted");
        assertEquals(ProcessState.RUNNING, state());
    }

    @Test
    void failuresOutsideTheWindow_doNotOpenTheBreaker() {
        manage(Restart.onFailure()
                .unlimitedRetries()
                .resetAfter(Duration.ofDays(1))
                .backoff(Backoff.none())
                .circuitBreaker(new CircuitBreaker(3, Duration.ofSeconds(60), Duration.ofMinutes(5))));
        manager.start("api");
        for (int crash = 0; crash < 10; crash++) {
            bed.launcher.latest("api").exit(1);
            bed.advance(Duration.ofSeconds(31));
        }
        assertEquals(0, bed.events(ProcessEvent.CircuitOpened.class).size());
    }

    @Test
    void openBreaker_refusesARestart_unlessForced() {
        manage(Restart.onFailure()
                .unlimitedRetries()
                .backoff(Backoff.none())
                .circuitBreaker(new CircuitBreaker(1, Duration.ofSeconds(60), Duration.ofMinutes(5))));
        manager.start("api");
        bed.launcher.latest("api").exit(1);

        IllegalProcessStateException e = assertThrows(IllegalProcessStateException.class, () -> manager.restart("api"));
        assertTrue(e.getMessage().contains("circuit breaker is open until 2026-01-01T00:05:00Z"), e.getMessage());
        manager.restart("api", true);
        assertEquals(ProcessState.RUNNING, state());
        assertEquals(1, bed.events(ProcessEvent.CircuitClosed.class).size());
        assertTrue(manager.status("api").circuitOpenUntil().isEmpty());
    }

    @Test
    void startupGrace_holdsHealthRestartsBack_fromEachLaunch() {
        manager = bed.builder()
                .process(
                        "api",
                        p -> p.command("api")
                                .restart(Restart.onFailure().startupGrace(Duration.ofSeconds(30)))
                                .healthCheck(
                                        liveness,
                                        c -> c.every(Duration.ofSeconds(1)).failAfter(1)))
                .build();
        bed.advance(Duration.ofMinutes(10));
        manager.start("api");
        liveness.answer(false, "sick");
        bed.advance(Duration.ofMillis(29_999));
        assertEquals(ProcessState.RUNNING, state());
        bed.advance(Duration.ofSeconds(1));
        assertEquals(ProcessState.RESTARTING, state());
    }

    @Test
    void successExitCodes_countAsClean() {
        manager = bed.builder()
                .process("api", p -> p.command("api").successExitCodes(0, 3, 143))
                .build();
        manager.start("api");
        bed.launcher.latest("api").exit(3);
        assertEquals(ProcessState.STOPPED, state());
        manager.start("api");
        bed.launcher.latest("api").crash(Signal.TERM);
        assertEquals(ProcessState.STOPPED, state());
    }

    @Test
    void aPolicyThatFails_isReplacedByOnFailure() {
        manage(Restart.policy(context -> {
            throw new IllegalStateException("policy");
        }));
        manager.start("api");
        bed.launcher.latest("api").exit(1);
        assertEquals(ProcessState.RESTARTING, state());
    }

    @Test
    void aPolicyOfYourOwn_isAskedWithTheWholeContext() {
        manage(Restart.policy(context -> {
            assertEquals("api", context.processId());
            assertEquals(RestartTrigger.FAILURE_EXIT, context.trigger());
            assertEquals(List.of("out of disk"), context.exit().orElseThrow().lastOutput());
            assertEquals(Duration.ofSeconds(4), context.uptime());
            assertTrue(context.retriesLeft());
            assertEquals(Duration.ofSeconds(5), context.delay());
            return new RestartDecision.GiveUp("the disk is full");
        }));
        manager.start("api");
        bed.launcher.latest("api").print("out of disk");
        bed.advance(Duration.ofSeconds(4));
        bed.launcher.latest("api").exit(1);

        assertEquals(ProcessState.FAILED, state());
        assertEquals("the disk is full", manager.status("api").lastError().orElseThrow());
    }

    @Test
    void start_waitsThroughRestarts_andFailsWhenGivenUp() {
        manager = bed.builder()
                .process(
                        "api",
                        p -> p.command("api")
                                .readinessCheck(readiness)
                                .restart(Restart.onFailure()
                                        .maxRetries(1)
                                        .backoff(Backoff.fixed(Duration.ofSeconds(1)))))
                .build();
        CompletableFuture<Void> start = manager.startAsync("api");
        bed.launcher.latest("api").print("cannot bind");
        bed.launcher.latest("api").exit(1);
        assertFalse(start.isDone());
        bed.advance(Duration.ofSeconds(1));
        bed.launcher.latest("api").print("cannot bind again");
        bed.launcher.latest("api").exit(1);

        ProcessStartException e =
                (ProcessStartException) assertThrows(java.util.concurrent.CompletionException.class, start::join)
                        .getCause();
        assertEquals(Reason.EXITED, e.reason());
        assertEquals(List.of("cannot bind again"), e.lastOutput());
        assertEquals(
                "process 'api' did not start: exited with code 1 before it was ready, after 1 restart; "
                        + "its last output:\n    cannot bind again",
                e.getMessage());
    }
}
