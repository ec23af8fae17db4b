package io.hsu.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Rotation;
import io.hsu.testkit.FullDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What could not be written is brought again: no line is lost, and none comes twice. */
class FileFailureTest {

    private static final String[] LINES =
            IntStream.range(0, 2000).mapToObj(number -> "line " + number).toArray(String[]::new);
    private static final String TEXT = String.join("\n", LINES) + "\n";

    @TempDir
    Path directory;

    // A full disk: a write ends half-way.

    @Test
    @EnabledOnOs(OS.LINUX)
    void fullDisk_restOfABatchComesWhenThereIsRoom() throws IOException {
        try (FullDisk disk = FullDisk.mount(directory, 64);
                TestFile file = new TestFile(disk.root().resolve("out.log"), Rotation.none())) {
            disk.fill(8);
            assertThrows(IOException.class, () -> file.lines(LINES));
            assertTrue(TEXT.startsWith(file.current()) && Files.size(file.path) > 4096, "half of it is there");
            assertThrows(IOException.class, () -> file.lines(LINES));
            disk.free();
            file.lines(LINES);
            file.lines("more");
            assertEquals(TEXT + "more\n", file.current());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void fullDisk_restOfRawBytesComesWhenThereIsRoom() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(TestLines.bytes(LINES));
        try (FullDisk disk = FullDisk.mount(directory, 64);
                TestFile file = new TestFile(disk.root().resolve("out.log"), Rotation.none())) {
            file.raw("unfinished");
            disk.fill(8);
            assertThrows(IOException.class, () -> file.sink.writeRaw(bytes, true));
            assertTrue(bytes.position() > 0 && bytes.hasRemaining(), "the position tells how much was taken");
            disk.free();
            file.sink.writeRaw(bytes, false);
            assertEquals("unfinished\n" + TEXT, file.current());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void fullDisk_rotationGoesOnWhereItStopped() throws IOException {
        try (FullDisk disk = FullDisk.mount(directory, 64);
                TestFile file = new TestFile(disk.root().resolve("out.log"), Rotation.ofSize(5000))) {
            disk.fill(16);
            assertThrows(IOException.class, () -> file.lines(LINES));
            disk.free();
            file.lines(LINES);
            assertEquals(TEXT, file.all());
        }
    }

    // Something in the way.

    @Test
    void open_directoryInTheWay() throws IOException {
        Path path = directory.resolve("out.log");
        Files.createDirectory(path);
        try (TestFile file = new TestFile(path, Rotation.none())) {
            assertThrows(IOException.class, () -> file.lines("a", "b"));
            Files.delete(path);
            file.lines("a", "b");
            assertEquals("a\nb\n", file.current());
        }
    }

    /** A directory that has the file's next name, and something in it, cannot be replaced. */
    @Test
    void rotation_archiveInTheWay() throws IOException {
        String line = "x".repeat(1024);
        try (TestFile file = new TestFile(directory.resolve("out.log"), Rotation.ofSize(1024))) {
            file.lines("1" + line);
            Path blocking = Files.createDirectories(directory.resolve("out.log.20260101T000000.000Z/full"));
            assertThrows(IOException.class, () -> file.lines("2" + line, "3" + line));
            assertThrows(IOException.class, () -> file.lines("2" + line, "3" + line));
            Files.delete(blocking);
            Files.delete(blocking.getParent());
            file.lines("2" + line, "3" + line);
            assertEquals("1%s\n2%s\n3%s\n".formatted(line, line, line), file.all());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void rotation_fileIsGoneMeanwhile() throws IOException {
        try (TestFile file = new TestFile(directory.resolve("out.log"), Rotation.ofSize(1024))) {
            file.lines("x".repeat(1024));
            Files.delete(file.path);
            file.lines("a");
            assertEquals(List.of(), file.archives());
            assertEquals("a\n", file.current());
        }
    }

    // A thread that is interrupted closes the channel that it writes to.

    @Test
    void interrupt_fileIsOpenedAnewAndEveryLineIsThereOnce() throws IOException {
        try (TestFile file = new TestFile(directory.resolve("out.log"), Rotation.none())) {
            file.lines("a");
            Thread.currentThread().interrupt();
            assertThrows(IOException.class, () -> file.lines("b", "c"));
            assertTrue(Thread.interrupted(), "who interrupted is not kept from knowing");
            file.lines("b", "c");
            file.lines("d");
            assertEquals("a\nb\nc\nd\n", file.current());
        }
    }

    @Test
    void interrupt_lineThatHasBegunIsFinished() throws IOException {
        try (TestFile file = new TestFile(directory.resolve("out.log"), Rotation.none())) {
            file.raw("a\nb");
            ByteBuffer rest = ByteBuffer.wrap(TestLines.bytes("b", "c"));
            Thread.currentThread().interrupt();
            assertThrows(IOException.class, () -> file.sink.writeRaw(rest, false));
            assertTrue(Thread.interrupted());
            file.sink.writeRaw(rest, false);
            assertEquals("a\nbb\nc\n", file.current());
        }
    }

    // The end.

    @Test
    void close_withoutALineMakesNoFile() throws IOException {
        Path path = directory.resolve("deep/out.log");
        new TestFile(path, Rotation.none()).close();
        assertFalse(Files.exists(path.getParent()));
    }

    @Test
    void lastLines_areThoseOfTheFile() throws IOException {
        try (TestFile file = new TestFile(directory.resolve("out.log"), Rotation.none())) {
            assertEquals(List.of(), file.sink.lastLines(3, 100), "before there is a file");
            file.raw("one\ntwo\nthree\nfour");
            assertEquals(List.of("three", "four"), file.sink.lastLines(2, 100));
            assertEquals(List.of("hree", "four"), file.sink.lastLines(9, 9), "not more than so many bytes");
        }
    }
}
