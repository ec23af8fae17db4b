package io.hsu.internal.log;

import io.hsu.LogFollower;
import io.hsu.LogLine;
import io.hsu.Subscription;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the lines of a ring to someone who follows them, from where he is, in a thread of the pool. */
final class Follower implements Subscription {

    private static final Logger log = LoggerFactory.getLogger(Follower.class);

    private static final int LINES_PER_LOOK = 256;

    private final String processId;
    private final Ring ring;
    private final LogFollower consumer;
    private final OutputHub.Means means;
    private final Runnable onEnd;
    /** How often it was told that there is more; who makes it one begins to bring. */
    private final AtomicInteger signals = new AtomicInteger();

    private long cursor;
    private volatile boolean ended;

    Follower(String processId, Ring ring, long cursor, LogFollower consumer, OutputHub.Means means, Runnable onEnd) {
        this.processId = processId;
        this.ring = ring;
        this.cursor = cursor;
        this.consumer = consumer;
        this.means = means;
        this.onEnd = onEnd;
    }

    /** There may be more. */
    void signal() {
        if (!ended && signals.getAndIncrement() == 0) {
            means.onPool(this::bring);
        }
    }

    private void bring() {
        int seen;
        do {
            seen = signals.get();
            for (Ring.Next next = ring.after(cursor, LINES_PER_LOOK);
                    !ended && (next.missed() > 0 || !next.lines().isEmpty());
                    next = ring.after(cursor, LINES_PER_LOOK)) {
                bring(next);
            }
        } while (!signals.compareAndSet(seen, 0));
    }

    private void bring(Ring.Next next) {
        try {
            if (next.missed() > 0) {
                cursor += next.missed();
                consumer.missed(next.missed());
            }
            for (LogLine line : next.lines()) {
                if (ended) {
                    return;
                }
                cursor = line.sequence();
                consumer.line(line);
            }
        } catch (RuntimeException | Error e) {
            log.warn("process '{}': a follower of its output failed and gets no more of it", processId, e);
            close();
        }
    }

    @Override
    public void close() {
        ended = true;
        onEnd.run();
    }
}
