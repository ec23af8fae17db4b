package io.hsu.internal.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Work that is done in the thread that brings it, instead of a pool's. To wake another thread takes longer than most messages
 * do, and exits and launches would pay for it. Lent are the reactor's thread and those that launch; and whoever waits for the
 * start of a process lends his for the start itself. All others bring what they have to the pool.
 *
 * <p>One of these for each lent thread, used by it alone.
 */
final class Lending {

    private static final ThreadLocal<Lending> OF_THREAD = new ThreadLocal<>();

    /** What a waiting caller launches, when the messages have been worked off; null in threads that are ours. */
    private final Queue<Runnable> launches;

    /** Mailboxes do not wait for each other: who is at work for one brings the others' messages to the pool. */
    private boolean atWork;

    private Lending(Queue<Runnable> launches) {
        this.launches = launches;
    }

    /** {@return makes daemon threads that are lent; none of them may be one that nobody relieves if a policy hangs} */
    static ThreadFactory threads(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(
                    () -> {
                        OF_THREAD.set(new Lending(null));
                        task.run();
                    },
                    name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Lends the caller's thread for something that he is going to wait for, and for the launches that come of it. */
    static <T> T ofCaller(Supplier<T> action) {
        if (OF_THREAD.get() != null) {
            return action.get();
        }
        Lending lending = new Lending(new ArrayDeque<>());
        OF_THREAD.set(lending);
        try {
            return action.get();
        } finally {
            try {
                lending.launch(); // whatever has happened: what is asked for is waited for
            } finally {
                OF_THREAD.remove();
            }
        }
    }

    /** {@return works mailboxes off, here if that can be, else in a pool} */
    static Executor mailboxes(Executor pool) {
        return task -> {
            Lending lending = OF_THREAD.get();
            if (lending == null || lending.atWork) {
                pool.execute(task);
            } else {
                lending.work(task);
            }
        };
    }

    /** {@return makes launches: those of a caller who waits in his thread, all others in a pool} */
    static Executor launches(Executor pool) {
        return task -> {
            Lending lending = OF_THREAD.get();
            if (lending == null || lending.launches == null) {
                pool.execute(task);
            } else {
                lending.launches.add(task);
            }
        };
    }

    /** Does something whose messages are the pool's. */
    static void without(Runnable action) {
        Lending lending = OF_THREAD.get();
        if (lending == null || lending.atWork) {
            action.run();
        } else {
            lending.work(action);
        }
    }

    /** A launch may bring the next one about. */
    private void launch() {
        for (Runnable launch = launches.poll(); launch != null; launch = launches.poll()) {
            launch.run();
        }
    }

    private void work(Runnable task) {
        atWork = true;
        try {
            task.run();
        } finally {
            atWork = false;
        }
    }
}
