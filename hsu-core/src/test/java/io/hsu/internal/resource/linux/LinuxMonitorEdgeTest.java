package io.hsu.internal.resource.linux;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.hsu.ProcessSample;
import io.hsu.ResourceMetric;
import io.hsu.internal.launch.MeasuredLaunch;
import io.hsu.internal.linux.ProcStat;
import io.hsu.internal.resource.ResourceMeter;
import io.hsu.internal.resource.ResourceMeter.State;
import io.hsu.internal.resource.ResourceMeters;
import io.hsu.internal.resource.SampleHistory;
import io.hsu.internal.time.Clock;
import io.hsu.testkit.Marked;
import io.hsu.testkit.NativeChild;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only the monitor by {@code /proc} has to get right: identities, descriptors, what it costs. */
@EnabledOnOs(OS.LINUX)
class LinuxMonitorEdgeTest {

    private static final Path LAST_PID = Path.of("/proc/sys/kernel/ns_last_pid");
    private static final int FILES = 3;
    private static final int GROUP_FILES = 2;

    private final KeptDescriptors kept = new KeptDescriptors(1000);
    private final ResourceMeters meters = new ResourceMeters(() -> new LinuxResourceMonitor(kept), Clock.system());
    private final List<NativeChild> children = new ArrayList<>();

    private NativeChild sleeper() {
        NativeChild child = NativeChild.sh("exec sleep 1000");
        children.add(child);
        return child;
    }

    @AfterEach
    void close() {
        meters.close();
        children.forEach(LinuxMonitorEdgeTest::kill);
        assertEquals(1000, kept.left(), "no descriptor is left open");
    }

