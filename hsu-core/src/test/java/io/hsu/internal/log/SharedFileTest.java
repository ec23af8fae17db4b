package io.hsu.internal.log;

import static io.hsu.internal.log.TestHub.feed;
import static io.hsu.testkit.Refusals.refusesArgument;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hsu.LogTarget;
import io.hsu.Rotation;
import io.hsu.StreamKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes, or two streams, that write one file. */
class SharedFileTest {

    @TempDir
    Path directory;

    private TestHub test;
    private Path path;
    private LogTarget file;

    @BeforeEach
    void open() {
        test = new TestHub(directory);
        path = directory.resolve("shared.log");
        file = LogTarget.file(path).only(StreamKind.STDOUT);
    }

    @Test
    void processes_linesOfBothAreWhole() throws IOException {
        LaunchOutput api = test.open("api", o -> o.to(file)).launch(1);
        LaunchOutput web = test.open("web", o -> o.to(file)).launch(1);
        feed(api, "a");
        feed(web, "b1\nb");
        feed(api, "a\na");
        feed(web, "b\n");
        feed(api, "aa\n");
        assertEquals("b1\naa\nbb\naaa\n", Files.readString(path));
    }

    @Test
    void streams_ofOneProcessTooAndTheirFormatsMayDiffer() throws IOException {
        ProcessOutput output = test.open(
                "api",
                o -> o.to(file).to(LogTarget.file(path).only(StreamKind.STDERR).prefix("E")));
        LaunchOutput launch = output.launch(1);
        feed(launch, StreamKind.STDOUT, "a\n");
        feed(launch, StreamKind.STDERR, "b\n");
        feed(launch, StreamKind.STDOUT, "c\n");
        assertEquals("a\nE b\nc\n", Files.readString(path));
    }

    @Test
    void buffer_mustBeTheSame() {
        test.open("api", o -> o.to(file.bufferSize(5000)));
        refusesArgument(
                "process 'web': its log file '%s' is another target's too, with another bufferSize (5000, not 1048576); give both the same, or another file"
                        .formatted(path),
                () -> test.open("web", o -> o.to(file)));
    }

    @Test
    void rotation_mustBeTheSame() {
        test.open("api", o -> o.to(file.rotation(Rotation.ofSize(5000))));
        refusesArgument(
                ("process 'web': its log file '%s' is another target's too, with another rotation ("
                                + "Rotation[maxSize=5000, maxFiles=10, maxAge=null, compressed=false], not "
                                + "Rotation[maxSize=unlimited, maxFiles=unlimited, maxAge=null, compressed=false]); "
                                + "give both the same, or another file")
                        .formatted(path),
                () -> test.open("web", o -> o.to(file.rotation(Rotation.none()))));
        test.open("web", o -> o.to(file.rotation(Rotation.ofSize(5000))));
    }

    @Test
    void rotation_ofOneThatIsGoneDoesNotCount() {
        test.open("api", o -> o.to(file.rotation(Rotation.ofSize(5000)))).close();
        test.open("web", o -> o.to(file.rotation(Rotation.none())));
    }

    @Test
    void refusedProcess_leavesTheFileToTheOther() throws IOException {
        ProcessOutput api = test.open("api", o -> o.to(file));
        assertThrows(
                IllegalArgumentException.class,
                () -> test.open("web", o -> o.to(file).to(LogTarget.of("no such", java.util.Map.of()))));
        feed(api.launch(1), "a\n");
        assertEquals("a\n", Files.readString(path));
    }

    @Test
    void close_fileStaysOpenForTheOther() throws IOException {
        ProcessOutput api = test.open("api", o -> o.to(file));
        ProcessOutput web = test.open("web", o -> o.to(file));
        feed(api.launch(1), "a\n");
        api.close();
        api.close();
        feed(web.launch(1), "b\n");
        assertEquals("a\nb\n", Files.readString(path));
    }

    // One writes alone at first, its bytes as they come; then another one joins.

