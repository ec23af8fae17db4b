package io.hsu.internal.log;

import io.hsu.StreamKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The last lines of a short command, both streams together. Safe for use by many threads. */
public final class LastLines {

    private final int max;
    private final Deque<String> kept = new ArrayDeque<>();
    private final Map<StreamKind, Lines> lines = new EnumMap<>(StreamKind.class);

    public LastLines(int max) {
        this.max = max;
        for (StreamKind stream : StreamKind.values()) {
            lines.put(stream, new Lines((text, split) -> keep(text)));
        }
    }

    /** Takes bytes of a stream. */
    public synchronized void bytes(StreamKind stream, byte[] bytes, int offset, int count) {
        lines.get(stream).feed(bytes, offset, count);
    }

    /** {@return the lines, with last ones that have no end} */
    public synchronized List<String> finish() {
        lines.values().forEach(Lines::finish);
        return List.copyOf(kept);
    }

    private void keep(String text) {
        kept.addLast(text);
        if (kept.size() > max) {
            kept.removeFirst();
        }
    }
}
