package io.hsu.internal.resource;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.ProcessSample;
import io.hsu.ResourceMetric;
import io.hsu.ResourceSample;
import io.hsu.internal.launch.MeasuredLaunch;
import io.hsu.internal.resource.ResourceMeter.State;
import io.hsu.internal.time.Clock;
import io.hsu.spi.ResourceMonitor;
import io.hsu.testkit.Marked;
import io.hsu.testkit.ResourceChild;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every monitor promises, with real processes: each figure is what the process did. After each test nothing is left of the
 * processes.
 */
@DisabledOnOs(OS.WINDOWS)
public abstract class ResourceMonitorContract {

    private static final long MIB = 1024 * 1024;

    /** Here, and not where the system has its temporary files: those may never get to storage. */
    @TempDir(factory = InTarget.class)
    protected Path directory;

    private static Marked markedForAll;
    /** One for all tests, since it is a JVM. */
    private static ResourceChild child;

    protected final Marked marked = new Marked();
    protected ResourceMeters meters;

    /** {@return the monitor that is put to the test} */
    protected abstract ResourceMonitor create();

    /** {@return whether it counts how often is read and written} */
    protected abstract boolean countsOperations();

    /** {@return whether it has seen what children used that came and went between two passes} */
    protected abstract boolean countsWhoCameAndWent();

    @BeforeAll
    static void startChild() throws IOException {
        markedForAll = new Marked();
        child = new ResourceChild(markedForAll);
    }

    @AfterAll
    static void endChild() {
        child.close();
        markedForAll.killAll();
        soon("the end of its children").untilAsserted(() -> assertEquals(Set.of(), markedForAll.alive()));
    }

    @BeforeEach
    void open() {
        meters = new ResourceMeters(this::create, Clock.system());
    }

    @AfterEach
    void nothingIsLeft() {
        meters.close();
        marked.killAll();
        soon("the end of all processes").untilAsserted(() -> assertEquals(Set.of(), marked.alive()));
    }

    protected final ResourceMeter watch(long pid, boolean tree) {
        return meters.watch(
                MeasuredLaunch.of(pid, 0, tree, Optional::empty, null),
                new SampleHistory(SampleHistory.DEFAULT_RETENTION));
    }

    protected final ResourceSample sample(ResourceMeter meter) {
        meters.sample(List.of(meter));
        assertEquals(State.MEASURED, meter.state(), () -> meter.trouble().orElse(""));
        return meter.latest().orElseThrow();
    }

