package io.hsu.internal.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Bytes;
import io.hsu.Limit;
import io.hsu.LimitAction;
import io.hsu.LimitKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is found, and when, in a second of looks. */
class LimitWatchTest {

    private final List<String> told = new ArrayList<>();
    private LimitWatch watch;
    private boolean mayEnd = true;
    private boolean held;
    private long second;

    private void watch(Limit limit, int tolerance, int sustained) {
        watch = new LimitWatch(
                List.of(limit),
                any -> held,
                Duration.ofSeconds(tolerance),
                Duration.ofSeconds(sustained),
                new LimitWatch.Listener() {
                    @Override
                    public void exceeded(LimitWatch.Finding finding) {
                        told.add("%d %s: %s".formatted(second, finding.severity(), finding.words()));
                    }

                    @Override
                    public void recovered(LimitWatch.Finding finding) {
                        told.add(second + " recovered");
                    }

                    @Override
                    public void due(LimitWatch.Finding finding) {
                        told.add(second + " due");
                    }
                });
    }

    private void use(double... values) {
        for (double value : values) {
            watch.look(kind -> value, TimeUnit.SECONDS.toNanos(second), mayEnd);
            second++;
        }
    }

    private static double mib(int count) {
        return count * 1024.0 * 1024;
    }

    private void assertTold(String... expected) {
        assertEquals(List.of(expected), told);
    }

    @Test
    void below_isNothing() {
        watch(Limit.cpuPercent(80), 0, 0);
        use(0, 50, 55.9, 10);
        assertTold();
    }

    @Test
    void warning_isToldOnce_andOverWhenItIsWellBelow() {
        watch(Limit.cpuPercent(80).then(LimitAction.RESTART), 0, 0);
        use(56, 70, 80, 55, 40);
        assertTold("0 WARNING: CPU is 56 %, near the limit of 80 %", "3 recovered");
    }

    @Test
    void violation_withoutPatience_isDueAtOnce_andOnce() {
        watch(Limit.memory(Bytes.mib(100)).then(LimitAction.RESTART), 0, 0);
        use(mib(120), mib(130), mib(10), mib(110));
        assertTold(
                "0 CRITICAL: memory is 120 MiB, above the limit of 100 MiB",
                "0 due",
                "2 recovered",
                "3 CRITICAL: memory is 110 MiB, above the limit of 100 MiB",
                "3 due");
    }

    @Test
    void emergency_isFarAbove() {
        watch(Limit.memory(Bytes.mib(100)), 0, 0);
        use(mib(150));
        assertTold("0 EMERGENCY: memory is 150 MiB, above the limit of 100 MiB");
    }

    @Test
    void spike_isNobodysBusiness() {
        watch(Limit.cpuPercent(80).then(LimitAction.RESTART), 2, 0);
        use(100, 100, 10, 100, 100, 10);
        assertTold();
        use(100, 100, 100);
        assertTold("8 CRITICAL: CPU is 100 %, above the limit of 80 %, for 2s", "8 due");
    }

    @Test
    void sustained_isToldBefore() {
        watch(Limit.cpuPercent(80).then(LimitAction.RESTART), 1, 3);
        use(100, 100, 100, 100, 100);
        assertTold("1 CRITICAL: CPU is 100 %, above the limit of 80 %, for 1s", "3 due");
    }

    /** As a process is that is throttled. */
    @Test
    void aboveAndNearInTurn_isToldOnce_untilItIsWellBelow() {
        watch(Limit.cpuPercent(80).then(LimitAction.ALERT), 0, 0);
        use(100, 79, 81, 78, 82, 79);
        assertTold("0 CRITICAL: CPU is 100 %, above the limit of 80 %");
        assertFalse(watch.isViolated(Limit.cpuPercent(80).then(LimitAction.ALERT)));
        use(10, 100);
        assertTold(
                "0 CRITICAL: CPU is 100 %, above the limit of 80 %",
                "6 recovered", "7 CRITICAL: CPU is 100 %, above the limit of 80 %");
        assertTrue(watch.isViolated(Limit.cpuPercent(80).then(LimitAction.ALERT)));
        assertFalse(watch.isInDanger(), "an alert ends nobody");
    }

