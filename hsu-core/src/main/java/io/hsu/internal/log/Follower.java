package io.hsu.internal.log;

import io.hsu.LogFollower;
import io.hsu.LogLine;
import io.hsu.Subscription;
import io.hsu.internal.time.Timer.Cancellable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings lines to someone who follows them, in a thread of the pool: those that were kept when he came, and then each that comes.
 * What he has not taken is held, as for a target; but the process waits for him for a moment only, since he may never come back.
 * Safe for use by many threads.
 */
final class Follower implements Subscription {

    private static final Logger log = LoggerFactory.getLogger(Follower.class);

    private static final long CAPACITY = 1 << 20;
    /** How long a process waits for a follower who takes nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Lines, and how many are missing before them. */
    private record Piece(long missed, List<LogLine> kept, LineTable lines) {
        long size() {
            return lines == null ? 0 : lines.size();
        }
    }

    private final String processId;
    /** He knows the lines up to this one; it may be another manager's, and far ahead. */
    private final long cursor;

    private final LogFollower consumer;
    private final OutputHub.Means means;
    private final Runnable onEnd;
    private volatile boolean ended;

    // Under this object's lock.
    private final Deque<Piece> held = new ArrayDeque<>();
    private long heldSize;
    private long missed;
    private boolean busy;
    /** He has taken nothing for as long as the process waits. */
    private boolean isAway;

    private CompletableFuture<Void> room = SinkPort.GO_ON;
    private Cancellable patience = Cancellable.NONE;

    /**
     * @param cursor the last line that he knows
     * @param kept what he gets first
     * @param missedBefore how many lines behind his cursor were not kept
     */
    Follower(
            String processId,
            long cursor,
            List<LogLine> kept,
            long missedBefore,
            LogFollower consumer,
            OutputHub.Means means,
            Runnable onEnd) {
        this.processId = processId;
        this.cursor = cursor;
        this.consumer = consumer;
        this.means = means;
        this.onEnd = onEnd;
        held.add(new Piece(missedBefore, kept, null));
    }

    /**
     * Takes lines that have come.
     *
     * @param mayWait whether the process may be made to wait
     * @return completed when more may be brought
     */
    CompletableFuture<Void> offer(LineTable lines, boolean mayWait) {
        CompletableFuture<Void> goOn = SinkPort.GO_ON;
        boolean waits = false;
        synchronized (this) {
            if (ended) {
                return goOn;
            }
            missed += lines.skipped();
            if (heldSize >= CAPACITY) {
                missed += lines.count();
                return goOn;
            }
            held.addLast(new Piece(missed, List.of(), lines.copy()));
            missed = 0;
            heldSize += lines.size();
            if (heldSize >= CAPACITY && mayWait && !isAway) {
                waits = room.isDone();
                room = waits ? new CompletableFuture<>() : room;
                goOn = room;
            }
        }
        if (waits) {
            Cancellable limit = means.timer().schedule(PATIENCE, this::goOnWithoutHim);
            synchronized (this) {
                patience = limit;
            }
        }
        bringSoon();
        return goOn;
    }

    private void goOnWithoutHim() {
        CompletableFuture<Void> waiting;
        synchronized (this) {
            isAway = true;
            waiting = room;
            room = SinkPort.GO_ON;
        }
        waiting.complete(null);
    }

    /** Begins to bring what is held, if nobody does. */
    void bringSoon() {
        synchronized (this) {
            if (busy || ended) {
                return;
            }
            busy = true;
        }
        means.onPool(this::bring);
    }

    private void bring() {
        for (Piece next = next(); next != null; next = next()) {
            try {
                bring(next);
            } catch (RuntimeException | Error e) {
                log.warn("process '{}': a follower of its output failed and gets no more of it", processId, e);
                close();
            }
        }
    }

    private Piece next() {
        CompletableFuture<Void> waiting = SinkPort.GO_ON;
        Cancellable limit = Cancellable.NONE;
        Piece next;
        synchronized (this) {
            next = ended ? null : held.pollFirst();
            if (next == null && missed > 0 && !ended) {
                next = new Piece(missed, List.of(), null);
                missed = 0;
            }
            busy = next != null;
            heldSize -= next == null ? 0 : next.size();
            if (next != null && heldSize <= CAPACITY / 2) {
                isAway = false;
                waiting = room;
                room = SinkPort.GO_ON;
                limit = patience;
                patience = Cancellable.NONE;
            }
        }
        limit.cancel();
        waiting.complete(null);
        return next;
    }

    private void bring(Piece piece) {
        if (piece.missed() > 0) {
            consumer.missed(piece.missed());
        }
        for (LogLine line : piece.kept()) {
            if (ended) {
                return;
            }
            consumer.line(line);
        }
        for (int index = 0; piece.lines() != null && index < piece.lines().count() && !ended; index++) {
            if (piece.lines().sequence(index) > cursor) {
                consumer.line(piece.lines().line(index));
            }
        }
    }

    @Override
    public void close() {
        CompletableFuture<Void> waiting;
        synchronized (this) {
            ended = true;
            held.clear();
            heldSize = 0;
            waiting = room;
            room = SinkPort.GO_ON;
        }
        waiting.complete(null);
        onEnd.run();
    }
}