    protected final Process sh(String script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script);
        builder.environment().put(Marked.VARIABLE, marked.mark());
        return builder.start();
    }

    @Test
    void figures_areWhatTheProcessDid() throws Exception {
        Path file = directory.resolve("file");
        try (ResourceMeter meter = watch(child.pid(), true)) {
            ResourceSample before = sample(meter);
            child.allocate(100 * MIB);
            Duration burned = child.burn(Duration.ofMillis(300));
            child.write(file, 8 * MIB);
            child.open(file, 20);
            child.threads(10);
            child.children(2);
            soon("the children to be shells no more").untilAsserted(() -> {
                ResourceSample after = sample(meter);
                ProcessSample own = after.processes().get(0);
                assertRise(
                        100 * MIB,
                        115 * MIB,
                        before.rss().orElseThrow(),
                        own.rss().orElseThrow(),
                        "rss");
                assertTrue(own.virtual().orElseThrow() > own.rss().orElseThrow(), "virtual");
                assertRise(
                        burned.toMillis() - 20,
                        burned.toMillis() * 3,
                        before.cpuTime().orElseThrow().toMillis(),
                        own.cpuTime().orElseThrow().toMillis(),
                        "cpu");
                assertRise(
                        8 * MIB,
                        9 * MIB,
                        before.writtenBytes().orElseThrow(),
                        own.writtenBytes().orElseThrow(),
                        "written");
                assertTrue(own.readBytes().isPresent(), "read");
                // A JVM opens and starts some of its own, too: pipes of its children, a thread for each.
                assertRise(
                        20,
                        40,
                        before.descriptors().orElseThrow(),
                        own.descriptors().orElseThrow(),
                        "descriptors");
                assertRise(10, 20, before.threads().orElseThrow(), own.threads().orElseThrow(), "threads");
                assertEquals(2, own.children().orElseThrow());
                assertEquals(2, after.children().orElseThrow());
                assertOperations(before, own);
            });
        }
    }

    private void assertOperations(ResourceSample before, ProcessSample after) {
        assertEquals(countsOperations(), after.writeOperations().isPresent());
        assertEquals(countsOperations(), after.readOperations().isPresent());
        if (countsOperations()) {
            assertRise(
                    2048,
                    3000,
                    before.writeOperations().orElseThrow(),
                    after.writeOperations().orElseThrow(),
                    "writes");
        }
    }

    private static void assertRise(long least, long most, long before, long after, String what) {
        long rise = after - before;
        assertTrue(
                least <= rise && rise <= most,
                () -> "%s: rose by %d, not by %d to %d".formatted(what, rise, least, most));
    }

    @Test
    void percentages_areOfTheInterval() throws Exception {
        try (ResourceMeter meter = watch(child.pid(), false)) {
            ResourceSample first = sample(meter);
            assertTrue(first.cpuPercent().isEmpty(), "there is no interval yet");
            assertTrue(first.writtenBytesPerSecond().isEmpty());
            assertTrue(first.children().isEmpty(), "it is measured alone");
            assertEquals(1, first.processes().size());
            long begun = meter.sampledAt();

            child.burn(Duration.ofMillis(200));
            child.write(directory.resolve("file"), MIB);
            ResourceSample second = sample(meter);

            double seconds = (meter.sampledAt() - begun) / 1e9;
            double cpu = second.value(ResourceMetric.CPU_TIME).orElseThrow()
                    - first.value(ResourceMetric.CPU_TIME).orElseThrow();
            assertTrue(cpu > 0.15, () -> "it has used " + cpu + " s");
            assertEquals(100 * cpu / seconds, second.cpuPercent().orElseThrow(), 0.01);
            assertEquals(MIB / seconds, second.writtenBytesPerSecond().orElseThrow(), MIB / seconds * 0.2);
            double memory = second.memoryPercent().orElseThrow();
            assertTrue(memory > 0 && memory < 100, () -> memory + " %");
        }
    }

    @Test
    void tree_hasWhatIsBehindAShell() throws Exception {
        // The shell's child is a shell, and that one's variable is the memory.
        Process root = sh("sh -c 'x=$(head -c 30000000 /dev/zero | tr \"\\0\" a); echo ready; sleep 1000; :'; :");
        try (ResourceMeter tree = watch(root.pid(), true);
                ResourceMeter alone = watch(root.pid(), false)) {
            assertEquals('r', root.getInputStream().read());
            soon("all that was started").untilAsserted(() -> {
                meters.sample(List.of(tree, alone));
                ResourceSample sample = tree.latest().orElseThrow();
                assertEquals(3, sample.processes().size(), sample::toString);
                assertTrue(sample.rss().orElseThrow() > 30_000_000, sample::toString);
                ResourceSample shell = alone.latest().orElseThrow();
                assertTrue(shell.rss().orElseThrow() < 10_000_000, shell::toString);
                assertEquals(2, sample.children().orElseThrow());
                assertEquals(
                        List.of(1L, 1L, 0L),
                        sample.processes().stream()
                                .map(process -> process.children().orElseThrow())
                                .toList());
                assertEquals(
                        sample.rss().orElseThrow(),
                        sample.processes().stream()
                                .mapToLong(process -> process.rss().orElseThrow())
                                .sum());
                assertEquals(root.pid(), sample.processes().get(1).parent());
            });
        } finally {
            root.destroyForcibly();
        }
    }

    @Test
    void tree_keepsWhatHasLostItsParent() throws Exception {
        Process root = sh("sh -c 'sleep 1000 & wait' & read go");
        try (ResourceMeter tree = watch(root.pid(), true)) {
            soon("all that was started")
                    .untilAsserted(
                            () -> assertEquals(3, sample(tree).processes().size()));
            long middle = sample(tree).processes().get(1).pid();
            ProcessHandle.of(middle).orElseThrow().destroyForcibly();
            soon("the end of the middle one")
                    .untilAsserted(
                            () -> assertEquals(2, sample(tree).processes().size()));
            long left = sample(tree).processes().get(1).parent();
            assertFalse(left == root.pid() || left == middle, "it has another parent");
        } finally {
            root.destroyForcibly();
        }
    }

    @Test
    void tree_countersDoNotFall() throws Exception {
        String burn = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done";
        Process root = sh("read go; sh -c '" + burn + "'; echo done; read go");
        try (ResourceMeter tree = watch(root.pid(), true)) {
            double before = sample(tree).value(ResourceMetric.CPU_TIME).orElseThrow();
            root.getOutputStream().write(new byte[] {'g', '\n'});
            root.getOutputStream().flush();
            assertEquals('d', root.getInputStream().read());
            double after = sample(tree).value(ResourceMetric.CPU_TIME).orElseThrow();
            assertTrue(after >= before);
            if (countsWhoCameAndWent()) {
                assertTrue(after - before >= 0.01, () -> "the child has used " + (after - before) + " s");
            }
        } finally {
            root.destroyForcibly();
        }
    }

    @Test
    void gone_isToldAsGone() throws Exception {
        Process root = sh("read go");
        try (ResourceMeter tree = watch(root.pid(), true);
                ResourceMeter alone = watch(root.pid(), false);
                ResourceMeter late = watch(root.pid(), false)) {
            soon("the shell to have begun").untilAsserted(() -> {
                meters.sample(List.of(tree, alone));
                assertTrue(alone.value(ResourceMetric.RSS) > 0, () -> alone.state() + ": " + alone.latest());
            });
            double rss = alone.value(ResourceMetric.RSS);
            root.destroyForcibly();
            root.waitFor();
            soon("its end").untilAsserted(() -> {
                meters.sample(List.of(tree, alone, late));
                assertEquals(Set.of(State.GONE), states(tree, alone, late));
            });
            assertEquals(rss, alone.value(ResourceMetric.RSS), "the last that was known, and not zero");
            assertTrue(late.latest().isEmpty());
        }
    }

    private static Set<State> states(ResourceMeter... all) {
        return Arrays.stream(all).map(ResourceMeter::state).collect(Collectors.toSet());
    }
}
