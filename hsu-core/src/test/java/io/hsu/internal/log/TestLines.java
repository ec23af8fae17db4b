package io.hsu.internal.log;

import io.hsu.OutputSpec;
import io.hsu.StreamKind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Lines for tests, cut as those of a launch are. */
final class TestLines {

    static final Instant TIME = Instant.parse("2026-11-25T09:21:50.123Z");

    private static final int LIMIT = 64 * 1024;

    static Origin origin(String processId, StreamKind stream) {
        return new Origin(processId, stream, OutputSpec.builder().build());
    }

    /** {@return whole lines of the first launch, numbered from 1} */
    static LineTable of(Origin origin, String... texts) {
        return of(origin, 1L, texts);
    }

    /** {@return whole lines of the first launch, numbered from some number on} */
    static LineTable of(Origin origin, long first, String... texts) {
        LineTable lines = cut(origin, LIMIT, bytes(texts));
        lines.number(first);
        return lines;
    }

    /** {@return what a launch writes before it ends, cut into lines} */
    static LineTable cut(Origin origin, int limit, byte[] output) {
        LineTable lines = new LineTable();
        lines.begin(origin, 1, TIME);
        LineCutter cutter = new LineCutter(limit);
        cutter.cut(ByteBuffer.wrap(output), lines);
        cutter.finish(lines);
        lines.number(1L);
        return lines;
    }

    /** {@return lines as a process writes them} */
    static byte[] bytes(String... texts) {
        return (String.join("\n", texts) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** {@return lines in one format, as a sink gets them} */
    static byte[] formatted(LineTable lines, LineFormat format) {
        ByteBuffer bytes = new Batch(lines, format).formatted();
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        while (bytes.hasRemaining()) {
            copy.write(bytes.get());
        }
        return copy.toByteArray();
    }

    static List<String> texts(LineTable lines) {
        List<String> texts = new ArrayList<>();
        for (int index = 0; index < lines.count(); index++) {
            texts.add(lines.text(index));
        }
        return texts;
    }

    private TestLines() {}
}
