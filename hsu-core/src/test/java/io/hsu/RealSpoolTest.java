package io.hsu;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hsu.internal.linux.LinuxSupport;
import io.hsu.internal.linux.ProcStat;
import io.hsu.testkit.GateSink;
import io.hsu.testkit.RealProcesses;
import io.hsu.testkit.SpoolHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Output that comes through spools: it outlives the manager, takes little room, and can make its process wait. */
@EnabledOnOs(OS.LINUX)
class RealSpoolTest extends RealProcesses {

    private final GateSink gate = new GateSink();
    private Process host;

    @BeforeEach
    void needsTheLauncher() {
        assumeTrue(
                LinuxSupport.missing().isEmpty(), () -> LinuxSupport.missing().orElseThrow());
    }

    @AfterEach
    void endHost() {
        System.clearProperty("hsu.spool.punch");
        gate.open();
        if (host != null) {
            host.destroyForcibly();
        }
    }

    @Test
    void spool_isThereWhileTheProcessRunsAndGoneAfterwards() throws IOException {
        manage(m -> m.stateDirectory(directory.resolve("state"))
                .process("it", p -> sh(p, "echo one; echo two >&2; printf three; exec sleep 300")));
        manager.start("it");
        soon("the lines").until(() -> manager.logs("it").tail(10).size() == 2);
        assertEquals(2, files(spools("it"), ".spool").size());
        manager.stop("it");
        assertTrue(
                manager.status("it").lastExit().orElseThrow().lastOutput().contains("three"),
                () -> "the line without an end is there: " + manager.status("it"));
        soon("the end of the spools").untilAsserted(() -> assertEquals(List.of(), files(spools("it"), "")));
    }

    @Test
    void killedHost_losesNoLineAndKillsNoChild() throws Exception {
        int last = 60_000;
        // Fast at first, and slowly until long after the host is dead.
        String script =
                "i=0; while [ $i -lt %d ]; do i=$((i+1)); echo $i; [ $((i %% 5000)) -ne 0 ] || sleep 0.1; done; "
                                .formatted(last)
                        + "touch $1/$$.over";
        int processes = 3;
        startHost(processes, script);
        soon("the first lines").until(() -> processes == numbers(processes, 10_000));
        host.destroyForcibly().waitFor();
        host = null;
        soon("the children's end").until(() -> files(directory, ".over").size() == processes);

        manager = SpoolHost.builder(directory, processes, script, marked.mark()).build();
        soon("every number").until(() -> processes == numbers(processes, last));
        for (int number = 0; number < processes; number++) {
            List<String> lines = Files.readAllLines(log(number));
            Set<String> distinct = new HashSet<>(lines);
            for (int line = 1; line <= last; line++) {
                assertTrue(distinct.contains(Integer.toString(line)), "missing: " + line);
            }
            assertTrue(lines.size() < last + 10_000, "few lines come twice, but there are " + lines.size());
        }
        soon("the end of the spools").until(() -> files(spools("p0"), "").isEmpty());
    }

    @Test
    void killedHost_nextOneReadsWhatIsStillWritten() throws Exception {
        String script = "echo before; while [ ! -e $1/go ]; do sleep 0.05; done; echo after; exec sleep 300";
        startHost(1, script);
        soon("the first line")
                .until(() -> Files.exists(log(0)) && Files.readString(log(0)).equals("before\n"));
        host.destroyForcibly().waitFor();
        manager = SpoolHost.builder(directory, 1, script, marked.mark()).build();
        Files.createFile(directory.resolve("go"));
        soon("the line after").until(() -> Files.readString(log(0)).endsWith("after\n"));
        assertEquals(1, marked.alive().size(), "the child has lived through it");
        assertEquals(
                List.of("after"),
                manager.logs("p0").tail(1).stream().map(LogLine::text).toList());
        marked.killAll();
        soon("the end of the spools").until(() -> files(spools("p0"), "").isEmpty());
    }

    @Test
    void stateDirectory_hasOneManager() {
        manage(m -> m.stateDirectory(directory.resolve("state")));
        HsuException e = assertThrows(
                HsuException.class,
                () -> ProcessManager.builder()
                        .stateDirectory(directory.resolve("state"))
                        .build());
        assertEquals(
                "state directory '%s' cannot be used: the process manager of pid %d has it; stop that one, or name another directory"
                        .formatted(
                                directory.resolve("state"),
                                ProcessHandle.current().pid()),
                e.getMessage());
        manager.close();
        ProcessManager.builder()
                .stateDirectory(directory.resolve("state"))
                .build()
                .close();
    }

