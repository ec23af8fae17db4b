package io.hsu.internal.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.ProcessSample;
import io.hsu.ResourceMetric;
import io.hsu.ResourceSample;
import io.hsu.internal.launch.MeasuredLaunch;
import io.hsu.internal.resource.ResourceMeter.State;
import io.hsu.spi.ResourceReading;
import io.hsu.testkit.CapturedLog;
import io.hsu.testkit.ManualTime;
import io.hsu.testkit.ScriptedMonitor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What follows from readings: percentages, rates, totals. */
class ResourceMeterTest {

    private static final long ROOT = 100;
    private static final long CHILD = 200;
    private static final long GRANDCHILD = 300;
    private static final long MILLI = 1_000_000;

    private final ManualTime time = new ManualTime();
    private final ScriptedMonitor monitor = new ScriptedMonitor();
    private final ResourceMeters meters = new ResourceMeters(() -> monitor, time);
    private final SampleHistory history = new SampleHistory(Duration.ofHours(1));
    private final ResourceMeter meter = watch(true);

    private ResourceMeter watch(boolean tree) {
        return meters.watch(MeasuredLaunch.of(ROOT, 0, tree, Optional::empty, null), history);
    }

    /** {@return a reading with a processor time of itself, and of those it has waited for} */
    private static ResourceReading cpu(long pid, long parent, long ownMillis, long waitedMillis) {
        return new ResourceReading()
                .begin(pid, pid, parent)
                .cpu(ownMillis * MILLI, waitedMillis * MILLI)
                .threads(1);
    }

    private static ResourceReading written(long pid, long parent, long bytes) {
        return new ResourceReading().begin(pid, pid, parent).bytes(0, bytes).countsWaited();
    }

    /** {@return the sample after a second in which the processes have come to this} */
    private ResourceSample after1s(ResourceReading... processes) {
        time.leap(Duration.ofSeconds(1));
        monitor.set(ROOT, processes);
        meters.sample(List.of(meter));
        assertEquals(State.MEASURED, meter.state());
        return meter.latest().orElseThrow();
    }

    private double cpuSeconds() {
        return meter.value(ResourceMetric.CPU_TIME);
    }

    @Test
    void levels_areSums() {
        ResourceReading root = new ResourceReading()
                .begin(ROOT, 1, 1)
                .memory(10_000, 50_000)
                .descriptors(4)
                .threads(2);
        ResourceReading child = new ResourceReading()
                .begin(CHILD, 2, ROOT)
                .memory(20_000, 60_000)
                .descriptors(5)
                .threads(3);

        ResourceSample sample = after1s(root, child);

        assertEquals(time.now(), sample.time());
        assertEquals(OptionalLong.of(30_000), sample.rss());
        assertEquals(OptionalLong.of(110_000), sample.virtual());
        assertEquals(3, sample.memoryPercent().orElseThrow(), 1e-9);
        assertEquals(OptionalLong.of(9), sample.descriptors());
        assertEquals(OptionalLong.of(5), sample.threads());
        assertEquals(OptionalLong.of(1), sample.children());
        assertEquals(
                List.of(ROOT, CHILD),
                sample.processes().stream().map(ProcessSample::pid).toList());
        assertEquals(2, sample.processes().get(1).memoryPercent().orElseThrow(), 1e-9);
        assertEquals(OptionalLong.of(1), sample.processes().get(0).children());
        assertEquals(OptionalLong.of(0), sample.processes().get(1).children());
    }

    /** Resource limits count for each process by itself. */
    @Test
    void largest_isOfOneProcess() {
        after1s(
                new ResourceReading()
                        .begin(ROOT, 1, 1)
                        .memory(1, 50_000)
                        .descriptors(4)
                        .cpu(3 * MILLI, 70 * MILLI),
                new ResourceReading().begin(CHILD, 2, ROOT).memory(1, 60_000).cpu(2 * MILLI, 0));
        assertEquals(60_000, meter.largest(ResourceMetric.VIRTUAL));
        assertEquals(4, meter.largest(ResourceMetric.DESCRIPTORS));
        assertEquals(0.003, meter.largest(ResourceMetric.CPU_TIME));
        assertTrue(Double.isNaN(meter.largest(ResourceMetric.RSS)), "no such limit is held for each process");
    }

