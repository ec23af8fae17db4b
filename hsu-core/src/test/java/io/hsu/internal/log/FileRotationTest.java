package io.hsu.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Rotation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is set aside when it is full or old; no line is lost, doubled or split. */
class FileRotationTest {

    private static final int SIZE = 1024;
    private static final Rotation SMALL = Rotation.ofSize(SIZE).maxFiles(10_000);

    @TempDir
    Path directory;

    // By size.

    /** Numbered lines of all lengths, some longer than a file, brought in batches or as they come. */
    @RepeatedTest(60)
    void size_everyLineIsThereOnceAndInOrder(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        List<String> lines = numberedLines(random, 50 + random.nextInt(400));
        try (TestFile file = file(SMALL)) {
            if (random.nextBoolean()) {
                bringBatches(file, lines, random);
            } else {
                bringRaw(file, lines, random);
            }
            assertEquals(String.join("\n", lines) + "\n", file.all());
            assertFilesEndWithLines(file);
        }
    }

    @RepeatedTest(20)
    void size_batchesKeepTheLimitUnlessOneLineIsLonger(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        try (TestFile file = file(SMALL)) {
            bringBatches(file, numberedLines(random, 300), random);
            for (String archive : file.archived()) {
                assertTrue(archive.length() <= SIZE || count(archive) == 1, () -> "longer than it may: " + archive);
            }
        }
    }

    /** What has begun to be written stays where it is: the line that goes over the limit may end there. */
    @RepeatedTest(20)
    void size_rawBytesKeepTheLimitButForTheLastLine(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        try (TestFile file = file(SMALL)) {
            bringRaw(file, numberedLines(random, 300), random);
            for (String archive : file.archived()) {
                int lastLine = archive.lastIndexOf('\n', archive.length() - 2) + 1;
                assertTrue(lastLine <= SIZE, () -> "longer than it may: " + archive);
            }
        }
    }

    @Test
    void size_fileIsFilledToTheLastByte() throws IOException {
        String half = "x".repeat(SIZE / 2 - 1);
        try (TestFile file = file(SMALL)) {
            file.lines(half, half);
            assertEquals(List.of(), file.archives(), "full is not too much");
            file.lines("a");
            assertEquals(List.of(half + "\n" + half + "\n"), file.archived());
            assertEquals("a\n", file.current());
        }
    }

    @Test
    void size_lineLongerThanAFileHasOneOfItsOwn() throws IOException {
        String huge = "x".repeat(3 * SIZE);
        try (TestFile file = file(SMALL)) {
            file.lines("before", huge, "after");
            assertEquals(List.of("before\n", huge + "\n"), file.archived());
            assertEquals("after\n", file.current());
        }
    }

    @Test
    void size_existingFileCounts() throws IOException {
        Path path = Files.writeString(directory.resolve("out.log"), "x".repeat(SIZE - 2) + "\n");
        try (TestFile file = file(SMALL)) {
            file.lines("a");
            assertEquals(List.of("x".repeat(SIZE - 2) + "\n"), file.archived());
            assertEquals("a\n", Files.readString(path));
        }
    }

    // By age.

    @Test
    void age_countsFromTheFirstLine() throws IOException {
        try (TestFile file = file(Rotation.none().maxAge(Duration.ofHours(1)))) {
            file.advance(Duration.ofHours(5));
            file.lines("a");
            file.advance(Duration.ofMinutes(59));
            file.lines("b");
            assertEquals(List.of(), file.archives());
            file.advance(Duration.ofMinutes(1));
            file.lines("c");
            assertEquals(List.of("a\nb\n"), file.archived());

            file.advance(Duration.ofMinutes(59));
            file.lines("d");
            file.advance(Duration.ofMinutes(1));
            file.lines("e");
            assertEquals(List.of("a\nb\n", "c\nd\n"), file.archived());
            assertEquals("e\n", file.current());
        }
    }

    @Test
    void age_emptyFileIsNotSetAside() throws IOException {
        Files.createFile(directory.resolve("out.log"));
        try (TestFile file = file(Rotation.none().maxAge(Duration.ofHours(1)))) {
            file.advance(Duration.ofHours(2));
            file.lines("a");
            assertEquals(List.of(), file.archives());
        }
    }

    @Test
    void age_lineThatHasBegunIsFinishedFirst() throws IOException {
        try (TestFile file = file(Rotation.none().maxAge(Duration.ofHours(1)))) {
            file.raw("a\nb");
            file.advance(Duration.ofHours(1));
            file.raw("b");
            assertEquals(List.of(), file.archives());
            file.raw("b\nc");
            assertEquals(List.of("a\nbbb\n"), file.archived());
            assertEquals("c", file.current());
        }
    }

    @Test
    void age_outputThatNeverStopsAtALineEndIsSetAsideToo() throws IOException {
        try (TestFile file = file(Rotation.none().maxAge(Duration.ofHours(1)))) {
            file.raw("a\nb");
            for (int hour = 1; hour <= 2; hour++) {
                file.advance(Duration.ofHours(1));
                file.raw(hour + "\nc\nd");
            }
            assertEquals(List.of("a\nb1\n", "c\nd2\n"), file.archived());
        }
    }

    // How many, and how long.

    @Test
    void maxFiles_theOldestAreDeleted() throws IOException {
        try (TestFile file = file(SMALL.maxFiles(2))) {
            for (int number = 1; number <= 5; number++) {
                file.lines(number + "x".repeat(SIZE));
                file.advance(Duration.ofSeconds(1));
            }
            assertEquals(List.of("3", "4"), firstLetters(file.archived()));
            assertEquals('5', file.current().charAt(0));
        }
    }

