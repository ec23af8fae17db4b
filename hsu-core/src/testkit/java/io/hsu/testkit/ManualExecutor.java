package io.hsu.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Runs tasks in the thread that adds them: at once, or (held) when it is told to, one picked by chance after the other.
 * Not safe for use by many threads.
 */
public final class ManualExecutor implements Executor {

    private final List<Runnable> tasks = new ArrayList<>();
    private boolean held;
    private boolean running;

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (!held) {
            runAll();
        }
    }

    /** Keeps tasks until they are picked. */
    public void hold() {
        held = true;
    }

    /** Runs one of the tasks. */
    public void runOne(RandomGenerator random) {
        if (!tasks.isEmpty()) {
            tasks.remove(random.nextInt(tasks.size())).run();
        }
    }

    /** Runs the task that was added last, before those that wait for longer. */
    public void runNewest() {
        tasks.remove(tasks.size() - 1).run();
    }

    /** Runs all tasks in order, with those they add. */
    public void runAll() {
        if (running) {
            return; // a task has added one: the loop below comes to it
        }
        running = true;
        try {
            while (!tasks.isEmpty()) {
                tasks.remove(0).run();
            }
        } finally {
            running = false;
        }
    }

    /** {@return whether nothing is left to run} */
    public boolean isIdle() {
        return tasks.isEmpty();
    }
}