    private static void kill(NativeChild child) {
        ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroyForcibly);
        child.await();
    }

    private ResourceMeter watch(long pid, long start, boolean tree) {
        return meters.watch(
                MeasuredLaunch.of(pid, start, tree, Optional::empty, null),
                new SampleHistory(SampleHistory.DEFAULT_RETENTION));
    }

    private State sample(ResourceMeter meter) {
        meters.sample(List.of(meter));
        return meter.state();
    }

    @Test
    void start_isPartOfTheIdentity() {
        long pid = sleeper().pid();
        long start = ProcStat.of(pid).start();
        assertEquals(State.MEASURED, sample(watch(pid, start, false)));
        assertEquals(State.GONE, sample(watch(pid, start + 1, false)));
        assertEquals(State.GONE, sample(watch(pid, start - 1, true)));
    }

    @Test
    void zombie_isGone() {
        NativeChild child = sleeper();
        ResourceMeter meter = watch(child.pid(), 0, false);
        assertEquals(State.MEASURED, sample(meter));
        ProcessHandle.of(child.pid()).orElseThrow().destroyForcibly();
        soon("its end").untilAsserted(() -> assertEquals(State.GONE, sample(meter)));
        assertTrue(Marked.isZombie(child.pid()), "nobody has waited for it");
    }

    @Test
    void noProcess_isGone() throws IOException {
        long most = Long.parseLong(
                Files.readString(Path.of("/proc/sys/kernel/pid_max")).strip());
        assertEquals(State.GONE, sample(watch(most + 1, 0, true)));
    }

    @Test
    void idThatIsAnothersByNow_isGone() throws IOException {
        for (int keptOpen : new int[] {1000, 0}) {
            ResourceMeters these =
                    new ResourceMeters(() -> new LinuxResourceMonitor(new KeptDescriptors(keptOpen)), Clock.system());
            NativeChild first = NativeChild.sh("exec sleep 1000");
            ResourceMeter meter = these.watch(
                    MeasuredLaunch.of(first.pid(), 0, false, Optional::empty, null),
                    new SampleHistory(SampleHistory.DEFAULT_RETENTION));
            these.sample(List.of(meter));
            assertEquals(State.MEASURED, meter.state());
            awaitAnotherTick(ProcStat.of(first.pid()).start());
            kill(first);

            NativeChild second = withId(first.pid());
            children.add(second);
            ResourceMeter ofSecond = these.watch(
                    MeasuredLaunch.of(second.pid(), 0, false, Optional::empty, null),
                    new SampleHistory(SampleHistory.DEFAULT_RETENTION));
            these.sample(List.of(meter, ofSecond));
            assertEquals(State.GONE, meter.state());
            assertEquals(State.MEASURED, ofSecond.state());
            these.close();
        }
    }

    /** Two processes of one tick and one id could not be told apart; ids do not come round that quickly. */
    private static void awaitAnotherTick(long tick) {
        soon("the next tick").until(() -> {
            NativeChild later = NativeChild.sh("exec sleep 1000");
            long start = ProcStat.of(later.pid()).start();
            kill(later);
            return start > tick;
        });
    }

    /** {@return a child that has an id} Needs a right to say which is next, and that nobody else is quicker. */
    private static NativeChild withId(int pid) {
        for (int attempt = 0; attempt < 50; attempt++) {
            try {
                Files.writeString(LAST_PID, Integer.toString(pid - 1));
            } catch (IOException e) {
                assumeTrue(false, "the next process id cannot be set here: " + e);
            }
            NativeChild child = NativeChild.sh("exec sleep 1000");
            if (child.pid() == pid) {
                return child;
            }
            kill(child);
        }
        assumeTrue(false, "others were quicker, each time");
        throw new AssertionError();
    }

    @Test
    void descriptors_areKeptAsLongAsSomethingIsMeasured() {
        NativeChild one = sleeper();
        ResourceMeter meter = watch(one.pid(), 0, false);
        ResourceMeter tree = watch(one.pid(), 0, true);
        sample(meter);
        assertEquals(1000 - FILES, kept.left());
        meters.sample(List.of(meter, tree));
        assertEquals(1000 - FILES, kept.left(), "a process is read once, for all who measure it");
        meter.close();
        sample(tree);
        assertEquals(1000 - FILES, kept.left());
        tree.close();
        meters.sample(List.of());
        assertEquals(1000, kept.left());
    }

    @Test
    void descriptors_ofThoseThatAreGoneAreClosed() {
        NativeChild child = NativeChild.sh("sleep 1000 & wait");
        ResourceMeter tree = watch(child.pid(), 0, true);
        soon("its child").untilAsserted(() -> {
            sample(tree);
            assertEquals(1000 - 2 * FILES, kept.left());
        });
        long below = tree.latest().orElseThrow().processes().get(1).pid();
        ProcessHandle.of(below).orElseThrow().destroyForcibly();
        soon("its end").untilAsserted(() -> assertEquals(State.GONE, sample(tree)));
        assertEquals(1000, kept.left());
        child.await();
    }

    @Test
    void controlGroup_tellsTheTree(@TempDir Path group) throws IOException {
        NativeChild one = sleeper();
        NativeChild other = sleeper(); // nothing but the group says that it belongs there
        ResourceMeter tree = meters.watch(
                new MeasuredLaunch(one.pid(), OptionalLong.empty(), true, () -> Optional.of(group), Optional.empty()),
                new SampleHistory(SampleHistory.DEFAULT_RETENTION));
        writeGroup(group, 0, one.pid());
        assertEquals(List.of((long) one.pid()), members(tree));
        assertEquals(1000 - FILES - GROUP_FILES, kept.left());
        writeGroup(group, 0, other.pid(), one.pid(), other.pid()); // the kernel may list one twice
        assertEquals(List.of((long) one.pid(), (long) other.pid()), members(tree));

        writeGroup(group, 0, one.pid());
        assertEquals(2, members(tree).size(), "what was moved out is still measured");
        Files.delete(group.resolve("cgroup.procs"));
        assertEquals(2, members(tree).size());
    }

    @Test
    void controlGroup_thatIsNotItsOwnOrNotAllIsNotTrusted(@TempDir Path group) throws IOException {
        NativeChild one = NativeChild.sh("sleep 1000 & wait");
        children.add(one);
        NativeChild other = sleeper();
        ResourceMeter tree = meters.watch(
                new MeasuredLaunch(one.pid(), OptionalLong.empty(), true, () -> Optional.of(group), Optional.empty()),
                new SampleHistory(SampleHistory.DEFAULT_RETENTION));
        writeGroup(group, 0, other.pid());
        soon("its child").untilAsserted(() -> assertEquals(2, members(tree).size()));
        assertFalse(members(tree).contains((long) other.pid()), "the group is another launch's");
        writeGroup(group, 1, one.pid(), other.pid());
        assertEquals(3, members(tree).size(), "there is a group below: its processes are found otherwise");
        long below = tree.latest().orElseThrow().processes().stream()
                .filter(process -> process.parent() == one.pid())
                .findFirst()
                .orElseThrow()
                .pid();
        ProcessHandle.of(below).orElseThrow().destroyForcibly();
    }

    private List<Long> members(ResourceMeter meter) {
        assertEquals(State.MEASURED, sample(meter), () -> meter.trouble().orElse(""));
        return meter.latest().orElseThrow().processes().stream()
                .map(ProcessSample::pid)
                .toList();
    }

    private static void writeGroup(Path group, int below, int... pids) throws IOException {
        String text = IntStream.of(pids).mapToObj(pid -> pid + "\n").collect(Collectors.joining());
        Files.writeString(group.resolve("cgroup.procs"), text);
        Files.writeString(group.resolve("cgroup.stat"), "nr_descendants " + below + "\nnr_dying_descendants 0\n");
    }

    @Test
    void ownDescriptorsAreCounted() throws IOException {
        ResourceMeter meter = watch(ProcessHandle.current().pid(), 0, false);
        sample(meter);
        double before = meter.value(ResourceMetric.DESCRIPTORS);
        try (var some = Files.newInputStream(Path.of("/proc/self/stat"))) {
            assertFalse(some.read() < 0);
            sample(meter);
            // Other tests' threads are at rest; the class path is open already.
            assertEquals(before + 1, meter.value(ResourceMetric.DESCRIPTORS), 2);
            String[] listed = new File("/proc/self/fd").list();
            assertEquals(listed.length - 1, meter.value(ResourceMetric.DESCRIPTORS), 2);
        }
    }

    @Test
    void steadyPass_makesNoObjectsForProcesses() {
        List<ResourceMeter> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            long pid = sleeper().pid();
            all.add(watch(pid, 0, false));
            all.add(watch(pid, 0, true));
        }
        for (int i = 0; i < 20; i++) {
            meters.sample(all);
        }
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < 100; i++) {
            meters.sample(all);
        }
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        long each = allocated / 100 / all.size();
        assertEquals(State.MEASURED, all.get(0).state());
        // Iterators of an interpreter, and what a history grows by. The text of one stat would be more.
        assertTrue(each < 300, () -> each + " bytes a sample");
    }
}