    @Test
    void monitorThatCannotBeMade_isToldOfAsAnyFailure() {
        ResourceMeters broken = new ResourceMeters(
                () -> {
                    throw new IllegalStateException("no such file");
                },
                time);
        ResourceMeter unmeasured = broken.watch(MeasuredLaunch.of(ROOT, 0, true, Optional::empty, null), history);
        broken.sample(List.of(unmeasured));
        assertEquals(State.UNREADABLE, unmeasured.state());
        assertEquals(
                "the resource monitor has failed: java.lang.IllegalStateException: no such file",
                unmeasured.trouble().orElseThrow());
    }

    @Test
    void unknown_staysUnknown() {
        ResourceSample sample = after1s(new ResourceReading().begin(ROOT, 1, 1));
        for (ResourceMetric metric : ResourceMetric.values()) {
            boolean known = metric == ResourceMetric.CHILDREN;
            assertEquals(known, sample.value(metric).isPresent(), metric::toString);
            assertTrue(history.peak(metric).isEmpty() || known, metric::toString);
        }
        sample = after1s(
                new ResourceReading().begin(ROOT, 1, 1).descriptors(3), new ResourceReading().begin(CHILD, 2, ROOT));
        assertEquals(OptionalLong.of(3), sample.descriptors(), "what is known of it");
        assertEquals(OptionalLong.empty(), sample.processes().get(1).descriptors());
    }

    @Test
    void cpuPercent_isOfTheInterval() {
        ResourceSample first = after1s(cpu(ROOT, 1, 5000, 0), cpu(CHILD, ROOT, 1000, 0));
        assertEquals(OptionalDouble.empty(), first.cpuPercent());
        assertEquals(Optional.of(Duration.ofSeconds(6)), first.cpuTime());

        ResourceSample second = after1s(cpu(ROOT, 1, 5200, 0), cpu(CHILD, ROOT, 1900, 0));
        assertEquals(110, second.cpuPercent().orElseThrow(), 1e-9);
        assertEquals(7.1, cpuSeconds(), 1e-9);
        assertEquals(20, second.processes().get(0).cpuPercent().orElseThrow(), 1e-9);
        assertEquals(90, second.processes().get(1).cpuPercent().orElseThrow(), 1e-9);
        assertEquals(
                1.9, second.processes().get(1).value(ResourceMetric.CPU_TIME).orElseThrow(), 1e-9);

        time.leap(Duration.ofSeconds(3));
        assertEquals(
                5,
                after1s(cpu(ROOT, 1, 5400, 0), cpu(CHILD, ROOT, 1900, 0))
                        .cpuPercent()
                        .orElseThrow(),
                1e-9);
    }

    @Test
    void passesAtTheSameMoment_haveNoInterval() {
        after1s(cpu(ROOT, 1, 5000, 0));
        monitor.set(ROOT, cpu(ROOT, 1, 5001, 0));
        meters.sample(List.of(meter));
        assertTrue(Double.isNaN(meter.value(ResourceMetric.CPU_PERCENT)));
    }

    @Test
    void childThatWasWaitedFor_countsOnce() {
        after1s(cpu(ROOT, 1, 1000, 0), cpu(CHILD, ROOT, 4000, 0));
        // It has used half a second more, ended, and was waited for; so were others that nobody has seen.
        ResourceSample after = after1s(cpu(ROOT, 1, 1100, 4500 + 200));
        assertEquals(80, after.cpuPercent().orElseThrow(), 1e-9);
        assertEquals(5.8, cpuSeconds(), 1e-9);
        assertEquals(10, after.processes().get(0).cpuPercent().orElseThrow(), 1e-9, "its own");
    }

