package io.hsu.internal.log;

import static io.hsu.testkit.Refusals.refusesArgument;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hsu.LogLine;
import io.hsu.StreamKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RingTest {

    private long sequence;

    @Test
    void tail_isTheNewestOldestFirst() {
        Ring ring = ring(10, "a", "b", "c");
        assertEquals(List.of("b", "c"), texts(ring, 2));
        assertEquals(List.of("a", "b", "c"), texts(ring, 100));
        assertEquals(List.of(), texts(ring, 0));
        assertEquals(List.of(), texts(ring(10), 5));
    }

    @Test
    void tail_negative() {
        refusesArgument("count must be 0 or more, but is -1", () -> ring(1).tail(-1));
    }

    @Test
    void lines_areBoundedInNumber() {
        assertEquals(List.of("c", "d"), texts(ring(2, "a", "b", "c", "d"), 10));
        assertEquals(List.of("b"), texts(ring(1, "a", "b"), 10));
    }

    @Test
    void lines_areBoundedInSize() {
        String half = "x".repeat(512 * 1024);
        Ring ring = ring(1000, "a", half, half, "b");
        assertEquals(List.of(half.length(), 1), lengths(ring));
        ring.add(line("c"));
        assertEquals(List.of(half.length(), 1, 1), lengths(ring), "what was dropped is no longer counted");
    }

    @Test
    void lines_oneLargerThanTheBoundIsKept() {
        String huge = "x".repeat(2 * 1024 * 1024);
        assertEquals(List.of(huge.length()), lengths(ring(10, "a", huge)));
        assertEquals(List.of(1), lengths(ring(10, huge, "a")));
    }

    private Ring ring(int maxLines, String... texts) {
        Ring ring = new Ring(maxLines);
        for (String text : texts) {
            ring.add(line(text));
        }
        return ring;
    }

    private LogLine line(String text) {
        return new LogLine(++sequence, 1, Instant.EPOCH, StreamKind.STDOUT, text, false);
    }

    private static List<String> texts(Ring ring, int count) {
        return ring.tail(count).stream().map(LogLine::text).toList();
    }

    private static List<Integer> lengths(Ring ring) {
        return texts(ring, 1000).stream().map(String::length).toList();
    }
}
