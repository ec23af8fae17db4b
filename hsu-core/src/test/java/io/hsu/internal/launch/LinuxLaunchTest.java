package io.hsu.internal.launch;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.ExitStatus;
import io.hsu.ProcessStartException;
import io.hsu.ProcessStartException.Reason;
import io.hsu.ResourceUsage;
import io.hsu.internal.time.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the Linux launcher promises beyond the contract. */
@EnabledOnOs(OS.LINUX)
class LinuxLaunchTest extends LauncherContract {

    /** Signals 32 and 33 are glibc's own; it leaves them ignored in whatever it spawns. */
    private static final long OF_GLIBC = 1L << 31 | 1L << 32;

    @Override
    Launcher create(Timer timer, ThreadFactory threads) {
        return LinuxLauncherTest.launcher(timer, threads, true);
    }

    @Test
    void signals_noneIsBlockedOrIgnored() {
        String status = sh("grep -E '^Sig(Blk|Ign)' /proc/self/status").over().stdout();
        List<Long> masks = status.lines()
                .map(line -> Long.parseLong(line.replaceFirst("^.*\\s", ""), 16) & ~OF_GLIBC)
                .toList();
        assertEquals(List.of(0L, 0L), masks, status);
    }

    @Test
    void descriptors_onlyTheThreeStandardOnes() throws IOException {
        try (var file = Files.newInputStream(Path.of("pom.xml"))) { // not that there was none
            assertTrue(file.available() > 0);
            Launch launch = sh("ls -l /proc/self/fd").over();
            List<String> open = launch.stdout()
                    .lines()
                    .filter(line -> line.contains("->"))
                    .map(line -> line.replaceFirst(".* (\\d+) -> ", "$1 "))
                    .map(line -> line.replaceFirst("\\[\\d+]", ""))
                    .map(line -> line.replaceFirst("/proc/\\d+/fd", "itself"))
                    .toList();
            assertEquals(List.of("0 /dev/null", "1 pipe:", "2 pipe:", "3 itself"), open);
        }
    }

    @Test
    void session_isItsOwnAndSoIsTheGroup() {
        Launch launch = sh("exec sleep 300");
        ProcTable table = ProcTable.after(ProcTable.moment());
        long pid = launch.process().pid();
        table.treeOf(pid, 0, "none").forEach(stat -> {
            assertEquals(pid, stat.group());
            assertEquals(pid, stat.session());
        });
        assertEquals(1, table.treeOf(pid, 0, "none").size());
    }

    @Test
    void brokenBinary_isAnErrorOfTheStart() throws IOException {
        Path broken = Files.write(directory.resolve("broken"), new byte[] {0x7F, 'E', 'L', 'F', 0, 0, 0, 0});
        executable(broken);
        ProcessStartException e = refusal(p -> p.command(broken.toString()));
        assertEquals(Reason.NOT_EXECUTABLE, e.reason());
        assertEquals(
                "process 'api' cannot be started: the system refused to launch '%s': posix_spawn: ".formatted(broken)
                        + "Exec format error (error 8); is it for this architecture?",
                e.getMessage());
    }

    @Test
    void binaryWhoseLoaderIsMissing_isAnErrorOfTheStart() throws IOException {
        byte[] binary = Files.readAllBytes(Path.of("/bin/sh").toRealPath());
        int at = indexOf(binary, "/lib");
        binary[at + 1] = 'X'; // the loader's path: the first that a binary names
        Path orphan = Files.write(directory.resolve("orphan"), binary);
        executable(orphan);
        ProcessStartException e = refusal(p -> p.command(orphan.toString()));
        assertEquals(Reason.NOT_EXECUTABLE, e.reason());
        assertTrue(e.getMessage().endsWith("the loader it names is not there"), e.getMessage());
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
    }

    @Test
    void usage_hasTimeAndMemory() {
        ResourceUsage usage =
                exitOf("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done").usage();
        assertTrue(usage.userCpu().compareTo(Duration.ofMillis(10)) > 0, usage::toString);
        assertTrue(usage.userCpu().compareTo(Duration.ofMinutes(1)) < 0, usage::toString);
        assertFalse(usage.maxRss().isPresent(), "less than this JVM: the kernel cannot tell");

        long own = ownMaxRss();
        long more = own / (1024 * 1024) + 64;
        ResourceUsage large = exitOf("dd if=/dev/zero of=/dev/null bs=%dM count=1 2>/dev/null".formatted(more))
                .usage();
        assertTrue(large.maxRss().orElseThrow() > own, large::toString);
        assertTrue(large.systemCpu().compareTo(Duration.ZERO) > 0, large::toString);
    }

    private Launch exitOf(String script) {
        Launch launch = sh(script);
        assertEquals(new ExitStatus.Exited(0), launch.exit());
        return launch;
    }

    private static long ownMaxRss() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void streamsClosedBeforeTheExit() {
        Launch launch =
                sh("echo last; exec >&- 2>&-; while [ ! -e \"$1\" ]; do sleep 0.02; done; exit 5", directory + "/go");
        soon("the end of both streams").until(() -> launch.ended().size() == 2);
        assertEquals(List.of(), launch.exits());
        assertTrue(directory.resolve("go").toFile().mkdir());
        assertEquals(new ExitStatus.Exited(5), launch.exit());
        assertEquals("last\n", launch.stdout());
    }

    @Test
    void exitRightAfterTheLaunch_noneIsLostOrToldTwice() {
        for (int round = 0; round < 300; round++) {
            Launch launch = launch(p -> p.command("/bin/true"));
            assertEquals(new ExitStatus.Exited(0), launch.over().exit());
            assertEquals(1, launch.exits().size());
            assertEquals(2, launch.ended().size());
        }
    }

    @Test
    void environmentOfTheLaunch_marksEachLaunchAnew() {
        String one = mark();
        String other = mark();
        assertFalse(one.equals(other), one);
        assertEquals(one.length(), other.length());
    }

    private String mark() {
        return launch(p -> p.command("/bin/sh", "-c", "echo $HSU_LAUNCH_ID"))
                .over()
                .stdout();
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
