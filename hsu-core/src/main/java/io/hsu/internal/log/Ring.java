package io.hsu.internal.log;

import io.hsu.LogLine;
import io.hsu.ProcessLogs;
import io.hsu.internal.Require;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The last lines of a process, bounded in number and in size. Safe for use by many threads. */
final class Ring implements ProcessLogs {

    /** In characters: one process's memory is bounded whatever its lines look like. */
    private static final int MAX_SIZE = 1024 * 1024;

    private final Deque<LogLine> lines = new ArrayDeque<>(1);
    private final int maxLines;
    private int size;

    Ring(int maxLines) {
        this.maxLines = maxLines;
    }

    synchronized void add(LogLine line) {
        lines.addLast(line);
        size += line.text().length();
        while (lines.size() > maxLines || (size > MAX_SIZE && lines.size() > 1)) {
            size -= lines.removeFirst().text().length();
        }
    }

    @Override
    public synchronized List<LogLine> tail(int count) {
        Require.atLeast(count, 0, "count");
        List<LogLine> tail = new ArrayList<>();
        Iterator<LogLine> newestFirst = lines.descendingIterator();
        while (tail.size() < count && newestFirst.hasNext()) {
            tail.add(newestFirst.next());
        }
        java.util.Collections.reverse(tail);
        return tail;
    }
}
