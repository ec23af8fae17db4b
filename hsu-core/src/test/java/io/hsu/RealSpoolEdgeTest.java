package io.hsu;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hsu.internal.linux.LinuxSupport;
import io.hsu.testkit.FullDisk;
import io.hsu.testkit.GateSink;
import io.hsu.testkit.RealProcesses;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Spools that are damaged, too small, on a full disk, somebody else's, or shared by two launches. */
@EnabledOnOs(OS.LINUX)
class RealSpoolEdgeTest extends RealProcesses {

    private final GateSink gate = new GateSink();

    @BeforeEach
    void needsTheLauncher() {
        assumeTrue(
                LinuxSupport.missing().isEmpty(), () -> LinuxSupport.missing().orElseThrow());
    }

    @AfterEach
    void openGate() {
        gate.open();
    }

    @Test
    void lineThatIsLongerThanTheLimit_doesNotStopItsProcess() throws IOException {
        int megabytes = 6;
        manage(m -> m.stateDirectory(directory.resolve("state"))
                .logDirectory(directory)
                .process(
                        "it",
                        p -> sh(
                                        p,
                                        "head -c %dM /dev/zero | tr '\\0' x; touch $1/over; echo; exec sleep 300"
                                                .formatted(megabytes))
                                .output(o -> o.spoolLimit(Bytes.mib(1))
                                        .to(LogTarget.file("it.log").only(StreamKind.STDOUT)))));
        manager.start("it");
        Path log = directory.resolve("managed_processes/it.log");
        soon("the line").until(() -> Files.exists(log) && Files.size(log) == Bytes.mib(megabytes) + 1);
        assertTrue(Files.exists(directory.resolve("over")));
        assertEquals(1, Files.readAllLines(log).size(), "one line, as it was written");
    }

    @Test
    void twoLaunchesAtOnce_throughPipes_doNotTearEachOthersLines() throws IOException {
        assertNoLineIsTorn(OutputCapture.PIPE);
    }

    @Test
    void twoLaunchesAtOnce_throughSpools_doNotTearEachOthersLines() throws IOException {
        assertNoLineIsTorn(OutputCapture.SPOOL);
    }

    /** What the first launch has left behind ignores TERM, and writes on while the second one writes. */
    private void assertNoLineIsTorn(OutputCapture capture) throws IOException {
        String survivor =
                "(trap '' TERM; n=0; while [ $n -lt 300 ]; do n=$((n+1)); printf 'old %s' $n; sleep 0.002; echo ' end'; done) & ";
        String next =
                "n=0; while [ $n -lt 300 ]; do n=$((n+1)); printf 'new %s' $n; sleep 0.002; echo ' end'; done; exec sleep 300";
        manage(m -> m.stateDirectory(directory.resolve("state"))
                .logDirectory(directory)
                .process(
                        "it",
                        p -> sh(
                                        p,
                                        "if [ -e $1/second ]; then %s; else touch $1/second; %s sleep 0.05; exit 1; fi"
                                                .formatted(next, survivor))
                                .restart(Restart.always().backoff(Backoff.none()))
                                .output(o -> o.capture(capture)
                                        .to(LogTarget.file("it.log").only(StreamKind.STDOUT)))));
        manager.start("it");
        Path log = directory.resolve("managed_processes/it.log");
        soon("both to end")
                .until(() -> Files.exists(log)
                        && Files.readString(log).contains("new 300 end")
                        && Files.readString(log).contains("old 300 end"));
        List<String> torn = Files.readAllLines(log).stream()
                .filter(line -> !line.matches("(old|new) \\d+ end"))
                .toList();
        // The line that had begun when the second one came could not know of it.
        assertTrue(torn.size() <= 2, torn::toString);
    }

    @Test
    void damagedMark_itsSpoolIsReadFromTheBeginning() throws IOException {
        Path spools = spoolsOfAnEarlierManager();
        Files.writeString(spools.resolve("1000-7-stdout.spool"), "one\ntwo\nno end");
        Files.write(spools.resolve("1000-7-stdout.spool.mark"), new byte[] {1, 2, 3});
        Files.writeString(spools.resolve("99999999999999999999-1-stdout.spool"), "not ours\n");
        manage(m -> m.stateDirectory(directory.resolve("state")).process("it", p -> sh(p, "true")));
        soon("its lines").until(() -> manager.logs("it").tail(10).size() == 3);
        assertEquals(
                List.of("one", "two", "no end"),
                manager.logs("it").tail(10).stream().map(LogLine::text).toList());
        assertEquals(7, manager.logs("it").tail(1).get(0).launch());
        soon("the end of the spool").until(() -> !Files.exists(spools.resolve("1000-7-stdout.spool")));
    }

    @Test
    void damagedMark_whatWasGivenBackIsPassedOver() throws IOException {
        Path spools = spoolsOfAnEarlierManager();
        try (RandomAccessFile file =
                new RandomAccessFile(spools.resolve("1000-1-stdout.spool").toFile(), "rw")) {
            file.seek(64 * 1024);
            file.write("of a line\nwhole\n".getBytes(StandardCharsets.UTF_8));
        }
        manage(m -> m.stateDirectory(directory.resolve("state")).process("it", p -> sh(p, "true")));
        soon("its lines").until(() -> !manager.logs("it").tail(10).isEmpty());
        assertEquals(
                List.of("whole"),
                manager.logs("it").tail(10).stream().map(LogLine::text).toList());
    }

