package io.hsu.internal.engine;

import io.hsu.Transition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest moves of a process. Safe for use by many threads. */
final class TransitionHistory {

    private static final int MAX = 100;

    private final Deque<Transition> moves = new ArrayDeque<>(1);

    synchronized void add(Transition move) {
        moves.addLast(move);
        if (moves.size() > MAX) {
            moves.removeFirst();
        }
    }

    synchronized List<Transition> all() {
        return List.copyOf(moves);
    }
}
