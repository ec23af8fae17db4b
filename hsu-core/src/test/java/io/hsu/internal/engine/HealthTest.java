package io.hsu.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Backoff;
import io.hsu.CheckStatus;
import io.hsu.HealthCheckSpec;
import io.hsu.HealthChecks;
import io.hsu.HealthStatus;
import io.hsu.ProcessEvent.HealthChanged;
import io.hsu.ProcessManager;
import io.hsu.ProcessSpecBuilder;
import io.hsu.ProcessStartException;
import io.hsu.ProcessStartException.Reason;
import io.hsu.ProcessState;
import io.hsu.Restart;
import io.hsu.TestBed;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import io.hsu.testkit.ScriptedCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HealthTest {

    private final TestBed bed = new TestBed();
    private final ScriptedCheck check = new ScriptedCheck();
    private ProcessManager manager;

    private void manage(Consumer<ProcessSpecBuilder> process) {
        manager = bed.builder()
                .process(
                        "api",
                        p -> process.accept(p.command("api")
                                .restart(Restart.onFailure()
                                        .startupGrace(Duration.ZERO)
                                        .backoff(Backoff.fixed(Duration.ofSeconds(1))))))
                .build();
    }

    private static Consumer<HealthCheckSpec.Builder> everySecond(int failAfter) {
        return c -> c.every(Duration.ofSeconds(1))
                .initialDelay(Duration.ZERO)
                .timeout(Duration.ofMillis(600))
                .failAfter(failAfter);
    }

    private ProcessState state() {
        return manager.status("api").state();
    }

    private HealthStatus health() {
        return manager.status("api").health();
    }

    @Test
    void firstLook_comesAfterTheInitialDelay_thenAtTheInterval() {
        check.answer(true, "fine");
        manage(p -> p.healthCheck(check, c -> c.every(Duration.ofSeconds(10)).initialDelay(Duration.ofSeconds(3))));
        manager.start("api");
        bed.advance(Duration.ofMillis(2_999));
        assertEquals(0, check.looks().size());
        bed.advance(Duration.ofMillis(1));
        assertEquals(1, check.looks().size());
        bed.advance(Duration.ofSeconds(20));
        assertEquals(3, check.looks().size());
    }

    @Test
    void looks_areSpreadByChance() {
        bed.random = 0.5;
        check.answer(true, "fine");
        manage(p -> p.healthCheck(check, c -> c.every(Duration.ofSeconds(10)).initialDelay(Duration.ZERO)));
        manager.start("api");
        bed.advance(Duration.ofMillis(499));
        assertEquals(0, check.looks().size());
        bed.advance(Duration.ofMillis(1));
        assertEquals(1, check.looks().size());
        bed.advance(Duration.ofMillis(7_500));
        assertEquals(2, check.looks().size(), "from now on at a time of its own");
        bed.advance(Duration.ofMillis(9_999));
        assertEquals(2, check.looks().size());
        bed.advance(Duration.ofMillis(1));
        assertEquals(3, check.looks().size());
    }

    @Test
    void looks_afterAFailedFirstOne_comeWhenTheyAreDue() {
        bed.random = 0.5;
        check.answer(false, "not yet");
        manage(p -> p.healthCheck(check, c -> c.every(Duration.ofSeconds(10)).initialDelay(Duration.ZERO)));
        manager.start("api");
        bed.advance(Duration.ofMillis(10_499));
        assertEquals(1, check.looks().size());
        bed.advance(Duration.ofMillis(1));
        assertEquals(2, check.looks().size());
    }

    @Test
    void history_tellsWhatChanged_whenWhyAndHowFast_throughAllLaunches() {
        manage(p -> p.healthCheck(check, everySecond(2)));
        manager.start("api");
        bed.advance(Duration.ofMillis(250));
        check.looks().get(0).complete(HealthResult.healthy("fine"));
        bed.executor.runAll();
        check.answer(false, "HTTP 503");
        bed.advance(Duration.ofSeconds(2));
        check.answer(true, "fine again");
        bed.advance(Duration.ofSeconds(1));
        List<HealthChanged> history = manager.healthHistory("api");
        assertEquals(
                List.of(
                        "1 UNKNOWN->HEALTHY fine PT0.25S",
                        "1 HEALTHY->DEGRADED HTTP 503 PT0S",
                        "1 DEGRADED->UNHEALTHY HTTP 503 PT0S",
                        "2 UNKNOWN->HEALTHY fine again PT0S"),
                history.stream()
                        .map(change -> "%d %s->%s %s %s"
                                .formatted(
                                        change.launch(), change.from(), change.to(), change.reason(), change.latency()))
                        .toList());
        assertEquals(history, bed.events(HealthChanged.class));
        CheckStatus now = manager.status("api").checks().get(0);
        assertEquals(history.get(3).at(), now.since());
        bed.advance(Duration.ofSeconds(1_000));
        assertEquals(now.since(), manager.status("api").checks().get(0).since());
    }

    @Test
    void history_isBounded() {
        manage(p -> p.readinessCheck(check.answer(true, "up"), everySecond(1)));
        manager.start("api");
        for (int change = 0; change < 150; change++) {
            check.answer(change % 2 == 1, "no " + change);
            bed.advance(Duration.ofSeconds(1));
        }
        List<HealthChanged> history = manager.healthHistory("api");
        assertEquals(100, history.size());
        assertEquals("no 149", history.get(99).reason());
        assertEquals("no 50", history.get(0).reason());
    }

    @Test
    void statuses_followTheThresholds() {
        manage(p -> p.healthCheck(check, everySecond(3).andThen(c -> c.recoverAfter(2))));
        manager.start("api");
        assertEquals(HealthStatus.UNKNOWN, health());
        check.answer(true, "fine");
        bed.advance(Duration.ofSeconds(1)); // the look that hung has timed out by now
        assertEquals(HealthStatus.DEGRADED, health());
        bed.advance(Duration.ofSeconds(1));
        assertEquals(HealthStatus.HEALTHY, health());
        check.answer(false, "HTTP 503");
        bed.advance(Duration.ofSeconds(1));
        assertEquals(HealthStatus.DEGRADED, health());
        bed.advance(Duration.ofSeconds(1));
        assertEquals(HealthStatus.DEGRADED, health());
        CheckStatus status = manager.status("api").checks().get(0);
        assertEquals(2, status.consecutiveFailures());
        assertEquals("HTTP 503", status.reason());
        bed.advance(Duration.ofSeconds(1));
        assertEquals(ProcessState.RESTARTING, state());
        assertEquals(
                "liveness check failed 3 times in a row: HTTP 503",
                manager.status("api").lastError().orElseThrow());
        assertEquals(
                List.of(HealthStatus.DEGRADED, HealthStatus.HEALTHY, HealthStatus.DEGRADED, HealthStatus.UNHEALTHY),
                bed.events(HealthChanged.class).stream().map(HealthChanged::to).toList());
    }

    @Test
    void oneSuccess_setsTheFailuresBack() {
        check.answer(true, "fine");
        manage(p -> p.healthCheck(check, everySecond(2)));
        manager.start("api");
        for (int round = 0; round < 5; round++) {
            check.answer(false, "sick");
            bed.advance(Duration.ofSeconds(1));
            check.answer(true, "fine");
            bed.advance(Duration.ofSeconds(1));
        }
        assertEquals(1, bed.launcher.launches("api").size());
    }

    @Test
    void aLateLook_isAFailureAndIsCancelled_andTheNextComesAtItsTime() {
        manage(p -> p.healthCheck(check, everySecond(5)));
        manager.start("api");
        bed.advance(Duration.ofMillis(599));
        assertFalse(check.looks().get(0).isDone());
        bed.advance(Duration.ofMillis(1));
        assertTrue(check.looks().get(0).isCancelled());
        assertEquals(
                "scripted: no answer within 600ms",
                manager.status("api").checks().get(0).reason());
        bed.advance(Duration.ofMillis(400));
        assertEquals(2, check.looks().size());
    }

    @Test
    void neverTwoLooksAtOnce() {
        manage(p -> p.healthCheck(check, everySecond(100)));
        manager.start("api");
        for (int step = 0; step < 500; step++) {
            bed.advance(Duration.ofMillis(7));
            assertTrue(check.looks().stream().filter(look -> !look.isDone()).count() <= 1);
        }
    }

    @Test
    void aResultOfAnEarlierLaunch_isDropped() {
        manage(p -> p.healthCheck(check, everySecond(1)));
        manager.start("api");
        CompletableFuture<HealthResult> old = check.looks().get(0);
        bed.launcher.latest("api").exit(1);
        assertTrue(old.isCancelled(), "what nobody waits for is cancelled");
        check.hang();
        bed.advance(Duration.ofSeconds(1));
        old.obtrudeValue(HealthResult.unhealthy("late"));
        assertEquals(ProcessState.RUNNING, state());
        assertEquals(HealthStatus.UNKNOWN, health());
    }

    @Test
    void aCheckThatThrows_orAnswersNothing_fails() {
        List<HealthCheck> broken = List.of(
                target -> {
                    throw new IllegalStateException("no driver");
                },
                target -> null,
                target -> CompletableFuture.failedFuture(new IllegalStateException("no driver")),
                target -> CompletableFuture.completedFuture(null));
        manage(p -> {
            for (int number = 0; number < broken.size(); number++) {
                String name = "check" + number;
                p.healthCheck(broken.get(number), everySecond(9).andThen(c -> c.name(name)));
            }
        });
        manager.start("api");
        for (CheckStatus status : manager.status("api").checks()) {
            assertEquals(HealthStatus.DEGRADED, status.status(), status.name());
            assertFalse(status.reason().isEmpty());
        }
        assertTrue(manager.status("api").checks().get(0).reason().endsWith("failed: no driver"));
    }

    @Test
    void readiness_gatesTheStart_andNeverRestarts() {
        manage(p -> p.readinessCheck(check, everySecond(1)).startTimeout(Duration.ofSeconds(8)));
        check.answer(false, "warming up");
        CompletableFuture<Void> start = manager.startAsync("api");
        bed.advance(Duration.ofSeconds(5));
        assertEquals(ProcessState.STARTING, state());
        assertFalse(start.isDone());
        check.answer(true, "ready");
        bed.advance(Duration.ofSeconds(1));
        assertTrue(start.isDone());
        assertEquals(ProcessState.RUNNING, state());

        check.answer(false, "overloaded");
        bed.advance(Duration.ofMinutes(10));
        assertEquals(ProcessState.RUNNING, state());
        assertEquals(HealthStatus.UNHEALTHY, health());
        assertEquals(1, bed.launcher.launches("api").size());
    }

    @Test
    void startTimeout_saysWhatWasMissing() {
        manager = bed.builder()
                .process(
                        "api",
                        p -> p.command("api")
                                .readinessCheck(check, everySecond(1))
                                .restart(Restart.never()))
                .build();
        check.answer(false, "connection refused");
        CompletableFuture<Void> start = manager.startAsync("api");
        bed.advance(Duration.ofSeconds(10));

        ProcessStartException e = (ProcessStartException)
                assertThrows(CompletionException.class, start::join).getCause();
        assertEquals(Reason.TIMEOUT, e.reason());
        assertEquals(
                "process 'api' did not start: it was not ready within 10s: readiness check: connection refused",
                e.getMessage());
        assertFalse(bed.launcher.latest("api").isAlive());
    }

    @Test
    void startup_suspendsTheOthers_untilItHasPassedOnce() {
        ScriptedCheck liveness = new ScriptedCheck().answer(false, "still loading");
        manage(p -> p.startupCheck(check, everySecond(60)).healthCheck(liveness, everySecond(1)));
        check.answer(false, "loading");
        CompletableFuture<Void> start = manager.startAsync("api");
        bed.advance(Duration.ofSeconds(45)); // longer than the start timeout: the startup check has its own patience
        assertEquals(0, liveness.looks().size());
        assertEquals(ProcessState.STARTING, state());
        liveness.answer(true, "fine");
        check.answer(true, "loaded");
        bed.advance(Duration.ofSeconds(2));
        assertTrue(start.isDone());
        int startupLooks = check.looks().size();
        bed.advance(Duration.ofSeconds(10));
        assertTrue(liveness.looks().size() >= 10);
        assertEquals(startupLooks, check.looks().size(), "the startup check is done");
    }

    @Test
    void startup_thatNeverPasses_restarts_withoutWaitingForTheGrace() {
        manager = bed.builder()
                .process("api", p -> p.command("api").startupCheck(check, everySecond(3)))
                .build();
        check.answer(false, "stuck");
        manager.startAsync("api");
        bed.advance(Duration.ofSeconds(2));
        assertEquals(ProcessState.RESTARTING, state());
        assertEquals(
                "startup check failed 3 times in a row: stuck",
                manager.status("api").lastError().orElseThrow());
    }

    @Test
    void checks_endWithTheLaunch() {
        check.answer(true, "fine");
        manage(p -> p.healthCheck(check, everySecond(1)));
        manager.start("api");
        manager.stop("api");
        int looks = check.looks().size();
        bed.advance(Duration.ofMinutes(1));
        assertEquals(looks, check.looks().size());
        assertEquals(0, bed.time.pending(), "no timer is left");
    }

    @Test
    void disabledCheck_neverLooks() {
        manage(p -> p.healthCheck(check, c -> c.enabled(false)));
        manager.start("api");
        bed.advance(Duration.ofMinutes(5));
        assertEquals(0, check.looks().size());
        assertEquals(List.of(), manager.status("api").checks());
    }

    @Test
    void eachLaunch_hasAnInstanceOfItsOwn_andCloses() {
        List<String> calls = new ArrayList<>();
        manage(p -> p.healthCheck(new PerLaunch(calls), everySecond(1)));
        manager.start("api");
        bed.launcher.latest("api").exit(1);
        bed.advance(Duration.ofSeconds(1));
        manager.stop("api");
        assertEquals(List.of("open 1", "look 1", "close 1", "open 2", "look 2", "close 2"), calls);
    }

    private record PerLaunch(List<String> calls) implements HealthCheck {
        @Override
        public CompletionStage<HealthResult> check(HealthTarget target) {
            throw new AssertionError("not for a launch");
        }

        @Override
        public HealthCheck forLaunch(HealthTarget target) {
            calls.add("open " + target.launch());
            return new HealthCheck() {
                @Override
                public CompletionStage<HealthResult> check(HealthTarget same) {
                    calls.add("look " + same.launch());
                    return CompletableFuture.completedFuture(HealthResult.healthy("fine"));
                }

                @Override
                public void close() {
                    calls.add("close " + target.launch());
                }
            };
        }
    }

    @Test
    void aCheckThatCannotBePrepared_failsAtEveryLook_andTheProcessRuns() {
        manage(p -> p.healthCheck(
                new HealthCheck() {
                    @Override
                    public HealthCheck forLaunch(HealthTarget target) {
                        target.pid();
                        return this;
                    }

                    @Override
                    public CompletionStage<HealthResult> check(HealthTarget target) {
                        throw new AssertionError("it was not prepared");
                    }
                },
                everySecond(9)));
        manager.start("api");
        assertEquals(ProcessState.RUNNING, state());
        assertTrue(
                manager.status("api").checks().get(0).reason().contains("process 'api' is not launched yet"),
                () -> manager.status("api").toString());
    }

    @Test
    void aTimeLeap_isNoFailure() {
        manage(p -> p.healthCheck(check, everySecond(1)));
        manager.start("api");
        bed.time.leap(Duration.ofMinutes(10));
        bed.advance(Duration.ZERO);
        assertEquals(ProcessState.RUNNING, state());
        bed.advance(Duration.ofSeconds(1));
        assertEquals(2, check.looks().size(), "it looks again");
        bed.advance(Duration.ofMillis(600));
        assertEquals(1, manager.status("api").restarts(), "a look that is late in its own time is a failure");
    }

    @Test
    void aTimeLeap_isNoFailure_alsoIfAFailureIsToldFirst() {
        manage(p -> p.healthCheck(check, everySecond(1)));
        manager.start("api");
        bed.time.leap(Duration.ofHours(1));
        check.looks().get(0).complete(HealthResult.unhealthy("connection reset"));
        bed.executor.runAll();
        assertEquals(HealthStatus.UNKNOWN, health());
        check.answer(true, "fine");
        bed.advance(Duration.ofSeconds(1));
        assertEquals(HealthStatus.HEALTHY, health());
        assertEquals(1, bed.launcher.launches("api").size());
    }

    @Test
    void logLine_missesNoLine_andIsNoticedWhenItComes() {
        manage(p -> p.readinessCheck(HealthChecks.logLine("ready on port \\d+"), c -> c.every(Duration.ofMinutes(1))));
        bed.launcher.onLaunch(process -> process.print("starting"));
        CompletableFuture<Void> start = manager.startAsync("api");
        assertFalse(start.isDone());
        bed.launcher.latest("api").print("ready on port 8080");
        assertTrue(start.isDone());

        bed.launcher.onLaunch(process -> process.print("ready on port 9090"));
        manager.restart("api");
        assertEquals(
                "found: ready on port 9090",
                manager.status("api").checks().get(0).reason());
    }

    @Test
    void exec_runsBesideTheProcess_andItsExitDecides() {
        manage(p -> p.healthCheck(HealthChecks.exec("probe", "--fast"), everySecond(2)));
        bed.launcher.commandExit(command -> 3);
        manager.start("api");
        assertEquals(List.of(List.of("probe", "--fast")), bed.launcher.commands());
        assertEquals(
                "probe exited with code 3",
                manager.status("api").checks().get(0).reason());
    }

    @Test
    void exec_thatIsLate_isKilled_andItsOutputTellsWhere() {
        manage(p -> p.healthCheck(HealthChecks.exec("probe", "--slow"), everySecond(2)));
        bed.launcher.commandsHang();
        manager.start("api");
        bed.advance(Duration.ofMillis(600));
        assertEquals(
                "exec probe --slow: no answer within 600ms; its output so far: still at it",
                manager.status("api").checks().get(0).reason());
    }

    @Test
    void checkThatDoesNotGoWithTheProcess_isRefused() {
        IllegalStateException e = assertThrows(
                IllegalStateException.class,
                () -> manage(p -> p.healthCheck(HealthChecks.logLine("up"))
                        .output(o -> o.captureStdout(false).captureStderr(false))));
        assertEquals(
                "process 'api' cannot be checked by 'liveness': a log-line check sees nothing, because neither stream is captured; "
                        + "capture one of them",
                e.getMessage());
        manage(p -> p.healthCheck(HealthChecks.logLine("up")).output(o -> o.captureStdout(false)));
    }

    @Test
    void namedCheck_isLookedUpWhenRegistered() {
        manage(p -> p.healthCheck(HealthChecks.named("process", Map.of()), everySecond(1)));
        manager.start("api");
        assertEquals(HealthStatus.HEALTHY, health());

        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> manage(p -> p.healthCheck(HealthChecks.named("tpc", Map.of()))));
        assertTrue(
                e.getMessage()
                        .startsWith(
                                "process 'api': unknown health check type 'tpc'; available are exec, file, log-line, notify, process, tcp"),
                e.getMessage());
    }
}