    @Test
    void spoolsOfSeveralLaunches_areReadOneAfterTheOther() throws IOException {
        Path spools = spoolsOfAnEarlierManager();
        int lines = 50_000;
        for (int launch = 1; launch <= 3; launch++) {
            StringBuilder text = new StringBuilder();
            for (int line = 1; line <= lines; line++) {
                text.append(launch).append(' ').append(line).append('\n');
            }
            Files.writeString(spools.resolve("%d-%d-stdout.spool".formatted(1000 + launch, launch)), text);
        }
        manage(m -> m.stateDirectory(directory.resolve("state"))
                .logDirectory(directory)
                .process(
                        "it",
                        p -> sh(p, "true")
                                .output(o -> o.to(LogTarget.file("it.log").only(StreamKind.STDOUT)))));
        Path log = directory.resolve("managed_processes/it.log");
        soon("all lines").until(() -> Files.exists(log) && Files.readString(log).endsWith("3 " + lines + "\n"));
        List<String> read = Files.readAllLines(log);
        assertEquals(3 * lines, read.size());
        assertEquals("1 1", read.get(0));
        assertEquals("2 1", read.get(lines));
        assertEquals("3 1", read.get(2 * lines));
    }

    private Path spoolsOfAnEarlierManager() throws IOException {
        Path state = Files.createDirectory(
                directory.resolve("state"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Files.createDirectories(state.resolve("spool/it"));
    }

    @Test
    void stateDirectory_ofSomebodyElse_isRefused() throws IOException {
        Path state = Files.createDirectory(directory.resolve("state"));
        assumeTrue(chown(state), "only root can give a directory away");
        HsuException e = refusal(state);
        assertTrue(e.getMessage().contains("it belongs to another user"), e.getMessage());
    }

    private static boolean chown(Path file) throws IOException {
        try {
            Files.setAttribute(file, "unix:uid", 65534);
            return true;
        } catch (java.nio.file.FileSystemException e) {
            return false;
        }
    }

    @Test
    void stateDirectory_withLinksOrForOthersToo_isRefused() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        assertTrue(refusal(link).getMessage().contains("it is a symbolic link"));

        Path state = spoolsOfAnEarlierManager().getParent().getParent();
        Files.delete(state.resolve("spool/it"));
        Files.delete(state.resolve("spool"));
        Files.createSymbolicLink(state.resolve("spool"), real);
        assertTrue(refusal(state).getMessage().contains("symbolic link"));

        Path shared = Files.createDirectory(directory.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createFile(shared.resolve("somebody's"));
        assertTrue(refusal(shared).getMessage().contains("others may look into it"));
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(shared)));
    }

    private static HsuException refusal(Path state) {
        return assertThrows(
                HsuException.class,
                () -> ProcessManager.builder().stateDirectory(state).build());
    }

    @Test
    void everythingInIt_isForItsOwnerAlone() throws IOException {
        manage(m -> m.stateDirectory(directory.resolve("state")).process("it", p -> sh(p, "echo; exec sleep 300")));
        manager.start("it");
        soon("the line").until(() -> manager.logs("it").latest() == 1);
        try (Stream<Path> all = Files.walk(directory.resolve("state"))) {
            for (Path file : all.toList()) {
                assertEquals(
                        Files.isDirectory(file) ? "rwx------" : "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                        file::toString);
            }
        }
    }

    @Test
    void diskThatIsNearlyFull_makesTheProcessWait() throws IOException {
        try (FullDisk disk = FullDisk.mount(directory, 16 * 1024)) {
            int lines = 120
                    * 50_000; // 41 MB, in steps: in one it would be faster than a signal, on a busy machine at least
            String script =
                    "n=0; while [ $n -lt 120 ]; do n=$((n+1)); seq 1 50000 || touch $1/failed; sleep 0.02; done; "
                            + "touch $1/over; exec sleep 300";
            manage(m -> m.stateDirectory(disk.root().resolve("state"))
                    .logSink(gate)
                    .process(
                            "it",
                            p -> sh(p, script)
                                    .output(o -> o.to(LogTarget.of(GateSink.TYPE, Map.of())
                                            .bufferSize(Bytes.kib(1))))));
            manager.start("it");
            soon("little room").until(() -> Files.getFileStore(disk.root()).getUsableSpace() < Bytes.mib(2));
            gate.open();
            soon("all lines").atMost(60, TimeUnit.SECONDS).until(() -> Files.exists(directory.resolve("over")));
            assertFalse(Files.exists(directory.resolve("failed")), "it has never found the disk full");
            soon("every line").until(() -> gate.count() == lines);
            manager.close();
        }
    }

    @Test
    void manyShortLives_leaveNoSpool() throws IOException {
        int processes = 40;
        manage(m -> {
            m.stateDirectory(directory.resolve("state"));
            for (int number = 0; number < processes; number++) {
                m.process(
                        "p" + number,
                        p -> sh(p, "echo $$; echo oh >&2; printf 'no end'").restart(Restart.never()));
            }
        });
        for (int round = 1; round <= 5; round++) {
            manager.start();
            for (int number = 0; number < processes; number++) {
                awaitState("p" + number, ProcessState.STOPPED);
            }
            long lines = 3L * round;
            for (int number = 0; number < processes; number++) {
                String id = "p" + number;
                soon("the lines of " + id).until(() -> manager.logs(id).latest() == lines);
            }
        }
        soon("the end of all spools").untilAsserted(() -> {
            try (Stream<Path> left = Files.walk(directory.resolve("state/spool"))) {
                assertEquals(List.of(), left.filter(Files::isRegularFile).toList());
            }
        });
    }
}
