package io.hsu.internal.launch;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hsu.Bytes;
import io.hsu.ExitStatus;
import io.hsu.ExitStatus.Breach;
import io.hsu.Limit;
import io.hsu.LimitEnforcement;
import io.hsu.LimitKind;
import io.hsu.LimitStatus;
import io.hsu.LimitStatus.Holder;
import io.hsu.ProcessSpecBuilder;
import io.hsu.ProcessStartException;
import io.hsu.ProcessStartException.Reason;
import io.hsu.Signal;
import io.hsu.internal.linux.ProcStat;
import io.hsu.internal.linux.SmallFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The contract's part on limits: what a launcher claims to hold it holds, and of what it does not hold it says why. A test whose
 * limit the launcher does not claim to hold is skipped with that reason.
 */
abstract class LauncherLimitContract extends LauncherContract {

    private static final Limit MEMORY = kernel(Limit.memory(Bytes.mib(40)));
    /** Where there is swap, more memory than the limit is swapped out, and nobody is killed. */
    private static final Limit NO_SWAP = kernel(Limit.swap(0)).bestEffort();

    private static final Limit CPU = kernel(Limit.cpuPercent(20));

    private static Limit kernel(Limit limit) {
        return limit.held(LimitEnforcement.KERNEL);
    }

    private static String statusOf(Limit limit, LimitSupport support) {
        return limit + ": " + support.detail();
    }

    /** Skips the test if the launcher cannot. */
    private void needs(Limit limit) {
        LimitSupport support = tested().support(limit, List.of(limit));
        assumeTrue(support.isThere(), () -> statusOf(limit, support));
    }

    private void needs(LaunchSetting setting, long value) {
        LimitSupport support = tested().support(setting, value);
        assumeTrue(support.isThere(), () -> setting.label() + ": " + support.detail());
    }

    private Launch sh(Consumer<ProcessSpecBuilder> change, String script, String... arguments) {
        return launch(p -> {
            p.command(shell(script, arguments));
            change.accept(p);
        });
    }

    // What is said.

    @Test
    void limits_areToldAsTheyAreHeld() {
        List<Limit> limits = List.of(
                kernel(Limit.openFiles(64)).bestEffort(),
                Limit.memory(Bytes.gib(1)),
                Limit.cpuTime(Duration.ofHours(1)).held(LimitEnforcement.WATCHED),
                kernel(Limit.childProcesses(7)).bestEffort());
        Launch launch = sh(p -> limits.forEach(p::limit), "exec sleep 300");
        List<LimitStatus> told = launch.process().limits();
        assertEquals(4, told.size());
        for (LimitStatus status : told) {
            LimitSupport support = tested().support(status.limit(), limits);
            Holder expected =
                    status.limit().enforcement() == LimitEnforcement.KERNEL ? support.holder() : Holder.WATCHED;
            assertEquals(expected, status.holder(), status::toString);
            assertFalse(status.detail().isBlank());
        }
    }

    @Test
    void limitsOfNobody_areNone() {
        assertEquals(List.of(), sh("exec sleep 300").process().limits());
    }

    @Test
    void whatRunsBeside_hasNoLimits() {
        needs(Limit.openFiles(64));
        assertEquals(
                "64\n",
                sh(p -> p.limit(Limit.openFiles(64)), "ulimit -n").over().stdout());
        assertTrue(Integer.parseInt(beside(p -> p.command("run").limit(Limit.openFiles(64)), shell("ulimit -n"))
                        .over()
                        .stdout()
                        .strip())
                > 64);
    }

    // Errors of the start stay what they are.

    @Test
    void missingExecutable_isToldAsWithoutLimits() {
        ProcessStartException e = refusal(p -> p.command("/no/such/file").limit(Limit.openFiles(64)));
        assertEquals(Reason.EXECUTABLE_NOT_FOUND, e.reason());
        assertEquals(refusal(p -> p.command("/no/such/file")).getMessage(), e.getMessage());
    }

    @Test
    void missingDirectory_isToldAsWithoutLimits() {
        ProcessStartException e = refusal(p -> p.command("/bin/true")
                .workingDirectory(directory.resolve("none"))
                .limit(Limit.openFiles(64)));
        assertEquals(Reason.WORKING_DIRECTORY_NOT_FOUND, e.reason());
    }

