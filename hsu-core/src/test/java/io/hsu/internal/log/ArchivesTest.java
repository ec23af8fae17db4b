package io.hsu.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Rotation;
import io.hsu.testkit.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was set aside is compressed behind the writer's back. */
class ArchivesTest {

    private static final String LINE = "x".repeat(1024);
    private static final Rotation COMPRESSED = Rotation.ofSize(1024).compressed();

    @TempDir
    Path directory;

    @Test
    void compressed_contentIsTheSame() throws IOException {
        try (TestFile file = file(COMPRESSED)) {
            file.lines("1" + LINE, "2" + LINE, "3");
            assertEquals(
                    List.of("out.log.20260101T000000.000Z.gz", "out.log.20260101T000000.001Z.gz"), file.archiveNames());
            assertEquals(List.of("1" + LINE + "\n", "2" + LINE + "\n"), file.archived());
            assertTrue(Files.size(file.archives().get(0)) < 100, "it is smaller");
        }
    }

    @Test
    void compressed_isDoneInTheBackground() throws IOException {
        try (TestFile file = file(COMPRESSED)) {
            file.background.hold();
            file.lines("1" + LINE, "2" + LINE, "3");
            assertEquals(List.of("out.log.20260101T000000.000Z", "out.log.20260101T000000.001Z"), file.archiveNames());
            file.background.runAll();
            assertEquals(
                    List.of("out.log.20260101T000000.000Z.gz", "out.log.20260101T000000.001Z.gz"), file.archiveNames());
        }
    }

    @Test
    void compressed_closeFinishesWhatIsWaiting() throws IOException {
        TestFile file = file(COMPRESSED);
        file.background.hold();
        file.lines("1" + LINE, "2");
        file.close();
        assertEquals(List.of("out.log.20260101T000000.000Z.gz"), file.archiveNames());
        file.background.runAll();
        assertEquals(List.of("1" + LINE + "\n"), file.archived(), "nothing is left to be done");
    }

    @Test
    void compressed_backgroundThatHasEndedLeavesItToTheNextManager() throws IOException {
        try (TestFile file = file(COMPRESSED)) {
            file.background.hold();
            file.lines("1" + LINE, "2");
        } // the host's end
        Path plain = Files.writeString(directory.resolve("out.log.20250101T000000.000Z"), "left\n");
        try (TestFile next = file(COMPRESSED)) {
            next.lines("a");
            assertFalse(Files.exists(plain));
            assertEquals(List.of("left\n", "1" + LINE + "\n"), next.archived());
        }
    }

    @Test
    void maxFiles_deletesWhatWaitsToBeCompressed() throws IOException {
        try (TestFile file = file(COMPRESSED.maxFiles(1))) {
            file.background.hold();
            file.lines("1" + LINE, "2" + LINE, "3" + LINE, "4");
            assertEquals(List.of("3" + LINE + "\n"), file.archived());
            try (CapturedLog log = CapturedLog.of(Archives.class)) {
                file.background.runAll();
                assertEquals(0, log.count(Level.WARNING), log::toString);
            }
            assertEquals(List.of("3" + LINE + "\n"), file.archived());
        }
    }

    @Test
    void maxFiles_deletesCompressedOnes() throws IOException {
        try (TestFile file = file(COMPRESSED.maxFiles(2))) {
            file.lines("1" + LINE, "2" + LINE, "3" + LINE, "4");
            assertEquals(List.of("2" + LINE + "\n", "3" + LINE + "\n"), file.archived());
        }
    }

    // A host that was killed while it compressed.

    @Test
    void open_halfOfACompressedOneIsDeletedAndDoneAgain() throws IOException {
        Path plain = Files.writeString(directory.resolve("out.log.20250101T000000.000Z"), "left\n");
        Path half = Files.writeString(directory.resolve("out.log.20250101T000000.000Z.gz.tmp"), "half");
        try (TestFile file = file(COMPRESSED)) {
            file.lines("a");
            assertFalse(Files.exists(half));
            assertFalse(Files.exists(plain));
            assertEquals(List.of("left\n"), file.archived());
        }
    }

    @Test
    void open_oneThatIsThereTwiceIsKeptOnce() throws IOException {
        Files.writeString(directory.resolve("out.log.20250101T000000.000Z"), "left\n");
        Files.writeString(directory.resolve("out.log.20250101T000000.000Z.gz"), "no longer needed");
        try (TestFile file = file(COMPRESSED)) {
            file.lines("a");
            assertEquals(List.of("out.log.20250101T000000.000Z.gz"), file.archiveNames());
            assertEquals(List.of("left\n"), file.archived());
        }
    }

    @Test
    void open_whatIsSomebodyElsesStays() throws IOException {
        for (String name : List.of("out.log.1", "out.log.gz.tmp", "out.log.bak.gz.tmp", "out.log2", "other.log")) {
            Files.writeString(directory.resolve(name), "not ours");
        }
        try (TestFile file = file(COMPRESSED.maxFiles(0).maxAge(Duration.ofSeconds(1)))) {
            file.lines(LINE, LINE);
            file.advance(Duration.ofHours(1));
            file.lines("a");
        }
        try (var files = Files.list(directory)) {
            assertEquals(
                    List.of("other.log", "out.log", "out.log.1", "out.log.bak.gz.tmp", "out.log.gz.tmp", "out.log2"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void open_compressedOnesOfAnEarlierConfigurationCountAndStay() throws IOException {
        try (TestFile file = file(COMPRESSED)) {
            file.lines("1" + LINE, "2");
        }
        try (TestFile file = file(Rotation.ofSize(1024).maxFiles(2))) {
            file.lines("3" + LINE);
            assertEquals(List.of("1" + LINE + "\n", "2\n"), file.archived());
            file.lines("4");
            assertEquals(List.of("2\n", "3" + LINE + "\n"), file.archived());
        }
    }

    // What goes wrong.

    @Test
    void compress_failureIsToldAndTheFileStays() throws IOException {
        try (TestFile file = file(COMPRESSED);
                CapturedLog log = CapturedLog.of(Archives.class)) {
            file.lines("1" + LINE);
            Files.createDirectories(directory.resolve("out.log.20260101T000000.000Z.gz.tmp/full"));
            file.lines("2" + LINE, "3");
            assertEquals(
                    List.of("out.log.20260101T000000.000Z", "out.log.20260101T000000.001Z.gz"), file.archiveNames());
            assertEquals(1, log.count(Level.WARNING), log::toString);
            assertTrue(
                    log.toString()
                            .startsWith("log file %s could not be compressed and stays as it is: "
                                    .formatted(file.archives().get(0))),
                    log::toString);
        }
    }

    @Test
    void delete_failureIsToldAndTheLinesAreWritten() throws IOException {
        Files.createDirectories(directory.resolve("out.log.20250101T000000.000Z.gz.tmp/full"));
        Files.createDirectories(directory.resolve("out.log.20250101T000000.000Z/full"));
        Files.writeString(directory.resolve("out.log.20250101T000001.000Z"), "old\n");
        try (TestFile file = file(Rotation.none().maxFiles(0));
                CapturedLog log = CapturedLog.of(Archives.class)) {
            file.lines("a");
            assertEquals("a\n", file.current());
            assertFalse(Files.exists(directory.resolve("out.log.20250101T000001.000Z")), "the others are deleted");
            assertEquals(2, log.count(Level.WARNING), log::toString);
            assertTrue(log.toString().contains("is no longer needed and could not be deleted"), log::toString);
        }
    }

    private TestFile file(Rotation rotation) {
        return new TestFile(directory.resolve("out.log"), rotation);
    }
}
