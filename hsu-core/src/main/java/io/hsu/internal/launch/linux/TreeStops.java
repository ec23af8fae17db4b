package io.hsu.internal.launch.linux;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * For which reasons a tree is stopped: one that has passed must not let it go on while there is another one. Whoever stops or
 * continues the tree holds this object's lock meanwhile.
 */
final class TreeStops {

    private final Set<Object> reasons = new HashSet<>();
    private final Set<Object> lastingReasons = new HashSet<>();
    /** By id: who has been stopped, and not been let go on since. */
    private final Map<Long, LinuxTree.Member> stopped = new HashMap<>();

    private Consumer<Boolean> note = stopped -> {};

    /** Sets who is told whether there are any that last: before the first signal, and after the last. */
    synchronized void note(Consumer<Boolean> told) {
        note = told;
    }

    /**
     * Adds a reason.
     *
     * @param lasting whether it outlives this manager
     */
    void add(Object reason, boolean lasting) {
        if (lasting && lastingReasons.isEmpty()) {
            note.accept(true);
        }
        (lasting ? lastingReasons : reasons).add(reason);
    }

    /** {@return whether there is no reason} */
    boolean isEmpty() {
        return reasons.isEmpty() && lastingReasons.isEmpty();
    }

    /** One of it is about to be stopped. */
    void stopping(LinuxTree.Member member) {
        stopped.put(member.pid(), member);
    }

    /** {@return who has been stopped, all of whom are let go on now} */
    List<LinuxTree.Member> takeStopped() {
        List<LinuxTree.Member> taken = List.copyOf(stopped.values());
        stopped.clear();
        return taken;
    }

    /** Takes a reason away. {@return whether there is none left} */
    boolean remove(Object reason) {
        reasons.remove(reason);
        lastingReasons.remove(reason);
        return isEmpty();
    }

    /** Tells that no lasting reason is left, if that is so. To be called after the last signal. */
    void noteOver() {
        if (lastingReasons.isEmpty()) {
            note.accept(false);
        }
    }
}