    /** Nobody knows what it was like meanwhile. */
    @Test
    void lookThatSawNothing_letsTheTimeBeginAnew() {
        watch(Limit.cpuPercent(80).then(LimitAction.RESTART), 0, 3);
        use(100, 100);
        assertTrue(watch.isInDanger());
        watch.interrupt();
        second += 10;
        use(100, 100, 100);
        assertTold("0 CRITICAL: CPU is 100 %, above the limit of 80 %");
        use(100);
        assertEquals("15 due", told.get(1));
    }

    @Test
    void sustained_beginsAnewAfterAPause() {
        watch(Limit.cpuPercent(80).then(LimitAction.RESTART), 0, 3);
        use(100, 100, 70, 100, 100, 100);
        assertTold("0 CRITICAL: CPU is 100 %, above the limit of 80 %");
        use(100);
        assertEquals("6 due", told.get(1));
    }

    @Test
    void grace_letsItBeTold_andNothingMore() {
        watch(Limit.cpuPercent(80).then(LimitAction.RESTART), 0, 0);
        mayEnd = false;
        use(100, 100);
        assertTold("0 CRITICAL: CPU is 100 %, above the limit of 80 %");
        mayEnd = true;
        use(100);
        assertEquals("2 due", told.get(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "LOG", "ALERT", "THROTTLE"})
    void whatLeavesItRunning_isNeverDue(LimitAction action) {
        watch(Limit.cpuPercent(80).then(action), 0, 0);
        use(100, 100, 100);
        assertTold("0 CRITICAL: CPU is 100 %, above the limit of 80 %");
    }

    @Test
    void heldByTheKernel_itIsReachedWhenItIsFull() {
        watch(Limit.openFiles(64), 0, 0);
        use(64);
        assertTold("0 WARNING: open files is 64, near the limit of 64");
        held = true;
        use(64);
        assertEquals("1 CRITICAL: open files is 64, at the limit of 64", told.get(1));
    }

    @Test
    void unknown_countsAsNothing() {
        watch(Limit.openFiles(64).then(LimitAction.RESTART), 0, 3);
        use(65, Double.NaN, Double.NaN, 65);
        assertTold("0 CRITICAL: open files is 65, above the limit of 64", "3 due");
    }

    @Test
    void zero_isALimit() {
        watch(Limit.childProcesses(0).then(LimitAction.RESTART), 0, 0);
        use(0);
        assertTold();
        use(1);
        assertTold("1 EMERGENCY: child processes is 1, above the limit of 0", "1 due");
    }

    @Test
    void withoutAWarning_itIsToldAtTheLimitOnly() {
        watch(Limit.cpuPercent(80).warnAt(100), 0, 0);
        use(80, 79);
        assertTold();
    }

    @Test
    void forgotten_beginsAnew() {
        watch(Limit.cpuPercent(80).then(LimitAction.RESTART), 0, 2);
        use(100, 100);
        watch.forget();
        use(100, 100);
        assertEquals(2, told.size());
        use(100);
        assertEquals("4 due", told.get(2));
    }

    @Test
    void dutyCycle_findsTheShareAtOnce_andLetsGoWhenItIsNotNeeded() {
        DutyCycle cycle = new DutyCycle(50, true);
        assertEquals(0.25, cycle.next(200), 1e-9);
        assertEquals(0.25, cycle.next(50), 1e-9);
        assertEquals(0.125, cycle.next(100), 1e-9, "it has found more to do");
        assertEquals(0.5, cycle.next(12.5), 1e-9);
        assertEquals(1, cycle.next(20), 1e-9, "left alone, it would take 40");
        assertEquals(1, cycle.next(49), 1e-9);
        assertEquals(0.05, cycle.next(100_000), 1e-9, "it must be able to end");
    }

    @Test
    void dutyCycle_ofWhatOnlyGrowsMoreSlowly() {
        DutyCycle cycle = new DutyCycle(50, false);
        assertEquals(0.5, cycle.next(51), 1e-9);
        assertEquals(1, cycle.next(50), 1e-9);
        assertEquals(LimitKind.MEMORY, Limit.memory(1).kind());
    }
}