    // For each process.

    /** {@code paste} holds all the files open that it is given, beside the standard ones. */
    @Test
    void openFiles_areRefusedBeyondTheLimit() {
        needs(Limit.openFiles(32));
        Launch launch = sh(p -> p.limit(Limit.openFiles(32)), """
                files=$(yes /dev/null | head -n 26)
                count=26
                while paste $files >/dev/null && [ $count -lt 100 ]; do
                    files="$files /dev/null"
                    count=$((count+1))
                done
                echo $((count-1))
                """);
        assertEquals("29\n", launch.over().stdout());
        assertTrue(launch.stderr().contains("Too many open files"), launch::stderr);
    }

    @Test
    void limitsOfAProcess_areInheritedByGrandchildren() {
        needs(Limit.openFiles(48));
        Launch launch = sh(p -> p.limit(Limit.openFiles(48)), "sh -c \"sh -c 'ulimit -n; ulimit -n 49'; echo over\"");
        assertEquals("48\nover\n", launch.over().stdout());
        assumeFalse(maySetAnyResourceLimit(), "whoever has CAP_SYS_RESOURCE may raise it");
        assertFalse(launch.stderr().isEmpty(), "no one may raise it");
    }

    private static boolean maySetAnyResourceLimit() {
        return SmallFile.read("/proc/self/status")
                .lines()
                .filter(line -> line.startsWith("CapEff:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(line.indexOf('\t') + 1), 16) >> 24 & 1) == 1);
    }

    @Test
    void limitsOfAProcess_areThereBeforeItBegins() {
        needs(Limit.openFiles(40));
        for (int round = 0; round < 10; round++) {
            assertEquals(
                    "40\n",
                    sh(p -> p.limit(Limit.openFiles(40)), "ulimit -n").over().stdout());
        }
    }

    @Test
    void virtualMemory_isRefused() {
        Limit limit = kernel(Limit.virtualMemory(Bytes.mib(64)));
        needs(limit);
        Launch launch = sh(p -> p.limit(limit), "ulimit -v; dd if=/dev/zero of=/dev/null bs=80M count=1");
        assertEquals("65536\n", launch.over().stdout());
        assertTrue(launch.stderr().contains("memory exhausted"), launch::stderr);
    }

    @Test
    void cpuTime_endsItAndIsNamed() {
        Limit limit = kernel(Limit.cpuTime(Duration.ofMillis(400)));
        needs(limit);
        Launch launch = sh(p -> p.limit(limit), "while :; do :; done");
        assertEquals(
                "killed by signal 24: the limit of its CPU time is 1s",
                launch.exit().toString());
        assertEquals(
                LimitKind.CPU_TIME, launch.exit().breach().map(Breach::kind).orElseThrow());
    }

    @Test
    void cpuTimeOfWhoHandlesIt_endsItTheHardWay() {
        Limit limit = kernel(Limit.cpuTime(Duration.ofMillis(400)));
        needs(limit);
        Launch launch = sh(p -> p.limit(limit), "trap 'echo caught' XCPU; while :; do :; done");
        assertEquals(
                "killed by signal 9 (KILL): the limit of its CPU time is 1s",
                launch.exit().toString());
        assertEquals("caught\n", launch.over().stdout());
    }

    @Test
    void coreDumps_none_orSoLarge() {
        needs(LaunchSetting.CORE_DUMPS, 0);
        assertEquals(
                "0\n0\n",
                sh(p -> p.coreDumps(false), "ulimit -c; ulimit -Hc").over().stdout());
        needs(LaunchSetting.CORE_DUMPS, 1 << 20);
        assertEquals("2048\n", sh(p -> p.coreDumps(1 << 20), "ulimit -c").over().stdout());
        assertEquals(
                sh("ulimit -Hc").over().stdout(),
                sh(p -> p.coreDumps(true), "ulimit -c").over().stdout());
    }

    @Test
    void niceness_isSetAndInherited() {
        needs(LaunchSetting.NICENESS, 7);
        String nice = "cut -d' ' -f19 /proc/self/stat";
        assertEquals("7\n", sh(p -> p.niceness(7), "(" + nice + ")").over().stdout());
        needs(LaunchSetting.NICENESS, -3);
        assertEquals("-3\n", sh(p -> p.niceness(-3), nice).over().stdout());
    }

    // For the tree.

    @Test
    void processes_areRefusedBeyondTheLimit() {
        Limit limit = kernel(Limit.processes(6));
        needs(limit);
        Launch launch = sh(p -> p.limit(limit), """
                for i in 1 2 3 4 5; do sleep 300 & done
                echo full
                (sleep 300 &)
                echo not here
                """);
        launch.untilOutput("full");
        assertTrue(launch.exit() instanceof ExitStatus.Exited exited && exited.code() != 0, launch.exit()::toString);
        soon("the reason").until(() -> launch.stderr().contains("fork"));
        assertFalse(launch.stdout().contains("not here"));
    }

    @Test
    void memory_killIsNamedInTheExit() {
        needs(MEMORY);
        Launch launch = sh(p -> p.limit(MEMORY).limit(NO_SWAP), "exec dd if=/dev/zero of=/dev/null bs=100M count=1");
        assertEquals(
                "killed by signal 9 (KILL): out of memory, the limit of its control group is 40 MiB",
                launch.exit().toString());
        assertEquals(LimitKind.MEMORY, launch.exit().breach().orElseThrow().kind());
    }

    @Test
    void memoryOfAGrandchild_killIsNamedInTheExit() {
        needs(MEMORY);
        Launch launch = sh(
                p -> p.limit(MEMORY).limit(NO_SWAP),
                "sh -c 'dd if=/dev/zero of=/dev/null bs=100M count=1; exit $?'; exit $?");
        String exit = launch.exit().toString();
        assertTrue(
                exit.endsWith("killed: out of memory, the limit of its control group is 40 MiB")
                        || exit.startsWith("killed by signal 9 (KILL): out of memory"),
                exit);
    }

    @Test
    void memoryWithinTheLimit_harmsNobody() {
        needs(MEMORY);
        Launch launch = sh(p -> p.limit(MEMORY).limit(NO_SWAP), "dd if=/dev/zero of=/dev/null bs=10M count=1; exit 3");
        assertEquals(new ExitStatus.Exited(3), launch.exit());
    }

    /** Who is asked for kills, and asked again, has told those that the process has outlived. */
    @Test
    void memoryKillThatItHasOutlived_isNotItsEnd() throws IOException {
        needs(MEMORY);
        Path file = directory.resolve("file");
        Launch launch = sh(
                p -> p.limit(MEMORY).limit(NO_SWAP),
                "dd if=/dev/zero of=/dev/null bs=100M count=1; echo on; while [ ! -e $1 ]; do sleep 0.02; done; exit 3",
                file.toString());
        soon("the kill")
                .until(() -> !launch.exits().isEmpty() || launch.stdout().contains("on"));
        if (launch.exits().isEmpty()) { // as above
            assertTrue(launch.process().newMemoryKills() > 0);
            assertEquals(0, launch.process().newMemoryKills());
            Files.createFile(file);
            assertEquals(new ExitStatus.Exited(3), launch.exit());
        }
    }

    @Test
    void killByTheManager_isNotOutOfMemory() {
        needs(MEMORY);
        Launch launch = sh(
                p -> p.limit(MEMORY).limit(NO_SWAP),
                "dd if=/dev/zero of=/dev/null bs=100M count=1; echo on; sleep 300");
        soon("the kill")
                .until(() -> !launch.exits().isEmpty() || launch.stdout().contains("on"));
        if (launch.exits().isEmpty()) { // a kernel that kills the whole group has nothing to leave
            assertTrue(launch.process().newMemoryKills() > 0);
            launch.signalAll(Signal.KILL);
            assertEquals(new ExitStatus.Killed(9), launch.exit());
        }
    }

    @Test
    void cpu_isHeldForTheTree() {
        needs(CPU);
        Launch launch = sh(p -> p.limit(CPU), "(while :; do :; done) & (while :; do :; done) & wait");
        soon("the tree").until(() -> launch.members().size() == 3);
        double share = shareOver(launch, Duration.ofMillis(600));
        assertTrue(share <= 0.26, () -> "20 % of a core, but had " + share);
        assertTrue(share >= 0.02, () -> "had " + share);
    }

    /** {@return the part of a core that the living of a tree take} */
    private static double shareOver(Launch launch, Duration time) {
        long begin = System.nanoTime();
        long before = cpuTicks(launch);
        pass(time);
        long ticks = cpuTicks(launch) - before;
        return ticks * 1e7 / (System.nanoTime() - begin);
    }

    private static long cpuTicks(Launch launch) {
        return launch.members().stream()
                .map(pid -> SmallFile.read("/proc/" + pid + "/stat").split(" ", -1))
                .mapToLong(fields -> Long.parseLong(fields[13]) + Long.parseLong(fields[14]))
                .sum();
    }

    private static void pass(Duration time) {
        long begin = System.nanoTime();
        soon("time").until(() -> System.nanoTime() - begin >= time.toNanos());
    }

    @Test
    void cpuShares_areWrittenToTheGroup() {
        needs(LaunchSetting.CPU_SHARES, 512);
        Launch launch = sh(p -> p.cpuShares(512), "exec sleep 300");
        assertEquals(List.of(), launch.process().limits());
        String version1 = inGroup(launch, ":cpu:", "/sys/fs/cgroup/cpu", "cpu.shares");
        String version2 = inGroup(launch, "0::", "/sys/fs/cgroup", "cpu.weight");
        assertTrue(version1.equals("512") || version2.equals("50"), version1 + ", " + version2);
    }

    /** {@return a file of a process's control group; empty if there is none where such hierarchies use to be} */
    private static String inGroup(Launch launch, String hierarchy, String mount, String file) {
        return SmallFile.read("/proc/" + launch.process().pid() + "/cgroup")
                .lines()
                .filter(line -> line.contains(hierarchy))
                .map(line -> line.substring(line.lastIndexOf(':') + 1))
                .map(group -> SmallFile.read(mount + group + "/" + file).strip())
                .findFirst()
                .orElse("");
    }

    // Paused.

    private static String states(Launch launch) {
        return launch.members().stream()
                .map(pid -> Character.toString(ProcStat.of(pid).state()))
                .collect(Collectors.joining());
    }

    @Test
    void pause_stopsAllOfItUntilResume() {
        Launch launch = sh("(setsid sh -c 'while :; do :; done' &); while :; do :; done");
        soon("both").until(() -> launch.members().size() == 2);
        assumeTrue(launch.process().pause(Duration.ZERO), "this launcher cannot pause");
        assertEquals("TT", states(launch));
        launch.process().resume(false);
        assertEquals("RR", states(launch));
        launch.process().resume(false); // harms nobody
        assertEquals("RR", states(launch));
    }

    /** What was not known of is left out only for as long as the caller says. */
    @Test
    void pause_ofWhatIsKnown() throws IOException {
        Path file = directory.resolve("file");
        Launch launch =
                sh("while [ ! -e $1 ]; do :; done; (while :; do :; done) & while :; do :; done", file.toString());
        assumeTrue(launch.process().pause(Duration.ofHours(1)), "this launcher cannot pause");
        launch.process().resume(false);
        Files.createFile(file);
        soon("both").until(() -> launch.members().size() == 2);
        assertFalse(launch.process().pause(Duration.ofHours(1)), "nobody has looked");
        soon("the first alone").until(() -> List.of("TR", "RT").contains(states(launch)));
        assertTrue(launch.process().pause(Duration.ZERO));
        assertEquals("TT", states(launch));
        launch.process().resume(false);
        soon("both go on").until(() -> states(launch).equals("RR"));
    }

    @Test
    void pausedProcess_hearsASignal() {
        Launch launch = sh("trap 'exit 4' TERM; echo on; while :; do sleep 0.01; done");
        launch.untilOutput("on");
        assumeTrue(launch.process().pause(Duration.ZERO), "this launcher cannot pause");
        launch.signalAll(Signal.TERM);
        assertEquals(new ExitStatus.Exited(4), launch.exit());
    }

    @Test
    void pausedProcess_isKilled() {
        Launch launch = sh("exec sleep 300");
        assumeTrue(launch.process().pause(Duration.ZERO), "this launcher cannot pause");
        launch.signalAll(Signal.KILL);
        assertEquals(new ExitStatus.Killed(9), launch.exit());
        assertFalse(launch.process().pause(Duration.ZERO), "nobody is there any more");
    }
}