    @Test
    void spoolWithoutStateDirectory_isRefused() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> manage("echo", p -> p.output(o -> o.capture(OutputCapture.SPOOL))));
        assertTrue(e.getMessage().startsWith("process 'it': its output is to come through a spool"), e.getMessage());
    }

    @Test
    void processThatIsTooFarAhead_isStoppedAndGoesOn() throws IOException {
        int lines = 4_000_000;
        String pieces =
                "i=0; while [ $i -lt 4000000 ]; do seq $((i+1)) $((i+100000)); i=$((i+100000)); sleep 0.05; done; ";
        manage(m -> m.stateDirectory(directory.resolve("state"))
                .logSink(gate)
                .process(
                        "it",
                        p -> sh(p, pieces + "touch $1/over; exec sleep 300")
                                .output(o -> o.spoolLimit(Bytes.mib(1))
                                        .to(LogTarget.of(GateSink.TYPE, Map.of())
                                                .bufferSize(Bytes.kib(1))))));
        manager.start("it");
        soon("the process to be stopped").until(() -> isStopped(pid("it")));
        assertFalse(Files.exists(directory.resolve("over")));
        gate.open();
        soon("all lines").until(() -> gate.count() == lines);
        soon("the process to go on").until(() -> Files.exists(directory.resolve("over")));
        assertEquals("1", gate.lines().get(0));
        assertEquals(Integer.toString(lines), gate.last());
    }

    @Test
    void stoppedProcess_canBeStoppedForGood() {
        manage(m -> m.stateDirectory(directory.resolve("state"))
                .logSink(gate)
                .process(
                        "it",
                        p -> sh(p, "trap 'exit 0' TERM; seq 1 4000000; while :; do sleep 0.1; done")
                                .stopTimeout(millis(5000))
                                .output(o -> o.spoolLimit(Bytes.mib(1))
                                        .to(LogTarget.of(GateSink.TYPE, Map.of())
                                                .bufferSize(Bytes.kib(1))))));
        manager.start("it");
        soon("the process to be stopped").until(() -> isStopped(pid("it")));
        manager.stop("it");
        assertEquals(ProcessState.STOPPED, manager.status("it").state());
        gate.open();
    }

    @Test
    void readPart_isGivenBack() {
        assertRoomIsBounded();
    }

    @Test
    void readPart_isGivenBackWhereTheFileSystemCannotPunchHoles() {
        System.setProperty("hsu.spool.punch", "off");
        assertRoomIsBounded();
    }

    /** 200 MB go through it. */
    private void assertRoomIsBounded() {
        int lines = 2_000_000;
        String line = "x".repeat(90);
        manage(m -> m.stateDirectory(directory.resolve("state"))
                .process("it", p -> sh(p, "seq -f %s%%.0f 1 %d; while :; do sleep 0.05; done".formatted(line, lines))));
        manager.start("it");
        List<Long> rooms = new ArrayList<>();
        soon("the last line").atMost(60, TimeUnit.SECONDS).until(() -> {
            rooms.add(room(spools("it")));
            List<LogLine> last = manager.logs("it").tail(1);
            return !last.isEmpty() && last.get(0).text().equals(line + lines);
        });
        assertEquals(lines, manager.status("it").output().get(StreamKind.STDOUT).lines());
        assertEquals(0, manager.status("it").output().get(StreamKind.STDOUT).dropped());
        soon("little room").until(() -> room(spools("it")) < Bytes.mib(80));
        assertTrue(
                rooms.stream().mapToLong(Long::longValue).max().orElse(0) < Bytes.mib(190),
                () -> "less than all of it at any time: " + rooms);
        soon("the process to go on").until(() -> !isStopped(pid("it")));
    }

    private void startHost(int processes, String script) throws IOException {
        host = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpoolHost.class.getName(),
                        directory.toString(),
                        Integer.toString(processes),
                        script,
                        marked.mark())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("host.txt").toFile())
                .start();
    }

    /** {@return in how many logs a number stands} */
    private int numbers(int processes, int wanted) throws IOException {
        int found = 0;
        for (int number = 0; number < processes; number++) {
            if (Files.exists(log(number)) && Files.readAllLines(log(number)).contains(Integer.toString(wanted))) {
                found++;
            }
        }
        return found;
    }

    private Path log(int number) {
        return directory.resolve("logs/managed_processes/p" + number + ".log");
    }

    private Path spools(String id) {
        return directory.resolve("state/spool").resolve(id);
    }

    private static List<Path> files(Path directory, String ending) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    /** {@return what files take on the disk, holes not counted} */
    private static long room(Path directory) throws IOException {
        long blocks = 0;
        for (Path file : files(directory, ".spool")) {
            try {
                Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
                String printed = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                blocks += printed.isBlank() ? 0 : Long.parseLong(printed.strip());
            } catch (java.nio.file.NoSuchFileException e) {
                // gone meanwhile
            }
        }
        return blocks * 512;
    }

    private static boolean isStopped(long pid) {
        ProcStat stat = ProcStat.of(pid);
        return stat != null && stat.state() == 'T';
    }
}
