package io.hsu.internal.log;

import static io.hsu.testkit.Refusals.refusesArgument;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.LogLine;
import io.hsu.LogTarget;
import io.hsu.OutputSpec;
import io.hsu.ProcessEvent;
import io.hsu.ProcessSpec;
import io.hsu.StreamKind;
import io.hsu.spi.Providers;
import io.hsu.testkit.CapturedLog;
import io.hsu.testkit.ManualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output of a process on its way to the ring, to files, to loggers and to listeners. */
class ProcessOutputTest {

    @TempDir
    Path directory;

    private final ManualTime time = new ManualTime();
    private final List<ProcessEvent> events = new ArrayList<>();
    private OutputHub hub;
    private ProcessOutput output;

    @AfterEach
    void close() {
        if (output != null) {
            output.close();
        }
    }

    @Test
    void lines_areNumberedOverAllLaunches() {
        open(o -> {});
        write(1, StreamKind.STDOUT, "a\nb\n");
        write(2, StreamKind.STDERR, "c\n");
        assertEquals(
                List.of(
                        new LogLine(1, 1, time.now(), StreamKind.STDOUT, "a", false),
                        new LogLine(2, 1, time.now(), StreamKind.STDOUT, "b", false),
                        new LogLine(3, 2, time.now(), StreamKind.STDERR, "c", false)),
                output.logs().tail(10));
        assertEquals(List.of("b", "c"), output.lastLines(2));
        assertEquals(List.of("a", "b"), output.lastLines(1, 10), "of the first launch only");
    }

    @Test
    void streams_halfLinesDoNotMix() {
        open(o -> {});
        LaunchOutput launch = output.launch(1);
        feed(launch, StreamKind.STDOUT, "out ");
        feed(launch, StreamKind.STDERR, "error ");
        feed(launch, StreamKind.STDOUT, "1\n");
        feed(launch, StreamKind.STDERR, "2");
        assertEquals(List.of("out 1"), output.lastLines(10));
        launch.end(StreamKind.STDOUT);
        launch.end(StreamKind.STDERR);
        assertEquals(List.of("out 1", "error 2"), output.lastLines(10));
    }

    @Test
    void files_holdWhatWasWrittenByteForByte() throws IOException {
        byte[] bytes = {'a', (byte) 0xFF, '\r', '\n', 0, '\n', (byte) 0xC3, 'b'};
        open(o -> o.toFiles());
        LaunchOutput launch = output.launch(1);
        for (byte one : bytes) {
            launch.bytes(StreamKind.STDOUT, ByteBuffer.wrap(new byte[] {'-', one, '-'}, 1, 1), null);
        }
        feed(launch, StreamKind.STDERR, "other");
        launch.end(StreamKind.STDOUT);
        launch.end(StreamKind.STDERR);

        Path below = directory.resolve("managed_processes");
        assertArrayEquals(bytes, Files.readAllBytes(below.resolve("api-stdout.log")));
        assertEquals("other", Files.readString(below.resolve("api-stderr.log")));
    }

    @Test
    void files_areAppendedTo() throws IOException {
        Path file = Files.writeString(directory.resolve("out.log"), "before\n");
        open(o -> o.to(LogTarget.file(file).only(StreamKind.STDOUT)));
        write(1, StreamKind.STDOUT, "first\n");
        write(2, StreamKind.STDOUT, "second\n");
        output.close();
        write(2, StreamKind.STDOUT, "of a survivor, after the end\n");
        assertEquals("before\nfirst\nsecond\n", Files.readString(file));
    }

    @Test
    void files_areMadeWhenThereIsSomethingToWrite() throws IOException {
        Path file = directory.resolve("deep/er/{process_id}/out.log");
        open(o -> o.to(LogTarget.file(file).only(StreamKind.STDOUT)));
        assertFalse(Files.exists(directory.resolve("deep")));
        write(1, StreamKind.STDOUT, "a\n");
        assertEquals("a\n", Files.readString(directory.resolve("deep/er/api/out.log")));
    }

    @Test
    void failingSink_isReportedOnceAndTheOthersGoOnAndItRecovers() throws IOException {
        Path blocked = Files.writeString(directory.resolve("blocked"), "a file where a directory should be");
        Path good = directory.resolve("good.log");
        open(o -> o.to(LogTarget.file(blocked.resolve("out.log")).only(StreamKind.STDOUT))
                .to(LogTarget.file(good).only(StreamKind.STDOUT)));

        try (CapturedLog log = CapturedLog.of(SinkPort.class)) {
            write(1, StreamKind.STDOUT, "one\n");
            write(1, StreamKind.STDOUT, "two\n");
            assertEquals(1, log.count(Level.WARNING), log::toString);
            String message = "process 'api': file " + blocked + "/out.log does not take output: ";
            assertTrue(log.toString().startsWith(message), log::toString);

            Files.delete(blocked);
            write(1, StreamKind.STDOUT, "three\n");
            assertEquals(1, log.messages().size(), "not before it is tried");
            time.advance(Duration.ofMillis(100), () -> {});
            assertTrue(log.toString().endsWith("takes output again"), log::toString);
            assertEquals(1, log.count(Level.WARNING), log::toString);
        }

        assertEquals("one\ntwo\nthree\n", Files.readString(blocked.resolve("out.log")));
        assertEquals("one\ntwo\nthree\n", Files.readString(good));
        assertEquals(List.of("one", "two", "three"), output.lastLines(10));
    }

