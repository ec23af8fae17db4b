package io.hsu;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.ProcessEvent.OutputDropped;
import io.hsu.testkit.GateSink;
import io.hsu.testkit.RealProcesses;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real output of real processes: all of it, in order, whatever becomes of those who take it. */
class RealOutputTest extends RealProcesses {

    private final GateSink gate = new GateSink();

    @AfterEach
    void openGate() {
        gate.open();
    }

    @Test
    void tenChildrenAtFullSpeed_throughRotation_everyNumberOnceInOrder() throws IOException {
        int lines = 400_000; // 2.7 MB
        int children = 10;
        manage(m -> {
            m.logDirectory(directory);
            for (int number = 0; number < children; number++) {
                m.process(
                        "p" + number,
                        p -> sh(p, "seq 1 " + lines)
                                .output(o -> o.to(LogTarget.file("{process_id}.log")
                                        .only(StreamKind.STDOUT)
                                        .rotation(Rotation.ofSize(Bytes.mib(1))))));
            }
        });
        manager.start();
        for (int number = 0; number < children; number++) {
            awaitState("p" + number, ProcessState.STOPPED);
        }
        manager.close();
        for (int number = 0; number < children; number++) {
            List<Path> files = logs("p" + number + ".log");
            assertEquals(3, files.size(), files::toString);
            assertNumbers(files, lines);
            for (Path file : files) {
                assertTrue(Files.size(file) <= Bytes.mib(1) + "400000\n".length(), () -> file + " is too large");
            }
        }
    }

    @Test
    void unlookedAtOutput_throughRotation_everyNumberOnceInOrder() throws IOException {
        int lines = 1_400_000; // 9.9 MB
        manage(m -> m.logDirectory(directory)
                .process(
                        "it",
                        p -> sh(p, "seq 1 %d; exit 3".formatted(lines))
                                .restart(Restart.never())
                                .output(o -> o.keptLines(0)
                                        .to(LogTarget.file("it.log")
                                                .only(StreamKind.STDOUT)
                                                .rotation(Rotation.ofSize(Bytes.mib(1)))))));
        manager.start("it");
        awaitState("it", ProcessState.FAILED);
        ProcessStatus status = manager.status("it");
        assertEquals(
                IntStream.rangeClosed(lines - 9, lines)
                        .mapToObj(Integer::toString)
                        .toList(),
                status.lastExit().orElseThrow().lastOutput(),
                "read from the file");
        OutputCounters counters = status.output().get(StreamKind.STDOUT);
        assertEquals(counters.bytes(), counters.passedThrough());
        assertEquals(0, counters.lines());
        manager.close();
        List<Path> files = logs("it.log");
        assertEquals(10, files.size(), files::toString);
        assertNumbers(files, lines);
        assertEquals(
                counters.bytes(), files.stream().mapToLong(RealOutputTest::size).sum());
    }

    @Test
    void lineOf100Megabytes_isSplitAndTakesNoMemory() {
        int megabytes = 100;
        manage("head -c %dM /dev/zero | tr '\\0' x; exec sleep 300".formatted(megabytes), p -> {});
        long before = liveHeap();
        manager.start("it");
        long pieces = megabytes * 1024L * 1024 / (64 * 1024);
        soon("the line")
                .atMost(30, TimeUnit.SECONDS)
                .until(() ->
                        manager.status("it").output().get(StreamKind.STDOUT).bytes() == megabytes * 1024L * 1024);
        OutputCounters counters = manager.status("it").output().get(StreamKind.STDOUT);
        assertTrue(counters.split() >= pieces - 1, counters::toString);
        assertTrue(manager.logs("it").tail(1).get(0).split());
        long grown = liveHeap() - before;
        assertTrue(grown < Bytes.mib(32), () -> "grown by " + grown); // not by the line, whatever else the heap holds
    }

    private static long liveHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void blockedTarget_makesItsChildWait_othersRunOn() {
        int lines = 600_000; // 4 MB: more than the buffer and the pipe
        manage(m -> m.logSink(gate)
                .process(
                        "held",
                        p -> sh(p, "seq 1 %d; touch $1/over; exec sleep 300".formatted(lines))
                                .output(o -> o.to(
                                        LogTarget.of(GateSink.TYPE, Map.of()).bufferSize(Bytes.kib(64)))))
                .process("free", p -> sh(p, "seq 1 200000; exec sleep 300")));
        manager.start();
        soon("the other one").until(() -> lastLine("free").equals("200000"));
        soon("the target to be held").until(gate::isReached);
        assertFalse(Files.exists(directory.resolve("over")), "it waits");
        gate.open();
        soon("all lines").until(() -> gate.count() == lines);
        assertEquals(numbers(lines), gate.lines());
        assertEquals(0, manager.status("held").output().get(StreamKind.STDOUT).dropped());
    }

