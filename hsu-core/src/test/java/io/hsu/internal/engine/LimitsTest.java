package io.hsu.internal.engine;

import static io.hsu.LimitAction.ALERT;
import static io.hsu.LimitAction.GRACEFUL_SHUTDOWN;
import static io.hsu.LimitAction.IMMEDIATE_KILL;
import static io.hsu.LimitAction.LOG;
import static io.hsu.LimitAction.NONE;
import static io.hsu.LimitAction.RESTART;
import static io.hsu.LimitAction.RESTART_ADJUSTED;
import static io.hsu.LimitAction.THROTTLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Backoff;
import io.hsu.Bytes;
import io.hsu.ExitStatus;
import io.hsu.Limit;
import io.hsu.LimitAction;
import io.hsu.LimitKind;
import io.hsu.LimitStatus;
import io.hsu.LimitStatus.Holder;
import io.hsu.Monitoring;
import io.hsu.ProcessEvent.LimitAdjusted;
import io.hsu.ProcessEvent.LimitKept;
import io.hsu.ProcessEvent.LimitViolated;
import io.hsu.ProcessEvent.MonitoringFailed;
import io.hsu.ProcessEvent.MonitoringRecovered;
import io.hsu.ProcessEvent.RestartScheduled;
import io.hsu.ProcessManager;
import io.hsu.ProcessSpecBuilder;
import io.hsu.ProcessStartException;
import io.hsu.ProcessStartException.Reason;
import io.hsu.ProcessState;
import io.hsu.ResourceMetric;
import io.hsu.Restart;
import io.hsu.RetryBudget;
import io.hsu.Severity;
import io.hsu.Signal;
import io.hsu.TestBed;
import io.hsu.spi.RestartTrigger;
import io.hsu.testkit.FakeProcess;
import io.hsu.testkit.ScriptedCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that take more than they may. */
class LimitsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestBed bed = new TestBed();
    private final List<LimitViolated> alerts = new ArrayList<>();
    private ProcessManager manager;
    private long cpuNanos;

    private void manage(Consumer<ProcessSpecBuilder> process) {
        manager = bed.builder()
                .onAlert(alerts::add)
                .process(
                        "api",
                        p -> process.accept(p.command("api")
                                .monitoring(Monitoring.DEFAULT.every(SECOND))
                                .restart(Restart.onFailure()
                                        .startupGrace(Duration.ZERO)
                                        .sustainedViolation(Duration.ZERO)
                                        .backoff(Backoff.fixed(SECOND)))))
                .build();
        manager.start("api");
    }

    private FakeProcess process() {
        return bed.launcher.latest("api");
    }

    private ProcessState state() {
        return manager.status("api").state();
    }

    private void memory(long mib) {
        bed.monitor.use(process().pid(), reading -> reading.memory(Bytes.mib(mib), Bytes.mib(2 * mib)));
    }

    /** Lets time pass in which the process keeps so many cores busy, as long as it is not paused. {@return how much of the time that is} */
    private double busy(double cores, Duration time) {
        int steps = (int) time.toMillis();
        int ran = 0;
        bed.monitor.use(process().pid(), reading -> reading.cpu(cpuNanos, 0));
        for (int step = 0; step < steps; step++) {
            if (!process().isPaused()) {
                ran++;
                cpuNanos += (long) (cores * 1_000_000);
            }
            bed.advance(Duration.ofMillis(1));
        }
        return ran / (double) steps;
    }

    private static double mib(int count) {
        return count * 1024.0 * 1024;
    }

    private static Limit memoryLimit() {
        return Limit.memory(Bytes.mib(100));
    }

    // Measured.

    @Test
    void usage_isInTheStatusAfterASecond_andAtTheInterval() {
        manager = bed.builder().process("api", p -> p.command("api")).build();
        manager.start("api");
        memory(10);
        assertEquals(Optional.empty(), manager.status("api").usage());
        bed.advance(SECOND);
        assertEquals(
                OptionalLong.of(Bytes.mib(10)),
                manager.status("api").usage().orElseThrow().rss());
        memory(20);
        bed.advance(Duration.ofSeconds(28));
        assertEquals(1, bed.monitor.passes());
        bed.advance(SECOND);
        assertEquals(
                OptionalLong.of(Bytes.mib(20)),
                manager.status("api").usage().orElseThrow().rss());
        assertEquals(2, manager.resources("api").samples().size());
        manager.stop("api");
        assertEquals(Optional.empty(), manager.status("api").usage());
        assertEquals(2, manager.resources("api").samples().size());
        assertEquals(
                mib(20),
                manager.resources("api").peak(ResourceMetric.RSS).orElseThrow().value());
        manager.close();
        bed.executor.runAll();
        assertEquals(0, bed.monitor.watched());
    }

    @Test
    void manyProcesses_areMeasuredInOnePass() {
        manager = bed.builder()
                .process("one", p -> p.command("one"))
                .process("two", p -> p.command("two"))
                .process("three", p -> p.command("three").monitoring(Monitoring.DEFAULT.enabled(false)))
                .build();
        manager.start();
        bed.advance(Duration.ofSeconds(90));
        assertEquals(4, bed.monitor.passes(), "one soon, and one every thirty seconds");
        assertEquals(2, bed.monitor.watched());
    }

    // Judged.

    @Test
    void warning_isToldAndNothingElse() {
        manage(p -> p.limit(memoryLimit().then(RESTART)));
        memory(90);
        bed.advance(Duration.ofSeconds(10));
        LimitViolated warning = bed.events(LimitViolated.class).get(0);
        assertEquals(Severity.WARNING, warning.severity());
        assertEquals("memory is 90 MiB, near the limit of 100 MiB", warning.reason());
        assertEquals(ProcessState.RUNNING, state());
        memory(10);
        bed.advance(SECOND);
        assertEquals(1, bed.events(LimitKept.class).size());
        assertEquals(1, bed.events(LimitViolated.class).size());
    }

    @Test
    void restart_isForTheViolation_withABudgetOfItsOwn() {
        manage(p -> p.limit(memoryLimit().then(RESTART))
                .restart(Restart.onFailure()
                        .startupGrace(Duration.ZERO)
                        .sustainedViolation(Duration.ZERO)
                        .noCircuitBreaker()
                        .maxRetries(0)
                        .onResourceViolation(RetryBudget.of(2, Backoff.fixed(SECOND)))));
        for (int round = 1; round <= 2; round++) {
            memory(120);
            bed.advance(SECOND);
            assertEquals(List.of(Signal.TERM), process().signals());
            bed.advance(Duration.ofMillis(100));
            RestartScheduled scheduled = bed.events(RestartScheduled.class).get(round - 1);
            assertEquals(RestartTrigger.RESOURCE_VIOLATION, scheduled.trigger());
            assertEquals("memory is 120 MiB, above the limit of 100 MiB", scheduled.reason());
            bed.advance(Duration.ofSeconds(2));
            assertEquals(ProcessState.RUNNING, state());
        }
        memory(120);
        bed.advance(Duration.ofSeconds(2));
        assertEquals(ProcessState.FAILED, state());
        assertTrue(manager.explain("api").toString().contains("memory is 120 MiB"), manager.explain("api")::toString);
    }

    @Test
    void emergency_waitsTwiceAsLong() {
        manage(p -> p.limit(memoryLimit().then(RESTART)));
        memory(200);
        bed.advance(SECOND);
        bed.advance(Duration.ofMillis(100));
        RestartScheduled scheduled = bed.events(RestartScheduled.class).get(0);
        assertEquals(Duration.ofSeconds(4), scheduled.delay(), "twice for a violation, twice for an emergency");
    }

    @Test
    void spike_isNotActedOn_andWhatLastsIs() {
        manage(p -> p.limit(memoryLimit().then(RESTART))
                .restart(Restart.onFailure()
                        .startupGrace(Duration.ZERO)
                        .spikeTolerance(Duration.ofSeconds(2))
                        .sustainedViolation(Duration.ofSeconds(5))));
        memory(120);
        bed.advance(Duration.ofSeconds(2));
        memory(10);
        bed.advance(Duration.ofSeconds(5));
        assertEquals(List.of(), bed.events(LimitViolated.class));
        memory(120);
        bed.advance(Duration.ofSeconds(5));
        assertEquals(1, bed.events(LimitViolated.class).size());
        assertEquals(ProcessState.RUNNING, state());
        bed.advance(Duration.ofSeconds(2));
        assertEquals(ProcessState.RESTARTING, state());
    }

    @Test
    void startupChecks_suspendTheLimits() {
        ScriptedCheck startup = new ScriptedCheck().answer(false, "still loading");
        manager = bed.builder()
                .process(
                        "api",
                        p -> p.command("api")
                                .monitoring(Monitoring.DEFAULT.every(SECOND))
                                .limit(memoryLimit().then(RESTART))
                                .restart(Restart.onFailure().sustainedViolation(Duration.ofSeconds(3)))
                                .startupCheck(startup, c -> c.every(SECOND).failAfter(100)))
                .build();
        manager.startAsync("api");
        bed.executor.runAll();
        memory(120);
        bed.advance(Duration.ofSeconds(20));
        assertEquals(List.of(), bed.events(LimitViolated.class));
        startup.answer(true, "loaded");
        bed.advance(Duration.ofSeconds(3));
        assertEquals(ProcessState.RUNNING, state());
        bed.advance(Duration.ofSeconds(2));
        assertEquals(ProcessState.RESTARTING, state(), "what has lasted counts from then on, and needs no more grace");
    }

    @Test
    void startupGrace_holdsBackWhatEndsTheProcess() {
        manage(p -> p.limit(memoryLimit().then(RESTART))
                .restart(
                        Restart.onFailure().startupGrace(Duration.ofSeconds(10)).sustainedViolation(Duration.ZERO)));
        memory(120);
        bed.advance(Duration.ofSeconds(9));
        assertEquals(1, bed.events(LimitViolated.class).size(), "it is told");
        assertEquals(ProcessState.RUNNING, state());
        bed.advance(Duration.ofSeconds(2));
        assertEquals(ProcessState.RESTARTING, state());
    }

    // Acted upon.

    @Test
    void none_isNothing() {
        manage(p -> p.limit(memoryLimit().then(NONE)));
        memory(120);
        bed.advance(Duration.ofSeconds(5));
        assertEquals(List.of(), bed.events(LimitViolated.class));
        assertEquals(ProcessState.RUNNING, state());
    }

    @Test
    void log_leavesItRunning() {
        manage(p -> p.limit(memoryLimit().then(LOG)));
        memory(120);
        bed.advance(Duration.ofSeconds(5));
        assertEquals(1, bed.events(LimitViolated.class).size());
        assertEquals(List.of(), alerts);
        assertEquals(ProcessState.RUNNING, state());
    }

    @Test
    void alert_callsTheHandler_unlessThatIsSwitchedOff() {
        manage(p -> p.limit(memoryLimit().then(ALERT)));
        memory(90);
        bed.advance(SECOND);
        assertEquals(List.of(), alerts, "a warning is no alert");
        memory(120);
        bed.advance(Duration.ofSeconds(5));
        assertEquals(1, alerts.size());
        assertEquals(mib(120), alerts.get(0).value());
        assertEquals(ProcessState.RUNNING, state());
    }

    @Test
    void alert_switchedOff() {
        manage(p -> p.limit(memoryLimit().then(ALERT))
                .monitoring(Monitoring.DEFAULT.every(SECOND).withAlerting(false)));
        memory(120);
        bed.advance(Duration.ofSeconds(5));
        assertEquals(List.of(), alerts);
        assertEquals(1, bed.events(LimitViolated.class).size());
    }

    @Test
    void gracefulShutdown_staysStopped() {
        manage(p -> p.limit(memoryLimit().then(GRACEFUL_SHUTDOWN)).stopCommand("bye"));
        memory(120);
        bed.advance(Duration.ofMillis(1_100));
        assertEquals(List.of(List.of("bye")), bed.launcher.commands());
        assertEquals(List.of(Signal.TERM), process().signals());
        assertEquals(ProcessState.STOPPED, state());
        assertEquals(
                Optional.of("memory is 120 MiB, above the limit of 100 MiB"),
                manager.status("api").lastError());
        bed.advance(Duration.ofMinutes(10));
        assertEquals(1, bed.launcher.launches("api").size());
        manager.start("api");
        assertEquals(ProcessState.RUNNING, state());
    }

    @Test
    void immediateKill_isFollowedByARestart() {
        manage(p -> p.limit(memoryLimit().then(IMMEDIATE_KILL)));
        memory(120);
        bed.advance(Duration.ofMillis(1_100));
        assertEquals(List.of(Signal.KILL), process().signals());
        assertEquals(ProcessState.RESTARTING, state());
    }

    @Test
    void restartAdjusted_raisesTheLimit_upToItsCeiling_untilAnOperatorStartsItAnew() {
        manage(p -> p.limit(memoryLimit().then(RESTART_ADJUSTED).adjust(1.5, Bytes.mib(200)))
                .restart(Restart.onFailure()
                        .startupGrace(Duration.ZERO)
                        .sustainedViolation(Duration.ZERO)
                        .noCircuitBreaker()
                        .onResourceViolation(RetryBudget.unlimited(Backoff.fixed(SECOND)))));
        memory(120);
        bed.advance(Duration.ofMillis(3_100));
        LimitAdjusted first = bed.events(LimitAdjusted.class).get(0);
        assertEquals(mib(150), first.to().amount());
        assertEquals("memory is 120 MiB, above the limit of 100 MiB", first.reason());
        assertEquals(2, bed.launcher.launches("api").size());
        assertEquals(mib(150), process().request().limits().get(0).amount());
        assertEquals(mib(150), manager.status("api").limits().get(0).limit().amount());
        memory(140);
        bed.advance(Duration.ofSeconds(5));
        assertEquals(ProcessState.RUNNING, state());
        memory(160);
        bed.advance(Duration.ofMillis(3_100));
        assertEquals(mib(200), process().request().limits().get(0).amount());
        memory(210);
        bed.advance(Duration.ofMillis(3_100));
        assertEquals(2, bed.events(LimitAdjusted.class).size(), "that was the ceiling");
        assertEquals(4, bed.launcher.launches("api").size());
        manager.restart("api");
        bed.advance(Duration.ofMillis(100));
        assertEquals(mib(100), process().request().limits().get(0).amount());
    }

    @Test
    void throttle_stopsAndContinues_asMuchAsItTakes_andEndsWithContinue() {
        manage(p -> p.limit(Limit.cpuPercent(50).then(THROTTLE)));
        busy(2, Duration.ofSeconds(5));
        assertEquals(0.25, busy(2, Duration.ofSeconds(5)), 0.02);
        assertEquals(0.125, busy(4, Duration.ofSeconds(10)), 0.03, "it has found more to do");
        busy(0.1, Duration.ofSeconds(3));
        assertEquals(1, busy(0.1, Duration.ofSeconds(1)), 0.01, "it needs no more");
        assertFalse(process().isPaused());
    }

    @Test
    void throttled_itIsContinuedBeforeItIsStopped() {
        manage(p -> p.limit(Limit.cpuPercent(50).then(THROTTLE)));
        busy(10, Duration.ofSeconds(3));
        while (!process().isPaused()) {
            busy(10, Duration.ofMillis(1));
        }
        manager.stop("api");
        assertFalse(process().isPaused());
        assertEquals(ProcessState.STOPPED, state());
    }

    private static final String OUT_OF_MEMORY = "out of memory, the limit of its control group is 100 MiB";

    private void endByTheKernel() {
        process().end(new ExitStatus.Killed(9, Optional.of(new ExitStatus.Breach(LimitKind.MEMORY, OUT_OF_MEMORY))));
        bed.executor.runAll();
    }

    /** The kernel has its own answer, and then the action is taken all the same. */
    @ParameterizedTest
    @EnumSource
    void kernelsKill_isAViolation(LimitAction action) {
        manage(p -> p.limit(memoryLimit().then(action)));
        process().held(new LimitStatus(memoryLimit().then(action), Holder.CGROUP, "memory.max"));
        endByTheKernel();
        if (action == THROTTLE) {
            assertEquals(
                    RestartTrigger.FAILURE_EXIT,
                    bed.events(RestartScheduled.class).get(0).trigger(),
                    "at that limit nobody is killed: it was another one");
            assertEquals(List.of(), bed.events(LimitViolated.class));
            return;
        }
        if (action == GRACEFUL_SHUTDOWN) {
            assertEquals(ProcessState.STOPPED, state());
            assertEquals(List.of(), bed.events(RestartScheduled.class));
        } else {
            RestartScheduled scheduled = bed.events(RestartScheduled.class).get(0);
            assertEquals(RestartTrigger.RESOURCE_VIOLATION, scheduled.trigger());
            assertTrue(scheduled.reason().contains(OUT_OF_MEMORY), scheduled.reason());
        }
        List<String> told = bed.events(LimitViolated.class).stream()
                .map(LimitViolated::reason)
                .toList();
        assertEquals(action == NONE ? List.of() : List.of(OUT_OF_MEMORY), told);
        assertEquals(action == ALERT ? 1 : 0, alerts.size());
        assertEquals(
                action == RESTART_ADJUSTED ? 1 : 0,
                bed.events(LimitAdjusted.class).size());
    }

    @Test
    void kernelsKill_thatIsNotForItsLimit_isACrash() {
        manage(p -> p.limit(memoryLimit().then(GRACEFUL_SHUTDOWN)));
        endByTheKernel(); // the whole system is out of memory
        assertEquals(
                RestartTrigger.FAILURE_EXIT,
                bed.events(RestartScheduled.class).get(0).trigger());
        assertEquals(List.of(), bed.events(LimitViolated.class));
    }

    @Test
    void workerKilledWithinTheGrace_isActedOnWhenThatIsOver() {
        Limit limit = memoryLimit().then(RESTART);
        manage(p -> p.limit(limit)
                .restart(
                        Restart.onFailure().startupGrace(Duration.ofSeconds(10)).backoff(Backoff.fixed(SECOND))));
        process().held(new LimitStatus(limit, Holder.CGROUP, "memory.max"));
        process().loseAChildToMemory();
        bed.advance(Duration.ofSeconds(9));
        assertEquals(ProcessState.RUNNING, state());
        bed.advance(Duration.ofSeconds(2));
        assertEquals(ProcessState.RESTARTING, state());
        assertEquals(1, bed.events(LimitViolated.class).size());
    }

    @Test
    void kernelsKillBeforeItIsReady_isWhyItDidNotStart() {
        manager = bed.builder()
                .process(
                        "api",
                        p -> p.command("api")
                                .limit(memoryLimit().then(IMMEDIATE_KILL))
                                .restart(Restart.never())
                                .readinessCheck(new ScriptedCheck().answer(false, "not yet"), c -> {}))
                .build();
        CompletableFuture<Void> start = manager.startAsync("api");
        bed.executor.runAll();
        process().held(new LimitStatus(memoryLimit().then(IMMEDIATE_KILL), Holder.CGROUP, "memory.max"));
        endByTheKernel();
        CompletionException failure = assertThrows(CompletionException.class, start::join);
        assertEquals(Reason.LIMIT, ((ProcessStartException) failure.getCause()).reason());
    }

    /** Though a run that long makes up for crashes. */
    @Test
    void budgetOfViolations_outlastsTheTimeTheyTake() {
        manage(p -> p.limit(memoryLimit().then(RESTART))
                .restart(Restart.onFailure()
                        .startupGrace(Duration.ZERO)
                        .resetAfter(Duration.ofSeconds(60))
                        .sustainedViolation(Duration.ofMinutes(5))
                        .noCircuitBreaker()
                        .onResourceViolation(RetryBudget.of(2, Backoff.fixed(SECOND)))));
        for (int launch = 1; launch <= 3; launch++) {
            assertEquals(ProcessState.RUNNING, state());
            memory(120);
            bed.advance(Duration.ofMinutes(5).plusSeconds(10));
        }
        assertEquals(ProcessState.FAILED, state());
        assertEquals(
                List.of(1, 2),
                bed.events(RestartScheduled.class).stream()
                        .map(RestartScheduled::retry)
                        .toList());
    }

    @Test
    void budgetOfViolations_isWholeAgainAfterAQuietTime() {
        manage(p -> p.limit(memoryLimit().then(RESTART))
                .restart(Restart.onFailure()
                        .startupGrace(Duration.ZERO)
                        .resetAfter(Duration.ofSeconds(60))
                        .sustainedViolation(Duration.ofMinutes(5))
                        .onResourceViolation(RetryBudget.of(1, Backoff.fixed(SECOND)))));
        memory(120);
        bed.advance(Duration.ofMinutes(5).plusSeconds(10));
        memory(10);
        bed.advance(Duration.ofMinutes(5).plusSeconds(30));
        assertEquals(1, manager.status("api").retries());
        memory(120); // it begins just before the time is over
        bed.advance(Duration.ofSeconds(50));
        assertEquals(1, manager.status("api").retries());
        memory(10);
        bed.advance(Duration.ofSeconds(61));
        assertEquals(0, manager.status("api").retries());
        memory(120);
        bed.advance(Duration.ofMinutes(5).plusSeconds(10));
        assertEquals(ProcessState.RUNNING, state());
        assertEquals(1, manager.status("api").retries());
    }

    @Test
    void workerThatTheKernelHasKilled_isAViolation_thoughTheProcessLives() {
        manage(p -> p.limit(memoryLimit().then(IMMEDIATE_KILL)));
        process().held(new LimitStatus(memoryLimit().then(IMMEDIATE_KILL), Holder.CGROUP, "memory.max"));
        bed.advance(SECOND);
        process().loseAChildToMemory();
        bed.advance(SECOND);
        assertEquals(List.of(), bed.events(LimitViolated.class), "it may have been the process itself");
        bed.advance(Duration.ofMillis(1_100));
        LimitViolated told = bed.events(LimitViolated.class).get(0);
        assertEquals("something it had started was killed: " + OUT_OF_MEMORY, told.reason());
        assertEquals(List.of(Signal.KILL), process().signals());
        assertEquals(ProcessState.RESTARTING, state());
    }

    @Test
    void processThatCannotBeMeasured_isToldOf_untilItCan() {
        manage(p -> p.limit(memoryLimit().then(RESTART)));
        bed.monitor.unreadable(process().pid(), "/proc is hidden");
        bed.advance(Duration.ofSeconds(3));
        assertEquals(
                List.of("/proc is hidden"),
                bed.events(MonitoringFailed.class).stream()
                        .map(MonitoringFailed::reason)
                        .toList());
        LimitStatus status = manager.status("api").limits().get(0);
        assertEquals(Holder.UNSUPPORTED, status.holder());
        assertTrue(status.detail().endsWith("it cannot be watched at the moment: /proc is hidden"), status::detail);
        bed.monitor.unreadable(process().pid(), null);
        memory(10);
        bed.advance(Duration.ofSeconds(3));
        assertEquals(1, bed.events(MonitoringRecovered.class).size());
        assertEquals(Holder.WATCHED, manager.status("api").limits().get(0).holder());
    }

    /** Otherwise it would be stopped in turn as well. */
    @Test
    void whatTheKernelHoldsBack_isNotStoppedOnTop() {
        Limit limit = memoryLimit().then(THROTTLE);
        manage(p -> p.limit(limit));
        process().held(new LimitStatus(limit, Holder.CGROUP, "memory.high"));
        memory(120);
        for (int step = 0; step < 5_000; step++) {
            bed.advance(Duration.ofMillis(1));
            assertFalse(process().isPaused());
        }
    }

    @Test
    void alertHandler_isCalledInOrder_andMayFail() {
        List<String> called = new ArrayList<>();
        manager = bed.builder()
                .onAlert(violated -> {
                    called.add(violated.limit().kind().label());
                    throw new IllegalStateException("the pager is broken");
                })
                .process(
                        "api",
                        p -> p.command("api")
                                .monitoring(Monitoring.DEFAULT.every(SECOND))
                                .limit(memoryLimit().then(ALERT))
                                .limit(Limit.openFiles(10).then(ALERT)))
                .build();
        manager.start("api");
        bed.monitor.use(
                process().pid(), reading -> reading.memory(Bytes.mib(120), 0).descriptors(11));
        bed.advance(SECOND);
        assertEquals(List.of("memory", "open files"), called);
        assertEquals(ProcessState.RUNNING, state());
    }

    @Test
    void status_saysHowEachLimitIsHeld() {
        manage(p -> p.limit(memoryLimit()).limit(Limit.openFiles(10)));
        assertEquals(
                List.of("memory WATCHED", "open files WATCHED"),
                manager.status("api").limits().stream()
                        .map(status -> status.limit().kind().label() + " " + status.holder())
                        .toList());
        assertTrue(manager.status("api").limits().stream().noneMatch(LimitStatus::isHeldByKernel));
    }
}
