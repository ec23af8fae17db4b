package io.hsu.internal.launch;

import io.hsu.Signal;
import java.util.Collection;
import java.util.List;

/** A process that was launched. Safe for use by many threads. */
public interface LaunchedProcess {

    /** {@return its process id} */
    long pid();

    /** {@return whether it lives; a zombie does not} */
    boolean isAlive();

    /**
     * {@return everything alive that came out of the launch: the process, its descendants, and what has left the tree as
     * far as it can be found} Blocks for a look through the system's processes.
     */
    List<TreeMember> members();

    /** Sends a signal to some of its members; blocks shortly. Those that are gone are passed over. */
    void signal(Collection<TreeMember> members, Signal signal);

    /** One process of a tree, told apart from a later one with the same id. */
    interface TreeMember {

        /** {@return its process id} */
        long pid();

        /** {@return whether it lives; a zombie does not} */
        boolean isAlive();
    }
}