    @Test
    void blockedTarget_dropsWhereThatIsAskedFor() {
        int lines = 600_000;
        manage(m -> m.logSink(gate)
                .process(
                        "it",
                        p -> sh(p, "seq 1 %d; echo end; exec sleep 300".formatted(lines))
                                .output(o -> o.overflow(Overflow.DROP)
                                        .to(LogTarget.of(GateSink.TYPE, Map.of())
                                                .bufferSize(Bytes.kib(64))))));
        manager.start();
        soon("the end").until(() -> lastLine("it").equals("end"));
        gate.open();
        soon("every line to be taken or counted").until(() -> {
            long dropped = manager.status("it").output().get(StreamKind.STDOUT).dropped();
            return dropped > 0 && gate.count() + dropped == lines + 1;
        });
        soon("the event")
                .untilAsserted(() -> assertEquals(
                        manager.status("it").output().get(StreamKind.STDOUT).dropped(),
                        events(OutputDropped.class).stream()
                                .mapToLong(OutputDropped::count)
                                .sum()));
        assertEquals("gate", events(OutputDropped.class).get(0).target());
    }

    @Test
    void aggregate_getsWholeLinesOfAll() throws IOException {
        int lines = 50_000;
        manage(m -> {
            m.logDirectory(directory)
                    .managerId("m1")
                    .aggregate(LogTarget.file("all.log").format(LogFormat.ENHANCED_PLAIN));
            for (int number = 0; number < 4; number++) {
                m.process(
                        "p" + number,
                        p -> sh(p, "seq 1 " + lines).output(o -> o.fields(LogField.SEQUENCE, LogField.MANAGER_ID)));
            }
        });
        manager.start();
        for (int number = 0; number < 4; number++) {
            awaitState("p" + number, ProcessState.STOPPED);
        }
        manager.close();
        Map<String, List<String>> byProcess = Files.readAllLines(directory.resolve("all.log")).stream()
                .collect(Collectors.groupingBy(line -> line.substring(0, line.indexOf(' '))));
        for (int number = 0; number < 4; number++) {
            String process = "p" + number;
            assertEquals(
                    IntStream.rangeClosed(1, lines)
                            .mapToObj(line -> "%s stdout manager=m1 seq=%d | %d".formatted(process, line, line))
                            .toList(),
                    byProcess.get(process));
        }
    }

    @Test
    void follow_whileItWrites_hasNoGapAndNoDouble() {
        manage(
                "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo $i; done; exec sleep 300",
                p -> p.output(o -> o.keptLines(100_000)));
        List<LogLine> first = new CopyOnWriteArrayList<>();
        manager.start("it");
        Subscription half = manager.logs("it").follow(0, first::add);
        soon("some lines").until(() -> first.size() > 100);
        half.close();
        soon("the end").until(() -> lastLine("it").equals("20000"));
        int taken = first.size();
        List<LogLine> rest = new CopyOnWriteArrayList<>();
        Subscription other = manager.logs("it").follow(first.get(taken - 1).sequence(), rest::add);
        soon("the rest").until(() -> rest.size() >= 20_000 - taken);
        other.close();
        List<String> all =
                Stream.concat(first.stream(), rest.stream()).map(LogLine::text).toList();
        assertEquals(numbers(20_000), all);
    }

    private String lastLine(String id) {
        List<LogLine> last = manager.logs(id).tail(1);
        return last.isEmpty() ? "" : last.get(0).text();
    }

    private static List<String> numbers(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
    }

    /** {@return the files of a log, oldest first} */
    private List<Path> logs(String name) throws IOException {
        Path below = directory.resolve("managed_processes");
        try (Stream<Path> files = Files.list(below)) {
            List<Path> aside = files.filter(
                            file -> file.getFileName().toString().startsWith(name + "."))
                    .sorted()
                    .toList();
            return Stream.concat(aside.stream(), Stream.of(below.resolve(name))).toList();
        }
    }

    private static void assertNumbers(List<Path> files, int last) throws IOException {
        int expected = 1;
        for (Path file : files) {
            try (BufferedReader reader = Files.newBufferedReader(file)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    assertEquals(Integer.toString(expected++), line, () -> "in " + file);
                }
            }
        }
        assertEquals(last, expected - 1);
    }

    private static long size(Path file) {
        return file.toFile().length();
    }
}
