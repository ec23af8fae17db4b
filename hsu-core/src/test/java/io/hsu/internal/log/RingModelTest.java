package io.hsu.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.LogLine;
import io.hsu.StreamKind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The ring against a simple queue, and what a follower gets from it. */
class RingModelTest {

    private static final int MAX_SIZE = 1024 * 1024;
    private static final Origin OUT = TestLines.origin("api", StreamKind.STDOUT);
    private static final Origin ERROR = TestLines.origin("api", StreamKind.STDERR);

    /** What the ring is to be, without a thought for speed. */
    private static final class Model {
        private final int maxLines;
        private final Deque<LogLine> lines = new ArrayDeque<>();
        private long latest;
        private int size;

        Model(int maxLines) {
            this.maxLines = maxLines;
        }

        void add(LineTable table, int index) {
            LogLine line = new LogLine(
                    ++latest,
                    table.launch(),
                    LineTable.at(table.epochNanos()),
                    table.origin().stream(),
                    table.text(index),
                    table.isSplit(index));
            lines.addLast(line);
            size += length(line);
            while (lines.size() > maxLines || (lines.size() > 1 && size > MAX_SIZE)) {
                size -= length(lines.removeFirst());
            }
        }

        List<LogLine> tail(int count) {
            List<LogLine> all = new ArrayList<>(lines);
            return all.subList(Math.max(0, all.size() - count), all.size());
        }

        Ring.Next after(long cursor, int max) {
            long oldest = latest - lines.size() + 1;
            List<LogLine> behind = lines.stream()
                    .filter(line -> line.sequence() > cursor)
                    .limit(max)
                    .toList();
            return new Ring.Next(behind, Math.max(0, oldest - 1 - cursor));
        }

        private static int length(LogLine line) {
            return line.text().getBytes(UTF_8).length;
        }
    }

    @RepeatedTest(30)
    void ring_isWhatTheModelIs(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int maxLines = random.nextInt(4) == 0 ? random.nextInt(4) : 1 + random.nextInt(300);
        Ring ring = new Ring(maxLines);
        Model model = new Model(maxLines);
        int longest = List.of(3, 100, 5_000, 400_000).get(random.nextInt(4));
        long cursor = 0;
        for (int step = 0; step < (longest > 10_000 ? 60 : 2_000); step++) {
            LineTable table = randomLines(random, longest);
            ring.addAll(table);
            for (int index = 0; index < table.count(); index++) {
                model.add(table, index);
                assertEquals(model.latest, table.sequence(index), "numbers");
            }
            assertEquals(model.latest, ring.latest());
            int count = random.nextInt(20);
            assertEquals(model.tail(count), ring.tail(count));
            Ring.Next next = ring.after(cursor, count);
            assertEquals(model.after(cursor, count), next);
            cursor = random.nextInt(3) == 0
                    ? model.latest
                    : cursor + next.missed() + next.lines().size();
        }
        assertEquals(model.tail(Integer.MAX_VALUE), ring.tail(Integer.MAX_VALUE));
    }

    private static LineTable randomLines(Random random, int longest) {
        LineTable table = new LineTable();
        table.begin(random.nextBoolean() ? OUT : ERROR, random.nextInt(3), Instant.ofEpochSecond(random.nextInt(9), 7));
        StringBuilder text = new StringBuilder();
        for (int count = random.nextInt(5); count > 0; count--) {
            text.append(random.nextInt(3) == 0 ? "ä" : "x").append("y".repeat(random.nextInt(longest)));
            text.append(random.nextInt(10) == 0 ? "\n\n" : "\n");
        }
        new LineCutter(Math.max(4, longest / 2))
                .cut(ByteBuffer.wrap(text.toString().getBytes(UTF_8)), table);
        return table;
    }

    // What a follower gets.

    @Test
    void after_nothingIsThere() {
        assertEquals(new Ring.Next(List.of(), 0), new Ring(10).after(0, 10));
    }

    @Test
    void after_noMoreThanIsWanted() {
        Ring ring = ring(10, "a", "b", "c");
        assertEquals(List.of("a", "b"), texts(ring.after(0, 2)));
        assertEquals(List.of("c"), texts(ring.after(2, 2)));
        assertEquals(List.of(), texts(ring.after(3, 2)));
        assertEquals(List.of(), texts(ring.after(0, 0)));
    }

    @Test
    void after_whatIsGoneIsCounted() {
        Ring ring = ring(2, "a", "b", "c", "d", "e");
        assertEquals(3, ring.after(0, 10).missed());
        assertEquals(List.of("d", "e"), texts(ring.after(0, 10)));
        assertEquals(1, ring.after(2, 10).missed());
        assertEquals(0, ring.after(3, 10).missed());
        assertEquals(List.of("e"), texts(ring.after(4, 10)));
    }

    @Test
    void after_cursorFromTheFutureGetsNothing() {
        Ring ring = ring(10, "a", "b");
        for (long cursor : new long[] {3, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
            assertEquals(new Ring.Next(List.of(), 0), ring.after(cursor, 10), "cursor " + cursor);
        }
    }

    @Test
    void noLinesKept_areNumberedAndMissed() {
        Ring ring = ring(0, "a", "b");
        assertEquals(2, ring.latest());
        assertEquals(List.of(), ring.tail(10));
        assertEquals(new Ring.Next(List.of(), 2), ring.after(0, 10));
        assertEquals(new Ring.Next(List.of(), 0), ring.after(2, 10));
    }

    @Test
    void oneChunkOfMoreThanIsKept_theLastAreKept() {
        Ring ring = ring(3, "before");
        ring.addAll(TestLines.of(OUT, "a", "b", "c", "d", "e"));
        assertEquals(
                List.of("c", "d", "e"),
                ring.tail(10).stream().map(LogLine::text).toList());
        assertEquals(6, ring.latest());
    }

    @Test
    void size_isBoundedWhateverTheLinesAreLike() {
        Ring ring = new Ring(1_000_000);
        Random random = new Random(7);
        for (int step = 0; step < 200; step++) {
            ring.addAll(TestLines.of(OUT, "x".repeat(random.nextInt(60_000))));
            int size = ring.tail(1_000_000).stream()
                    .mapToInt(line -> line.text().length())
                    .sum();
            assertTrue(size <= MAX_SIZE, "size " + size);
        }
    }

    private static Ring ring(int maxLines, String... texts) {
        Ring ring = new Ring(maxLines);
        for (String text : texts) {
            ring.addAll(TestLines.of(OUT, text));
        }
        return ring;
    }

    private static List<String> texts(Ring.Next next) {
        return next.lines().stream().map(LogLine::text).toList();
    }
}
