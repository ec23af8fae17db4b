package io.hsu.internal.launch.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves running trees to control groups, for want of a C library that lets processes be born there. In the background, because
 * a move takes up to some 10 ms: the kernel waits for all processors (an RCU grace period), unless somebody has moved a
 * process just before. One at a time, and with looks at {@code /proc} that all trees share.
 */
final class Settler {

    /** Who forks so fast that there is no end to it is not worth more: its tree is found by its mark. */
    private static final int MAX_ROUNDS = 5;

    private static final Logger log = LoggerFactory.getLogger(Settler.class);

    private final Cgroups groups;
    private final Executor pool;
    private final Queue<LinuxTree> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean working = new AtomicBoolean();

    Settler(Cgroups groups, Executor pool) {
        this.groups = groups;
        this.pool = pool;
    }

    /** Moves a tree soon. */
    void add(LinuxTree tree) {
        waiting.add(tree);
        schedule();
    }

    private void schedule() {
        if (working.compareAndSet(false, true)) {
            pool.execute(this::work);
        }
    }

    private void work() {
        try {
            List<LinuxTree> forked = new ArrayList<>();
            for (LinuxTree tree = waiting.poll(); tree != null; tree = waiting.poll()) {
                if (tree.moveRoot(groups)) {
                    forked.add(tree);
                }
            }
            moveRest(forked);
        } catch (RuntimeException e) {
            // They stay where they are, and are found by their marks.
            log.warn("running processes could not be moved to control groups: {}", e.toString());
        } finally {
            working.set(false);
            if (!waiting.isEmpty()) {
                schedule();
            }
        }
    }

    /** What forks while it is moved is found in the next round, or has been born in the group. */
    private static void moveRest(List<LinuxTree> trees) {
        List<LinuxTree> left = trees;
        for (int round = 0; !left.isEmpty() && round < MAX_ROUNDS; round++) {
            List<LinuxTree> more = new ArrayList<>();
            // All are asked before anyone answers, so that they share one look.
            List<Supplier<Boolean>> moves =
                    left.stream().map(LinuxTree::moveMembers).toList();
            for (int index = 0; index < moves.size(); index++) {
                if (moves.get(index).get()) {
                    more.add(left.get(index));
                }
            }
            left = more;
        }
    }
}