    @Test
    void childThatNobodyWaitedFor_isNotTakenOff() {
        after1s(cpu(ROOT, 1, 1000, 0), cpu(CHILD, ROOT, 4000, 0));
        ResourceSample after = after1s(cpu(ROOT, 1, 1300, 0));
        assertEquals(30, after.cpuPercent().orElseThrow(), 1e-9);
        assertEquals(5.3, cpuSeconds(), 1e-9, "it has used that all the same");
    }

    @Test
    void grandchild_isInheritedFromWhoeverIsLeft() {
        after1s(cpu(ROOT, 1, 0, 0), cpu(CHILD, ROOT, 1000, 0), cpu(GRANDCHILD, CHILD, 2000, 0));
        // Both are gone; the child had waited for the grandchild.
        after1s(cpu(ROOT, 1, 0, 3100));
        assertEquals(3.1, cpuSeconds(), 1e-9);
        assertEquals(10, meter.value(ResourceMetric.CPU_PERCENT), 1e-9);
    }

    @Test
    void processThatIsBornInTheInterval_countsWhole() {
        after1s(cpu(ROOT, 1, 0, 0));
        ResourceSample after = after1s(cpu(ROOT, 1, 0, 0), cpu(CHILD, ROOT, 400, 0));
        assertEquals(40, after.cpuPercent().orElseThrow(), 1e-9);
        assertEquals(40, after.processes().get(1).cpuPercent().orElseThrow(), 1e-9);
    }

    @Test
    void processThatIsFoundLate_isNoSpike() {
        after1s(cpu(ROOT, 1, 0, 0));
        ResourceSample after = after1s(cpu(ROOT, 1, 0, 0), cpu(CHILD, ROOT, 3_600_000, 0));
        assertEquals(100, after.cpuPercent().orElseThrow(), 1e-9, "no more than its one thread can");
        assertEquals(3600, cpuSeconds(), 1e-9);
    }

    @Test
    void idOfAnother_isAnother() {
        after1s(cpu(ROOT, 1, 0, 0), cpu(CHILD, ROOT, 5000, 0));
        ResourceReading other = new ResourceReading()
                .begin(CHILD, CHILD + 1, ROOT)
                .cpu(100 * MILLI, 0)
                .threads(1);
        ResourceSample after = after1s(cpu(ROOT, 1, 0, 5000), other);
        assertEquals(10, after.cpuPercent().orElseThrow(), 1e-9);
        assertEquals(5.1, cpuSeconds(), 1e-9);
    }

    @Test
    void counters_neverFall() {
        after1s(cpu(ROOT, 1, 1000, 500), written(CHILD, ROOT, 700));
        ResourceSample after = after1s(cpu(ROOT, 1, 900, 400), written(CHILD, ROOT, 100));
        assertEquals(1.5, cpuSeconds(), 1e-9);
        assertEquals(0, after.cpuPercent().orElseThrow());
        assertEquals(OptionalLong.of(700), after.writtenBytes());
    }

    @Test
    void bytes_ofThoseWaitedForCountOnce() {
        after1s(written(ROOT, 1, 1000), written(CHILD, ROOT, 5000));
        ResourceSample after = after1s(written(ROOT, 1, 1000 + 5600 + 30));
        assertEquals(OptionalLong.of(6630), after.writtenBytes());
        assertEquals(630, after.writtenBytesPerSecond().orElseThrow(), 1e-9);

        after1s(written(ROOT, 1, 6630), written(CHILD, ROOT, 9000));
        after = after1s(written(ROOT, 1, 6640));
        assertEquals(
                OptionalLong.of(15630),
                after.writtenBytes(),
                "nobody has waited for it, and it has written all the same; the ten may be of what it had written");
    }

    @Test
    void bytes_whereThoseWaitedForDoNotCount() {
        ResourceReading root = new ResourceReading().begin(ROOT, 1, 1).bytes(0, 1000);
        ResourceReading child = new ResourceReading().begin(CHILD, 2, ROOT).bytes(0, 5000);
        after1s(root, child);
        ResourceSample after = after1s(new ResourceReading().begin(ROOT, 1, 1).bytes(0, 1300));
        assertEquals(OptionalLong.of(6300), after.writtenBytes());
        assertEquals(300, after.writtenBytesPerSecond().orElseThrow(), 1e-9);
    }

