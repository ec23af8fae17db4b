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
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Backoff;
import io.hsu.Bytes;
import io.hsu.ExitStatus;
import io.hsu.Limit;
import io.hsu.LimitKind;
import io.hsu.LimitStatus;
import io.hsu.Monitoring;
import io.hsu.ProcessEvent.LimitAdjusted;
import io.hsu.ProcessEvent.LimitKept;
import io.hsu.ProcessEvent.LimitViolated;
import io.hsu.ProcessEvent.RestartScheduled;
import io.hsu.ProcessManager;
import io.hsu.ProcessSpecBuilder;
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
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

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

    @Test
    void kernelsKill_isAViolation() {
        manage(p -> p.limit(memoryLimit().then(IMMEDIATE_KILL)));
        process()
                .end(new ExitStatus.Killed(
                        9, Optional.of(new ExitStatus.Breach(LimitKind.MEMORY, "out of memory at 100 MiB"))));
        bed.executor.runAll();
        assertEquals(
                RestartTrigger.RESOURCE_VIOLATION,
                bed.events(RestartScheduled.class).get(0).trigger());
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
