package io.hsu.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hsu.LogLine;
import io.hsu.OutputSpec;
import io.hsu.StreamKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RingTest {

    private static final Origin ORIGIN =
            new Origin("api", StreamKind.STDOUT, OutputSpec.builder().build());

    @Test
    void tail_isTheNewestOldestFirst() {
        Ring ring = ring(10, "a", "b", "c");
        assertEquals(List.of("b", "c"), texts(ring, 2));
        assertEquals(List.of("a", "b", "c"), texts(ring, 100));
        assertEquals(List.of(), texts(ring, 0));
        assertEquals(List.of(), texts(ring(10), 5));
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
        add(ring, "c");
        assertEquals(List.of(half.length(), 1, 1), lengths(ring), "what was dropped is no longer counted");
    }

    @Test
    void lines_oneLargerThanTheBoundIsKept() {
        String huge = "x".repeat(2 * 1024 * 1024);
        assertEquals(List.of(huge.length()), lengths(ring(10, "a", huge)));
        assertEquals(List.of(1), lengths(ring(10, huge, "a")));
    }

    private static Ring ring(int maxLines, String... texts) {
        Ring ring = new Ring(maxLines);
        for (String text : texts) {
            add(ring, text);
        }
        return ring;
    }

    private static void add(Ring ring, String... texts) {
        ring.addAll(lines(texts));
    }

    private static LineTable lines(String... texts) {
        LineTable table = new LineTable();
        table.begin(ORIGIN, 1, Instant.EPOCH);
        new LineCutter(4 * 1024 * 1024)
                .cut(ByteBuffer.wrap((String.join("\n", texts) + "\n").getBytes(StandardCharsets.UTF_8)), table);
        return table;
    }

    private static List<String> texts(Ring ring, int count) {
        return ring.tail(count).stream().map(LogLine::text).toList();
    }

    private static List<Integer> lengths(Ring ring) {
        return texts(ring, 1000).stream().map(String::length).toList();
    }
}