    @Test
    void bytesThatBecomeReadableLate_areNoSpike() {
        after1s(new ResourceReading().begin(ROOT, 1, 1));
        ResourceSample after = after1s(new ResourceReading().begin(ROOT, 1, 1).bytes(0, 5000));
        assertEquals(OptionalLong.of(5000), after.writtenBytes());
        assertEquals(0, after.writtenBytesPerSecond().orElseThrow());
    }

    @Test
    void gone_keepsTheLastFigures() {
        after1s(cpu(ROOT, 1, 1000, 0));
        monitor.set(ROOT);
        meters.sample(List.of(meter));
        assertEquals(State.GONE, meter.state());
        assertEquals(1, cpuSeconds());
        assertEquals(1, history.samples().size());
    }

    @Test
    void unreadable_doesNotCount() {
        after1s(cpu(ROOT, 1, 1000, 0), cpu(CHILD, ROOT, 1000, 0));
        monitor.set(ROOT, cpu(999, 1, 1000, 0));
        monitor.setUnreadable(ROOT, "no descriptor is left");
        meters.sample(List.of(meter));
        assertEquals(State.UNREADABLE, meter.state());
        assertEquals(Optional.of("no descriptor is left"), meter.trouble());
        assertEquals(2, cpuSeconds());

        ResourceSample after = after1s(cpu(ROOT, 1, 1100, 0), cpu(CHILD, ROOT, 1100, 0));
        assertEquals(20, after.cpuPercent().orElseThrow(), 1e-9);
        assertEquals(Optional.empty(), meter.trouble());
    }

    @Test
    void peaksAndHistory_areKept() {
        after1s(new ResourceReading().begin(ROOT, 1, 1).memory(5000, 1));
        after1s(new ResourceReading().begin(ROOT, 1, 1).memory(9000, 1));
        after1s(new ResourceReading().begin(ROOT, 1, 1).memory(7000, 1));
        assertEquals(9000, history.peak(ResourceMetric.RSS).orElseThrow().value());
        assertEquals(
                time.now().minusSeconds(1),
                history.peak(ResourceMetric.RSS).orElseThrow().time());
        assertEquals(3, meter.history().samples().size());
    }

    @Test
    void pass_measuresOnlyWhatIsDue() {
        ResourceMeter other = watch(false);
        meters.sample(List.of());
        assertEquals(0, monitor.passes(), "nothing is due: the monitor is not even made");
        after1s(cpu(ROOT, 1, 1, 0));
        assertEquals(State.NOT_MEASURED, other.state());
        assertEquals(List.of(ROOT), monitor.watched());
        assertTrue(other.latest().isEmpty());
    }

    @Test
    void close_isForTheNextPass() {
        after1s(cpu(ROOT, 1, 1, 0));
        meter.close();
        meter.close();
        assertEquals(List.of(ROOT), monitor.watched(), "a pass may be under way");
        meters.sample(List.of(meter));
        assertEquals(List.of(), monitor.watched());
        assertEquals(1, monitor.passes(), "what is closed is not measured");
        meters.close();
        assertTrue(monitor.isClosed());
    }

    @Test
    void failingMonitor_isToldOnceAndHarmsNothing() {
        try (CapturedLog log = CapturedLog.of(ResourceMeters.class)) {
            monitor.failWith(new IllegalStateException("no idea"));
            meters.sample(List.of(meter));
            meters.sample(List.of(meter));
            assertEquals(1, log.messages().size(), log::toString);
            assertEquals(State.UNREADABLE, meter.state());
            assertTrue(meter.trouble().orElseThrow().contains("no idea"));
            monitor.failWith(null);
            assertFalse(after1s(cpu(ROOT, 1, 1, 0)).processes().isEmpty());
        }
    }
}