    @Test
    void slf4j_getsEachLineUnderTheNameOfProcessAndStream() {
        open(o -> o.toSlf4j());
        try (CapturedLog out = CapturedLog.of("hsu.process.api.stdout");
                CapturedLog error = CapturedLog.of("hsu.process.api.stderr")) {
            write(1, StreamKind.STDOUT, "a {} b\nc\n");
            write(1, StreamKind.STDERR, "d\n");
            assertEquals(List.of("a {} b", "c"), out.messages());
            assertEquals(List.of("d"), error.messages());
            assertEquals(2, out.count(Level.INFO));
        }
    }

    @Test
    void slf4j_loggerThatFailsIsReportedOnce() {
        open(o -> o.toSlf4j());
        try (CapturedLog log = CapturedLog.of(SinkPort.class);
                CapturedLog broken = CapturedLog.of("hsu.process.api.stdout")) {
            broken.failWith(new IllegalStateException("disk full"));
            write(1, StreamKind.STDOUT, "one\ntwo\n");
            write(1, StreamKind.STDOUT, "three\n");
            assertEquals(1, log.messages().size(), log::toString);

            broken.failWith(null);
            write(1, StreamKind.STDOUT, "four\n");
            assertEquals(List.of(), broken.messages(), "they wait for the next try");
            time.advance(Duration.ofMillis(100), () -> {});
            assertEquals(2, log.messages().size(), log::toString);
            assertEquals(List.of("one", "two", "three", "four"), broken.messages());
        }
        assertEquals(List.of("one", "two", "three", "four"), output.lastLines(10));
    }

    @Test
    void managersOwnOutput_hasThePrefix() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            open(o -> o.to(LogTarget.stdout().only(StreamKind.STDERR).prefix("[{process_id}]"))
                    .to(LogTarget.stdout().only(StreamKind.STDOUT)));
        } finally {
            System.setOut(before);
        }
        write(1, StreamKind.STDERR, "a\n");
        write(1, StreamKind.STDOUT, "b\n");
        assertEquals(
                List.of("[api] a", "b"),
                printed.toString(StandardCharsets.UTF_8).lines().toList());
    }

    @Test
    void listener_thatThrowsIsReportedAndLeftOut() {
        open(o -> {});
        List<String> heard = new ArrayList<>();
        LaunchOutput launch = output.launch(1);
        launch.addListener(line -> {
            throw new IllegalStateException("no");
        });
        launch.addListener(line -> {
            throw new StackOverflowError(); // what a regular expression ends with on a long line
        });
        launch.addListener(line -> heard.add(line.text()));
        try (CapturedLog log = CapturedLog.of(LaunchOutput.class)) {
            feed(launch, StreamKind.STDOUT, "a\nb\n");
            assertEquals(2, log.count(Level.WARNING), "once each");
        }
        assertEquals(List.of("a", "b"), heard);
        assertEquals(List.of("a", "b"), output.lastLines(10));
    }

    @Test
    void check_relativeFileWithoutDirectory() {
        refusesArgument(
                "process 'api': its log file 'out.log' is relative and the manager has no log directory; "
                        + "set logDirectory(...) on the manager's builder or give an absolute path",
                () -> hub(null).open(spec(o -> o.to(LogTarget.file("out.log"))), null));
        hub(null).open(spec(o -> o.to(LogTarget.file(directory.resolve("out.log")))), null);
        hub(directory).open(spec(o -> o.toFiles()), null);
    }

    private void open(Consumer<OutputSpec.Builder> options) {
        hub = hub(directory);
        output = hub.open(spec(options), null);
    }

    private OutputHub hub(Path logDirectory) {
        return new OutputHub(
                new OutputSettings("test", logDirectory, "managed_processes", List.of(), null),
                Providers.builder().classLoader(getClass().getClassLoader()).discover(),
                new OutputHub.Means(time, time, Runnable::run, events::add));
    }

    private static ProcessSpec spec(Consumer<OutputSpec.Builder> options) {
        return ProcessSpec.builder("api").command("run").output(options).build();
    }

    private void write(long launch, StreamKind stream, String text) {
        feed(output.launch(launch), stream, text);
    }

    private static void feed(LaunchOutput launch, StreamKind stream, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        launch.bytes(stream, ByteBuffer.wrap(bytes), null);
    }
}
