package io.hsu.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Rotation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What others do to a file that is written, and what it was before. */
@DisabledOnOs(OS.WINDOWS)
class FileOutsideTest {

    private static final Duration LOOK = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    private TestFile file;
    private Path moved;

    @BeforeEach
    void open() {
        file = new TestFile(directory.resolve("out.log"), Rotation.none());
        moved = directory.resolve("moved.log");
    }

    // Moved away.

    @Test
    void movedAway_isNoticedAfterASecondAndNothingIsLost() throws IOException {
        file.lines("a");
        Files.move(file.path, moved);
        file.lines("b");
        assertEquals("a\nb\n", Files.readString(moved));
        file.advance(LOOK);
        file.lines("c");
        assertEquals("a\nb\n", Files.readString(moved));
        assertEquals("c\n", file.current());
    }

    @Test
    void movedAway_lineThatHasBegunIsFinishedThere() throws IOException {
        file.raw("a\nb");
        Files.move(file.path, moved);
        file.advance(LOOK);
        file.raw("b");
        file.raw("b\nc\n");
        assertEquals("a\nbbb\n", Files.readString(moved));
        assertEquals("c\n", file.current());
    }

    @Test
    void movedAway_newFileOfTheSameNameIsAppendedTo() throws IOException {
        file.lines("a");
        Files.move(file.path, moved);
        Files.writeString(file.path, "header\n");
        file.advance(LOOK);
        file.lines("b");
        assertEquals("a\n", Files.readString(moved));
        assertEquals("header\nb\n", file.current());
    }

    @Test
    void deleted_isMadeAnew() throws IOException {
        file.lines("a");
        Files.delete(file.path);
        file.advance(LOOK);
        file.lines("b");
        assertEquals("b\n", file.current());
    }

    @Test
    void movedAway_isNoticedThoughTheClockWasSetBack() throws IOException {
        file.lines("a");
        file.setClock(Duration.ofHours(-1));
        Files.move(file.path, moved);
        file.advance(LOOK);
        file.lines("b");
        assertEquals("b\n", file.current());
    }

    /** Numbered lines while somebody moves the file away, or shortens it after having copied it, again and again. */
    @RepeatedTest(20)
    void othersRotate_noLineIsLostOrSplit(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        String text = IntStream.range(0, 2000)
                .mapToObj(number -> number + "x".repeat(random.nextInt(50)) + "\n")
                .collect(Collectors.joining());
        List<Path> parts = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(500));
            file.raw(text.substring(at, end));
            at = end;
            file.advance(Duration.ofMillis(random.nextInt(1500)));
            Path part = directory.resolve("part" + parts.size());
            if (Files.exists(file.path) && random.nextInt(5) == 0) {
                Files.move(file.path, part);
                parts.add(part);
            } else if (Files.exists(file.path) && text.charAt(at - 1) == '\n') {
                Files.copy(file.path, part);
                truncate(file.path);
                parts.add(part);
            }
        }
        parts.add(file.path);
        StringBuilder all = new StringBuilder();
        for (Path part : parts) {
            String lines = Files.exists(part) ? Files.readString(part) : "";
            assertTrue(lines.isEmpty() || lines.endsWith("\n"), "whole lines only");
            all.append(lines);
        }
        assertEquals(text, all.toString());
    }

    // Made shorter.

    @Test
    void truncated_isAppendedToFromTheNewEnd() throws IOException {
        file.lines("a".repeat(100));
        truncate(file.path);
        file.lines("b");
        file.advance(LOOK);
        file.lines("c");
        assertEquals("b\nc\n", file.current());
    }

    @Test
    void truncated_sizeCountsAnew() throws IOException {
        try (TestFile small = new TestFile(directory.resolve("small.log"), Rotation.ofSize(1024))) {
            small.lines("a".repeat(1000));
            truncate(small.path);
            small.advance(LOOK);
            small.lines("b".repeat(1000));
            assertEquals(List.of(), small.archives());
        }
    }

    @Test
    void truncated_ageCountsAnew() throws IOException {
        try (TestFile old =
                new TestFile(directory.resolve("old.log"), Rotation.none().maxAge(Duration.ofHours(1)))) {
            old.lines("a");
            old.advance(Duration.ofMinutes(59));
            truncate(old.path);
            old.lines("b");
            old.advance(Duration.ofMinutes(59));
            old.lines("c");
            assertEquals(List.of(), old.archives());
        }
    }

    // What is there before.

    @Test
    void existing_lastLineWithoutEndIsEnded() throws IOException {
        Files.writeString(file.path, "before");
        file.lines("a");
        assertEquals("before\na\n", file.current());
    }

    @Test
    void existing_lastLineWithoutEndIsEndedBeforeRawBytes() throws IOException {
        Files.writeString(file.path, "before");
        file.rawFirst("a");
        file.raw("b");
        assertEquals("before\nab", file.current());
    }

    @Test
    void launch_lastLineWithoutEndStaysAndTheNextLaunchBeginsALine() throws IOException {
        file.rawFirst("a\nlast words");
        assertEquals("a\nlast words", file.current());
        file.rawFirst("b\n");
        file.rawFirst("c\n");
        assertEquals("a\nlast words\nb\nc\n", file.current());
    }

    @Test
    void directory_mayBeALink() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        try (TestFile linked = new TestFile(link.resolve("out.log"), Rotation.none())) {
            linked.lines("a");
        }
        assertEquals("a\n", Files.readString(real.resolve("out.log")));
    }

    /** Whoever names {@code /dev/null} or a named pipe does not want it renamed. */
    @Test
    @Timeout(10)
    void device_isNeverSetAside() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Process reader = new ProcessBuilder("cat", pipe.toString())
                .redirectOutput(moved.toFile())
                .start();
        String line = "x".repeat(1000);
        try (TestFile device = new TestFile(pipe, Rotation.ofSize(1024))) {
            device.lines(line, line);
            device.lines(line);
            assertEquals(List.of(), device.archives());
        } finally {
            reader.waitFor(5, TimeUnit.SECONDS);
            reader.destroyForcibly();
        }
        assertEquals((line + "\n").repeat(3), Files.readString(moved));
    }

    private static void truncate(Path path) throws IOException {
        Files.newByteChannel(path, StandardOpenOption.WRITE).truncate(0).close();
    }
}
