package io.hsu.internal.log;

import static io.hsu.internal.log.TestHub.feed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.hsu.LogFilter;
import io.hsu.LogLevel;
import io.hsu.LogTarget;
import io.hsu.OutputSpec;
import io.hsu.Overflow;
import io.hsu.ProcessEvent;
import io.hsu.StreamKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream whose bytes go to a file of its own as they come. */
class RawOutputTest {

    private static final Duration SOON = Duration.ofMillis(100);

    @TempDir
    Path directory;

    private TestHub test;
    private Path path;
    private LogTarget file;

    @BeforeEach
    void open() {
        test = new TestHub(directory);
        path = directory.resolve("out.log");
        file = LogTarget.file(path).only(StreamKind.STDOUT).bufferSize(1024);
    }

    @Test
    void bytes_areInTheFileBeforeTheirLineHasAnEnd() throws IOException {
        LaunchOutput launch = launch(o -> o.to(file));
        feed(launch, "a");
        assertEquals("a", Files.readString(path));
        feed(launch, "b\nc\r\n");
        assertEquals("ab\nc\r\n", Files.readString(path));
    }

    @Test
    void launch_nextOneBeginsALine() throws IOException {
        ProcessOutput output = test.open("api", o -> o.to(file));
        LaunchOutput first = output.launch(1);
        feed(first, "last words");
        first.end(StreamKind.STDOUT);
        feed(output.launch(2), "a\n");
        assertEquals("last words\na\n", Files.readString(path));
    }

    @Test
    void others_getLines() throws IOException {
        LaunchOutput launch = launch(o -> o.to(file).to(TestHub.scripted("other")));
        feed(launch, "a\nb");
        assertEquals(List.of("a"), test.sink("other").taken);
        launch.end(StreamKind.STDOUT);
        assertEquals(List.of("a", "b"), test.sink("other").taken);
        assertEquals("a\nb", Files.readString(path));
    }

    /** Its lines are formatted, or filtered, or may be dropped, or share the file with the other stream's. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void lines_whereTheyAreWanted(int why) throws IOException {
        LaunchOutput launch = launch(
                switch (why) {
                    case 0 -> o -> o.to(file.prefix("p"));
                    case 1 -> o -> o.to(file).filter(LogFilter.none().minLevel(LogLevel.INFO));
                    case 2 -> o -> o.to(file).overflow(Overflow.DROP);
                    case 3 -> o -> o.to(LogTarget.file(path));
                    default -> o -> o.to(file.flushInterval(Duration.ofSeconds(1)));
                });
        feed(launch, "a");
        test.advance(Duration.ofSeconds(1));
        assertEquals(false, Files.exists(path), "not before the line's end");
        feed(launch, "b\n");
        test.advance(Duration.ofSeconds(1));
        assertEquals(why == 0 ? "p ab\n" : "ab\n", Files.readString(path));
    }

    // Past everybody's eyes.

    @Test
    void passThrough_whereNobodyLooks() {
        assertNotNull(launch(o -> o.to(file).keptLines(0)).passThrough(StreamKind.STDOUT));
        assertNull(launch(o -> o.to(file).keptLines(0)).passThrough(StreamKind.STDERR), "which has no file");
        assertNull(launch(o -> o.to(file)).passThrough(StreamKind.STDOUT));
        LaunchOutput heard = launch(o -> o.to(file).keptLines(0));
        heard.addListener(line -> {});
        assertNull(heard.passThrough(StreamKind.STDOUT));
    }

    @Test
    void passThrough_endsWhenAnotherOneWritesTheFile() {
        LaunchOutput launch = test.open("api", o -> o.to(file).keptLines(0)).launch(1);
        assertNotNull(launch.passThrough(StreamKind.STDOUT));
        test.open("web", o -> o.to(file));
        assertNull(launch.passThrough(StreamKind.STDOUT));
    }

    // What finds no room while the file cannot be written.

    @Test
    void lost_wholeLinesAreLostAndCountedAndTheRestIsWhole() throws IOException {
        ProcessOutput output = failing(o -> o.to(file).keptLines(0));
        LaunchOutput launch = output.launch(1);
        feed(launch, "held\n" + "x".repeat(1024) + "\n");
        feed(launch, "lost 1\nlost 2\n");
        repair();
        feed(launch, "a\nb\n");
        assertEquals("held\n" + "x".repeat(1024) + "\na\nb\n", Files.readString(path));
        assertEquals(2, dropped(output));
        assertEquals(2, recovered());
    }

    @Test
    void lost_restOfALineIsLostWithItsBegin() throws IOException {
        ProcessOutput output = failing(o -> o.to(file).keptLines(0));
        LaunchOutput launch = output.launch(1);
        feed(launch, "x".repeat(1024) + "\n");
        feed(launch, "lost 1\nlos");
        repair();
        feed(launch, "t ");
        feed(launch, "2\na\n");
        assertEquals("x".repeat(1024) + "\na\n", Files.readString(path));
        assertEquals(2, dropped(output));
    }

    @Test
    void lost_beginOfALineThatIsThereIsEnded() throws IOException {
        ProcessOutput output = failing(o -> o.to(file).keptLines(0));
        LaunchOutput launch = output.launch(1);
        feed(launch, "x".repeat(1024) + "\nbegin");
        feed(launch, " of it\nlost\n");
        repair();
        feed(launch, "a\n");
        assertEquals("x".repeat(1024) + "\nbegin\na\n", Files.readString(path));
        assertEquals(2, dropped(output));
    }

    private LaunchOutput launch(Consumer<OutputSpec.Builder> options) {
        test = new TestHub(directory);
        return test.open("api", options).launch(1);
    }

    private ProcessOutput failing(Consumer<OutputSpec.Builder> options) throws IOException {
        Files.createDirectory(path);
        return test.open("api", options);
    }

    private void repair() throws IOException {
        Files.delete(path);
        test.advance(SOON);
    }

    private static long dropped(ProcessOutput output) {
        return output.counters().get(StreamKind.STDOUT).dropped();
    }

    private long recovered() {
        return test.events.stream()
                .filter(ProcessEvent.OutputRecovered.class::isInstance)
                .mapToLong(event -> ((ProcessEvent.OutputRecovered) event).dropped())
                .sum();
    }
}
