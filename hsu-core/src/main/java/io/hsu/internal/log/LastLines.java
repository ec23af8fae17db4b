package io.hsu.internal.log;

import io.hsu.OutputSpec;
import io.hsu.StreamKind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The last lines of a short command, both streams together. Safe for use by many threads. */
public final class LastLines {

    private static final int LINE_LIMIT = OutputSpec.builder().build().lineLimit();

    private final int max;
    private final Deque<String> kept = new ArrayDeque<>();
    private final Map<StreamKind, LineCutter> cutters = new EnumMap<>(StreamKind.class);
    private final LineTable lines = new LineTable();

    public LastLines(int max) {
        this.max = max;
        for (StreamKind stream : StreamKind.values()) {
            cutters.put(stream, new LineCutter(LINE_LIMIT));
        }
    }

    /** Takes bytes of a stream. */
    public synchronized void bytes(StreamKind stream, ByteBuffer bytes) {
        lines.begin(null, 0, Instant.EPOCH);
        cutters.get(stream).cut(bytes, lines);
        keep();
    }

    /** {@return the lines, with last ones that have no end} */
    public synchronized List<String> finish() {
        for (LineCutter cutter : cutters.values()) {
            lines.begin(null, 0, Instant.EPOCH);
            cutter.finish(lines);
            keep();
        }
        return List.copyOf(kept);
    }

    private void keep() {
        for (int index = 0; index < lines.count(); index++) {
            kept.addLast(lines.text(index));
            if (kept.size() > max) {
                kept.removeFirst();
            }
        }
    }
}
