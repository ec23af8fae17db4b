package io.hsu.internal.health;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** The blocking work of one check. Counted, because work that hangs must not be piled up look by look. */
final class BlockingTasks implements Executor {

    private final Executor outside;
    private final AtomicInteger running = new AtomicInteger();

    BlockingTasks(Executor outside) {
        this.outside = outside;
    }

    @Override
    public void execute(Runnable task) {
        running.incrementAndGet();
        try {
            outside.execute(() -> {
                try {
                    task.run();
                } finally {
                    running.decrementAndGet();
                }
            });
        } catch (RuntimeException | Error e) {
            running.decrementAndGet();
            throw e;
        }
    }

    /** {@return whether some of it has not come to an end} */
    boolean isBusy() {
        return running.get() > 0;
    }
}
