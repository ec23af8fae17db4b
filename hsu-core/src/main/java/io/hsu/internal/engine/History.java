package io.hsu.internal.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest of what happened to a process. Safe for use by many threads. */
final class History<E> {

    private static final int MAX = 100;

    private final Deque<E> entries = new ArrayDeque<>(1);

    synchronized void add(E entry) {
        entries.addLast(entry);
        if (entries.size() > MAX) {
            entries.removeFirst();
        }
    }

    synchronized List<E> all() {
        return List.copyOf(entries);
    }
}
