package io.hsu.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hsu.StreamKind;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastLinesTest {

    private final LastLines lines = new LastLines(3);

    @Test
    void finish_nothing() {
        assertEquals(List.of(), lines.finish());
    }

    @Test
    void finish_theLastOfBothStreams() {
        bytes(StreamKind.STDOUT, "a\nb\n");
        bytes(StreamKind.STDERR, "c\nd");
        bytes(StreamKind.STDOUT, "e\n");
        assertEquals(List.of("c", "e", "d"), lines.finish(), "a line is there when it has ended");
    }

    @Test
    void finish_halvesOfTheStreamsDoNotMix() {
        bytes(StreamKind.STDOUT, "out ");
        bytes(StreamKind.STDERR, "error ");
        bytes(StreamKind.STDOUT, "1\n");
        bytes(StreamKind.STDERR, "2\n");
        assertEquals(List.of("out 1", "error 2"), lines.finish());
    }

    @Test
    void finish_manyLinesAtOnce() {
        bytes(StreamKind.STDOUT, "x\n".repeat(1000) + "a\nb\nc\n");
        assertEquals(List.of("a", "b", "c"), lines.finish());
    }

    private void bytes(StreamKind stream, String text) {
        lines.bytes(stream, ByteBuffer.wrap(text.getBytes(UTF_8)));
    }
}
