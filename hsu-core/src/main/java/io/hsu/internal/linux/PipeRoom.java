package io.hsu.internal.linux;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes pipes hold more, for children that fill them faster than they are read: fewer and larger reads. A user has a limit for
 * what all of his pipes hold (pipe(7)), beyond which new ones hold next to nothing, so only some get it at a time. Safe for use
 * by many threads.
 */
public final class PipeRoom {

    /** As much as a pipe holds that nobody has changed (pipe(7)). */
    public static final int USUAL_SIZE = 64 * 1024;

    private static final int F_SETPIPE_SZ = 1031;

    /** A quarter of the usual limit. */
    private static final int MAX_PIPES = 16;

    private static final AtomicInteger taken = new AtomicInteger();

    /** {@return whether the pipe holds {@link Scratch#MOST} now; then {@link #giveBack} is to be called when it is closed} */
    public static boolean enlarge(int pipe) {
        if (taken.incrementAndGet() <= MAX_PIPES && LibC.fcntl(pipe, F_SETPIPE_SZ, Scratch.MOST) >= 0) {
            return true;
        }
        giveBack();
        return false;
    }

    /** {@return whether the pipe holds as much as usual again; not while it holds more} */
    public static boolean shrink(int pipe) {
        if (LibC.fcntl(pipe, F_SETPIPE_SZ, USUAL_SIZE) < 0) {
            return false;
        }
        giveBack();
        return true;
    }

    /** A pipe that was made larger is closed. */
    public static void giveBack() {
        taken.decrementAndGet();
    }

    private PipeRoom() {}
}
