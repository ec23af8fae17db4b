package io.hsu.internal.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs messages one after the other, in the order they came, on a pool shared with other mailboxes. */
final class Mailbox implements Executor {

    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    /** After so many messages the others get their turn. */
    private static final int BATCH = 64;

    private final Executor pool;
    private final String owner;
    private final Queue<Runnable> messages = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    Mailbox(Executor pool, String owner) {
        this.pool = pool;
        this.owner = owner;
    }

    @Override
    public void execute(Runnable message) {
        messages.add(message);
        schedule();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            try {
                pool.execute(this::work);
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                // Closed, or no thread is to be had: what has come must be worked off all the same, so here.
                work();
            }
        }
    }

    private void work() {
        try {
            for (int count = 0; count < BATCH; count++) {
                Runnable message = messages.poll();
                if (message == null) {
                    break;
                }
                run(message);
            }
        } finally {
            scheduled.set(false);
            if (!messages.isEmpty()) {
                schedule();
            }
        }
    }

    private void run(Runnable message) {
        try {
            message.run();
        } catch (RuntimeException | Error e) {
            // One message that fails must not take the process's later ones with it.
            log.error("{}: a message failed; this is a bug in HSU", owner, e);
        }
    }
}
