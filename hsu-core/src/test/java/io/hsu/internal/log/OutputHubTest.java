package io.hsu.internal.log;

import static io.hsu.internal.log.TestHub.feed;
import static io.hsu.internal.log.TestHub.scripted;
import static io.hsu.testkit.Refusals.refusesArgument;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.LogFilter;
import io.hsu.LogLevel;
import io.hsu.LogTarget;
import io.hsu.OutputCounters;
import io.hsu.ProcessEvent;
import io.hsu.StreamKind;
import io.hsu.testkit.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the output of all processes goes, and how it ends. */
class OutputHubTest {

    /** Picks the task that came last. */
    private static final RandomGenerator LATEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public int nextInt(int bound) {
            return bound - 1;
        }
    };

    @TempDir
    Path directory;

    // Targets of the manager's own.

    @Test
    void aggregates_getTheOutputOfAll() {
        TestHub test =
                new TestHub(directory, scripted("all"), scripted("errors").only(StreamKind.STDERR));
        LaunchOutput api = test.open("api", o -> o.to(scripted("own"))).launch(1);
        LaunchOutput web = test.open("web", o -> {}).launch(1);
        feed(api, "a\n");
        feed(web, StreamKind.STDERR, "b\n");
        feed(api, "c\n");
        assertEquals(List.of("a", "b", "c"), test.sink("all").taken);
        assertEquals(List.of("b"), test.sink("errors").taken);
        assertEquals(List.of("a", "c"), test.sink("own").taken);
    }

    @Test
    void aggregates_notThatOfAProcessThatStaysApart() {
        TestHub test = new TestHub(directory, scripted("all"));
        LaunchOutput api =
                test.open("api", o -> o.aggregated(false).to(scripted("own"))).launch(1);
        feed(api, "a\n");
        assertEquals(List.of(), test.sink("all").taken);
        assertEquals(List.of("a"), test.sink("own").taken);
    }

    @Test
    void aggregates_fileLiesInTheLogDirectoryAndHoldsWholeLines() throws IOException {
        TestHub test = new TestHub(directory, LogTarget.file("all.log").prefix("{process_id}:"));
        LaunchOutput api = test.open("api", o -> {}).launch(1);
        LaunchOutput web = test.open("web", o -> {}).launch(1);
        feed(api, "a");
        feed(web, "b\n");
        feed(api, "a\n");
        assertEquals("web: b\napi: aa\n", Files.readString(directory.resolve("all.log")));
    }

    @Test
    void aggregates_stayWhenAProcessGoes() {
        TestHub test = new TestHub(directory, scripted("all"));
        ProcessOutput api = test.open("api", o -> o.to(scripted("own")));
        feed(api.launch(1), "a\n");
        api.close();
        feed(test.open("web", o -> {}).launch(1), "b\n");
        assertEquals(1, test.sink("own").closes);
        assertEquals(0, test.sink("all").closes);
        assertEquals(List.of("a", "b"), test.sink("all").taken);
    }

    @Test
    void aggregates_failureIsNobodysInParticular() {
        TestHub test = new TestHub(directory, scripted("all"));
        test.sink("all").failing = true;
        feed(test.open("api", o -> {}).launch(1), "a\n");
        ProcessEvent.OutputFailed event = (ProcessEvent.OutputFailed) test.events.get(0);
        assertEquals("", event.processId());
        assertEquals("scripted", event.target());
    }

    @Test
    void target_failureNamesItsProcess() {
        TestHub test = new TestHub(directory);
        ProcessOutput api = test.open("api", o -> o.to(scripted("own")));
        test.sink("own").failing = true;
        feed(api.launch(1), "a\n");
        ProcessEvent.OutputFailed event = (ProcessEvent.OutputFailed) test.events.get(0);
        assertEquals("api", event.processId());
        assertEquals("scripted", event.target());
    }

    @Test
    void target_wrongOneIsRefusedAndLeavesNothingOpen() {
        TestHub test = new TestHub(directory);
        refusesArgument(
                "process 'api': name is missing",
                () -> test.open("api", o -> o.to(scripted("own")).to(LogTarget.of("scripted", Map.of()))));
        assertEquals(1, test.sink("own").closes);
        assertTrue(assertThrows(
                        IllegalArgumentException.class, () -> new TestHub(directory, LogTarget.of("nope", Map.of())))
                .getMessage()
                .startsWith("unknown log target type 'nope'; available are file, scripted, slf4j, stderr, stdout"));
    }

    @Test
    void paths_nameProcessAndStream() throws IOException {
        TestHub test = new TestHub(directory);
        ProcessOutput api = test.open(
                "api",
                o -> o.to(LogTarget.file("{process_id}/{stream}.log").only(StreamKind.STDERR))
                        .to(LogTarget.file("{process_id}/{stream}.log")));
        feed(api.launch(1), StreamKind.STDERR, "a\n");
        assertEquals("a\n", Files.readString(directory.resolve("processes/api/stderr.log")));
        assertEquals("a\n", Files.readString(directory.resolve("processes/api/output.log")));
    }

    // Filters.

    @Test
    void filter_keepsLinesFromTargetsNotFromMemoryOrListeners() {
        TestHub test = new TestHub(directory, scripted("all"));
        ProcessOutput api = test.open(
                "api",
                o -> o.filter(LogFilter.none().minLevel(LogLevel.WARN).exclude(Pattern.compile("secret")))
                        .to(scripted("own")));
        LaunchOutput launch = api.launch(1);
        List<String> heard = new ArrayList<>();
        launch.addListener(line -> heard.add(line.text()));
        feed(launch, "INFO a\nERROR b\nERROR secret\n");
        assertEquals(List.of("ERROR b"), test.sink("own").taken);
        assertEquals(List.of("ERROR b"), test.sink("all").taken);
        assertEquals(List.of("INFO a", "ERROR b", "ERROR secret"), api.lastLines(10));
        assertEquals(api.lastLines(10), heard);
        assertEquals(new OutputCounters(3, 28, 0, 0, 0), api.counters().get(StreamKind.STDOUT));
    }

    @Test
    void filter_streamsHaveTheirOwn() {
        TestHub test = new TestHub(directory);
        ProcessOutput api = test.open(
                "api", o -> o.filter(LogFilter.none().minLevel(LogLevel.WARN)).to(scripted("own")));
        LaunchOutput launch = api.launch(1);
        feed(launch, StreamKind.STDOUT, "INFO a\n");
        feed(launch, StreamKind.STDERR, "ERROR b\n");
        feed(launch, StreamKind.STDOUT, "  goes on with a\n");
        feed(launch, StreamKind.STDERR, "  goes on with b\n");
        assertEquals(List.of("ERROR b", "  goes on with b"), test.sink("own").taken);
    }

    // Counters.

    @Test
    void counters_areKeptByStreamOverAllLaunches() {
        TestHub test = new TestHub(directory);
        ProcessOutput api = test.open("api", o -> o.lineLimit(256));
        assertEquals(OutputCounters.NONE, api.counters().get(StreamKind.STDOUT));
        LaunchOutput first = api.launch(1);
        feed(first, "a\nb");
        first.end(StreamKind.STDOUT);
        feed(api.launch(2), "x".repeat(600) + "\r\n");
        feed(api.launch(2), StreamKind.STDERR, "e\n");
        assertEquals(new OutputCounters(3, 605, 0, 2, 0), api.counters().get(StreamKind.STDOUT));
        assertEquals(new OutputCounters(1, 2, 0, 0, 0), api.counters().get(StreamKind.STDERR));
    }

    @Test
    void report_isLoggedForThoseThatHaveWritten() {
        TestHub test = new TestHub(directory, Duration.ofMinutes(1));
        feed(test.open("api", o -> {}).launch(1), "a\n");
        test.open("web", o -> {});
        try (CapturedLog log = CapturedLog.of(OutputHub.class)) {
            test.advance(Duration.ofMinutes(2));
            String line = "process 'api': stdout: 1 lines, 2 bytes, 0 dropped, 0 split";
            assertEquals(List.of(line, line), log.messages());
            test.hub.close();
            test.advance(Duration.ofMinutes(2));
            assertEquals(2, log.messages().size());
        }
    }

    // Last lines.

    @Test
    void lastLines_withTheOneThatHasNoEnd() {
        LaunchOutput launch =
                new TestHub(directory).open("api", o -> o.keptLines(2)).launch(1);
        feed(launch, "a\nb\nc\nd");
        assertEquals(List.of("b", "c", "d"), launch.lastLines(10));
        assertEquals(List.of("d"), launch.lastLines(1));
        assertEquals(List.of(), launch.lastLines(0));
    }

    @Test
    void lastLines_longOnesAreCut() {
        ProcessOutput api = new TestHub(directory).open("api", o -> {});
        feed(api.launch(1), "x".repeat(600) + "\n");
        assertEquals(List.of("x".repeat(500) + "…"), api.lastLines(1));
    }

    @Test
    void lastLines_whereNothingIsKeptTheUnfinishedOneIsThere() {
        ProcessOutput api = new TestHub(directory).open("api", o -> o.keptLines(0));
        LaunchOutput launch = api.launch(1);
        assertEquals(List.of(), api.lastLines(10));
        feed(launch, "a\nb");
        assertEquals(List.of("b"), launch.lastLines(10));
        assertEquals(List.of("b"), api.lastLines(10));
        assertEquals(List.of("b"), api.lastLines(1, 10));
        assertEquals(List.of(), api.lastLines(2, 10));
    }

    // The end.

    @Test
    void close_writesWhatIsHeldOfAll() {
        TestHub test = new TestHub(directory, scripted("all").flushInterval(Duration.ofMinutes(1)));
        LaunchOutput api = test.open("api", o -> o.to(scripted("own").flushInterval(Duration.ofMinutes(1))))
                .launch(1);
        feed(api, "a\n");
        assertTrue(test.hub.close().isDone());
        assertEquals(List.of("a"), test.sink("own").taken);
        assertEquals(List.of("a"), test.sink("all").taken);
        assertEquals(1, test.sink("own").closes);
        assertEquals(1, test.sink("all").closes);
    }

    @Test
    void close_sinkThatHangsHasFiveSeconds() {
        TestHub test = new TestHub(directory);
        LaunchOutput api = test.open("api", o -> o.to(scripted("own"))).launch(1);
        test.pool.hold();
        feed(api, "a\n");
        CompletableFuture<Void> closed = test.hub.close();
        test.advance(Duration.ofMillis(4_999));
        assertFalse(closed.isDone());
        test.advance(Duration.ofMillis(1));
        test.pool.runOne(LATEST); // the one that gives up; the one that writes hangs
        assertTrue(closed.isDone());
        assertEquals(List.of(), test.sink("own").taken);
        assertEquals(0, test.sink("own").closes);
    }

    @Test
    void close_twice() {
        TestHub test = new TestHub(directory, scripted("all"));
        test.hub.close();
        assertTrue(test.hub.close().isDone());
        assertEquals(1, test.sink("all").closes);
    }
}
