package io.hsu.internal.resource.linux;

/**
 * What stands in {@code /proc/<pid>/stat} (proc_pid_stat(5)), read from the bytes as they come. The command's name, in
 * parentheses, may hold anything, also parentheses, blanks and line feeds: what counts stands after the last one.
 *
 * <p>The figure for RSS is a sum of counters that each processor keeps to itself for a while, so that it may be wrong by some
 * dozens of pages for each processor; {@code smaps_rollup} would be right and costs a hundred times as much.
 */
final class StatText {

    // Fields as the manual page counts them.
    private static final int PARENT = 4;
    private static final int SESSION = 6;
    private static final int USER_TIME = 14;
    private static final int SYSTEM_TIME = 15;
    private static final int WAITED_USER_TIME = 16;
    private static final int WAITED_SYSTEM_TIME = 17;
    private static final int THREADS = 20;
    private static final int START = 22;
    private static final int VIRTUAL = 23;
    private static final int RSS = 24;

    private final Digits digits = new Digits();
    private final long[] fields = new long[RSS + 1];
    private byte state;

    /** {@return whether it is such a text} */
    boolean parse(byte[] text, int length) {
        int at = length - 1;
        while (at >= 0 && text[at] != ')') {
            at--;
        }
        if (at < 0 || at + 2 >= length) {
            return false;
        }
        state = text[at + 2];
        digits.begin(text, at + 3, length);
        int field = PARENT;
        while (field <= RSS && digits.hasNext()) {
            fields[field++] = digits.next();
        }
        return field > RSS;
    }

    /**
     * {@return whether it is dead and only waits for its parent to look} One whose first thread has ended looks the same, but
     * has other threads.
     */
    boolean isDead() {
        return state == 'X' || (state == 'Z' && threads() <= 1);
    }

    /** {@return whether it has given its memory back, as one does that is about to end} */
    boolean hasNoMemory() {
        return virtual() == 0;
    }

    long parent() {
        return fields[PARENT];
    }

    long session() {
        return fields[SESSION];
    }

    /** {@return in clock ticks} */
    long cpu() {
        return fields[USER_TIME] + fields[SYSTEM_TIME];
    }

    /** {@return in clock ticks, of the children it has waited for} */
    long waitedCpu() {
        return fields[WAITED_USER_TIME] + fields[WAITED_SYSTEM_TIME];
    }

    long threads() {
        return fields[THREADS];
    }

    /** {@return in clock ticks since the system's start} */
    long start() {
        return fields[START];
    }

    /** {@return in bytes} */
    long virtual() {
        return fields[VIRTUAL];
    }

    /** {@return in pages} */
    long rss() {
        return fields[RSS];
    }

    boolean isZombie() {
        return state == 'Z';
    }
}
