package io.hsu.internal.launch;

import io.hsu.LimitStatus;
import io.hsu.Signal;
import io.hsu.spi.ResourceTarget;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A process that was launched. Safe for use by many threads. */
public interface LaunchedProcess {

    /** {@return its process id} */
    long pid();

    /** {@return whether it lives; a zombie does not} */
    boolean isAlive();

    /**
     * {@return whether nothing of the launch is alive, if that can be told at once} If not, only a look can tell. Called when
     * the process itself has ended.
     */
    default boolean isOver() {
        return false;
    }

    /**
     * Asks for everything alive that came out of the launch: the process, its descendants, and what has left the tree as far
     * as it can be found.
     *
     * <p>To ask is cheap. To get the answer blocks for a look through the system's processes at some moment after the
     * question: questions that are asked before anyone gets an answer share one look.
     *
     * @return gives the members
     */
    Supplier<List<TreeMember>> look();

    /**
     * {@return what a resource monitor is to measure of it}
     *
     * @param tree whether all that came out of the launch is measured, and not the process alone
     */
    default ResourceTarget measured(boolean tree) {
        return MeasuredLaunch.of(pid(), 0, tree, Optional::empty, null);
    }

    /** {@return what a look finds now} */
    default List<TreeMember> members() {
        return look().get();
    }

    /**
     * Sends a signal to some of its members; blocks shortly. Those that are gone are passed over.
     *
     * <p>The process itself stands for its group and, if it is killed, for all that came out of the launch: where the system
     * can reach these at once, it reaches those born since the look as well.
     */
    void signal(Collection<TreeMember> members, Signal signal);

    /** {@return how each of its limits is held} */
    default List<LimitStatus> limits() {
        return List.of();
    }

    /**
     * Keeps everything that came out of the launch from running, until {@link #resume}, or until this manager dies; blocks for
     * milliseconds. What is to end must be resumed before: what is stopped hears of no signal but KILL.
     *
     * @param maxAge how long ago somebody may have looked for what belongs to it: what it has started since may run on
     * @return whether it is known that none of it can run; if not, it is to be resumed all the same
     */
    default boolean pause(Duration maxAge) {
        return false;
    }

    /**
     * Lets everything that came out of the launch go on, unless its output has to wait; blocks for milliseconds. Harms nobody who
     * runs.
     *
     * @param again whether it is to be paused again soon; the last call must say no
     */
    default void resume(boolean again) {}

    /**
     * {@return how often the kernel has killed something of the tree for want of memory since this was asked last; 0 where it does
     * not tell} Reads a file; asked by one thread at a time.
     */
    default long newMemoryKills() {
        return 0;
    }

    /** One process of a tree, told apart from a later one with the same id. */
    interface TreeMember {

        /** {@return its process id} */
        long pid();

        /** {@return whether it lives; a zombie does not} */
        boolean isAlive();
    }
}