    @Test
    void maxFiles_noneKeepsTheCurrentOneOnly() throws IOException {
        try (TestFile file = file(SMALL.maxFiles(0))) {
            file.lines("x".repeat(SIZE), "x".repeat(SIZE), "a");
            assertEquals(List.of(), file.archives());
            assertEquals("a\n", file.current());
        }
    }

    @Test
    void maxFiles_thoseOfEarlierManagersCount() throws IOException {
        for (int day = 1; day <= 5; day++) {
            Files.writeString(directory.resolve("out.log.2025010%dT000000.000Z".formatted(day)), day + "\n");
        }
        Path other = Files.writeString(directory.resolve("out.log.old"), "somebody else's");
        try (TestFile file = file(SMALL.maxFiles(3))) {
            file.lines("6");
            assertEquals(List.of("3", "4", "5", "s"), firstLetters(file.archived()));
            assertTrue(Files.exists(other));
        }
    }

    @Test
    void maxAge_countsFromTheLastLineOfWhatWasSetAside() throws IOException {
        try (TestFile file = file(Rotation.none().maxAge(Duration.ofHours(1)))) {
            file.lines("a");
            file.advance(Duration.ofHours(1));
            file.lines("b"); // a is set aside now
            file.advance(Duration.ofHours(1));
            file.lines("c");
            assertEquals(List.of("a\n", "b\n"), file.archived(), "an hour is not more than an hour");
            file.advance(Duration.ofHours(1));
            file.lines("d");
            assertEquals(List.of("b\n", "c\n"), file.archived());
        }
    }

    @Test
    void maxAge_whatIsTooOldWhenTheManagerBeginsIsDeleted() throws IOException {
        Files.writeString(directory.resolve("out.log.20240101T000000.000Z"), "old\n");
        Files.writeString(directory.resolve("out.log.20251231T235900.000Z"), "young\n");
        try (TestFile file = file(Rotation.none().maxAge(Duration.ofHours(1)))) {
            file.lines("a");
            assertEquals(List.of("young\n"), file.archived());
        }
    }

    // Names.

    @Test
    void names_tellTheTimeAndSortByAge() throws IOException {
        try (TestFile file = file(SMALL)) {
            file.lines("a".repeat(SIZE));
            file.advance(Duration.ofMillis(1_234));
            file.lines("b");
            assertEquals(List.of("out.log.20260101T000001.234Z"), file.archiveNames());
        }
    }

    @Test
    void names_differWithinOneMillisecond() throws IOException {
        List<String> lines = IntStream.range(0, 20)
                .mapToObj(number -> number + "x".repeat(SIZE))
                .toList();
        try (TestFile file = file(SMALL)) {
            file.lines(lines.toArray(String[]::new));
            assertEquals(19, file.archives().size());
            assertEquals(lines.stream().map(line -> line + "\n").collect(Collectors.joining()), file.all());
        }
    }

    @Test
    void names_goOnlyForwardWhenTheClockIsSetBack() throws IOException {
        try (TestFile file = file(SMALL)) {
            for (int number = 1; number <= 4; number++) {
                file.lines(number + "x".repeat(SIZE));
                file.setClock(Duration.ofHours(-1));
            }
            assertEquals(List.of("1", "2", "3"), firstLetters(file.archived()));
        }
    }

    @Test
    void names_goOnBehindThoseOfAnEarlierManagerWhoseClockWasAhead() throws IOException {
        Files.writeString(directory.resolve("out.log.20300101T000000.000Z"), "a\n");
        try (TestFile file = file(SMALL)) {
            file.lines("b".repeat(SIZE), "c");
            assertEquals(List.of("out.log.20300101T000000.000Z", "out.log.20300101T000000.001Z"), file.archiveNames());
            assertEquals("a\n" + "b".repeat(SIZE) + "\nc\n", file.all());
        }
    }

    private TestFile file(Rotation rotation) {
        return new TestFile(directory.resolve("out.log"), rotation);
    }

    private static List<String> numberedLines(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> number + " " + "x".repeat(length(random)))
                .toList();
    }

    private static int length(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> SIZE - 10 + random.nextInt(20);
            case 1 -> random.nextInt(3 * SIZE);
            default -> random.nextInt(120);
        };
    }

    private static void bringBatches(TestFile file, List<String> lines, Random random) throws IOException {
        for (int at = 0; at < lines.size(); ) {
            int count = Math.min(lines.size() - at, 1 + random.nextInt(40));
            file.lines(lines.subList(at, at + count).toArray(String[]::new));
            file.advance(Duration.ofMillis(random.nextInt(3)));
            at += count;
        }
    }

    private static void bringRaw(TestFile file, List<String> lines, Random random) throws IOException {
        byte[] bytes = TestLines.bytes(lines.toArray(String[]::new));
        int longest = random.nextBoolean() ? 100 : 5 * SIZE;
        for (int at = 0; at < bytes.length; ) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(longest));
            file.raw(Arrays.copyOfRange(bytes, at, end), at == 0);
            file.advance(Duration.ofMillis(random.nextInt(3)));
            at = end;
        }
    }

    private static void assertFilesEndWithLines(TestFile file) throws IOException {
        for (Path archive : file.archives()) {
            byte[] bytes = Files.readAllBytes(archive);
            assertEquals('\n', bytes[bytes.length - 1], () -> "the end of " + archive);
        }
    }

    private static long count(String text) {
        return text.chars().filter(letter -> letter == '\n').count();
    }

    private static List<String> firstLetters(List<String> texts) {
        return texts.stream().map(text -> text.substring(0, 1)).toList();
    }
}