    @Test
    void second_joinsBetweenLines() throws IOException {
        LaunchOutput api = test.open("api", o -> o.to(file)).launch(1);
        feed(api, "a\n");
        LaunchOutput web = test.open("web", o -> o.to(file)).launch(1);
        feed(api, "b");
        feed(web, "c\n");
        feed(api, "b\n");
        assertEquals("a\nc\nbb\n", Files.readString(path));
    }

    @Test
    void second_joinsInTheMiddleOfALineThatIsFinishedFirst() throws IOException {
        LaunchOutput api = test.open("api", o -> o.to(file)).launch(1);
        feed(api, "a\nb");
        LaunchOutput web = test.open("web", o -> o.to(file)).launch(1);
        feed(api, "b");
        feed(api, "b\nc");
        feed(web, "d\n");
        feed(api, "c\n");
        assertEquals("a\nbbb\nd\ncc\n", Files.readString(path));
    }

    @Test
    void second_joinsInTheMiddleOfALineThatNobodyElseLooksAt() throws IOException {
        LaunchOutput api = test.open("api", o -> o.keptLines(0).to(file)).launch(1);
        feed(api, "a\nb");
        LaunchOutput web = test.open("web", o -> o.keptLines(0).to(file)).launch(1);
        feed(api, "b\nc");
        feed(web, "d\n");
        feed(api, "c\n");
        assertEquals("a\nbb\nd\ncc\n", Files.readString(path));
    }

    @Test
    void second_othersGetEveryLineOnceAllTheSame() throws IOException {
        ProcessOutput output = test.open("api", o -> o.to(file).to(TestHub.scripted("other")));
        LaunchOutput api = output.launch(1);
        feed(api, "a\nb");
        test.open("web", o -> o.to(file));
        feed(api, "b\nc\nd");
        feed(api, "d\ne");
        api.end(StreamKind.STDOUT);
        assertEquals(List.of("a", "bb", "c", "dd", "e"), test.sink("other").taken);
        assertEquals(List.of("a", "bb", "c", "dd", "e"), output.lastLines(10));
        assertEquals("a\nbb\nc\ndd\ne\n", Files.readString(path));
    }

    /** Whoever begins alone and is joined anywhere: the lines of both are whole, but for one that is being written then. */
    @RepeatedTest(50)
    void second_joinsAnywhere(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        int kept = random.nextBoolean() ? 0 : 10;
        List<LaunchOutput> writers = new ArrayList<>();
        writers.add(test.open("a", o -> o.keptLines(kept).to(file)).launch(1));
        List<StringBuilder> rests = List.of(new StringBuilder(), new StringBuilder());
        for (int line = 0; line < 200; line++) {
            rests.get(0)
                    .append("a")
                    .append(line)
                    .append("x".repeat(random.nextInt(30)))
                    .append('\n');
            rests.get(1)
                    .append("b")
                    .append(line)
                    .append("y".repeat(random.nextInt(30)))
                    .append('\n');
        }
        List<String> expected = new ArrayList<>();
        rests.forEach(text -> expected.addAll(text.toString().lines().toList()));
        for (int step = 0; rests.get(0).length() + rests.get(1).length() > 0; step++) {
            if (step == 10) {
                writers.add(test.open("b", o -> o.keptLines(kept).to(file)).launch(1));
                int lineEnd = rests.get(0).indexOf("\n") + 1; // before the other one writes
                feed(writers.get(0), rests.get(0).substring(0, lineEnd));
                rests.get(0).delete(0, lineEnd);
            }
            int who = random.nextInt(writers.size());
            String text = rests.get(who).toString();
            int end = Math.min(text.length(), random.nextInt(100));
            feed(writers.get(who), text.substring(0, end));
            rests.get(who).delete(0, end);
        }
        List<String> written = Files.readAllLines(path);
        assertEquals(
                expected.stream().sorted().toList(), written.stream().sorted().toList());
        for (String name : List.of("a", "b")) {
            assertEquals(
                    expected.stream().filter(line -> line.startsWith(name)).toList(),
                    written.stream().filter(line -> line.startsWith(name)).toList(),
                    "in order");
        }
    }
}
