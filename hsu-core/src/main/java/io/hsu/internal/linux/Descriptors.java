package io.hsu.internal.linux;

import java.io.IOException;

/** What is done with file descriptors. Each is closed in a child that is launched by others meanwhile, too. */
public final class Descriptors {

    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final int F_SETFL = 4;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int FIRST_FREE = 3;

    /** A pipe. The end that is read does not block; the end that is written does, because a child gets it. */
    public record Pipe(int read, int write) {}

    /**
     * {@return a new pipe}
     *
     * @throws IOException if there is none to be had
     */
    public static Pipe pipe(NativeMemory scratch) throws IOException {
        if (LibC.pipe2(scratch.address(), O_CLOEXEC) != 0) {
            throw Errno.failed("pipe");
        }
        int read = scratch.getInt(0);
        int write = scratch.getInt(4);
        try {
            read = aboveStandard(read);
            write = aboveStandard(write);
        } catch (IOException e) {
            LibC.close(read);
            LibC.close(write);
            throw e;
        }
        LibC.fcntl(read, F_SETFL, O_NONBLOCK);
        return new Pipe(read, write);
    }

    /** A host that has closed its standard streams would get their numbers, which a child's streams go by. */
    static int aboveStandard(int descriptor) throws IOException {
        if (descriptor >= FIRST_FREE) {
            return descriptor;
        }
        int moved = LibC.fcntl(descriptor, F_DUPFD_CLOEXEC, FIRST_FREE);
        if (moved < 0) {
            throw Errno.failed("fcntl");
        }
        LibC.close(descriptor);
        return moved;
    }

    /** Closes it. What it cost is not asked for: on Linux the descriptor is gone in any case. */
    public static void close(int descriptor) {
        LibC.close(descriptor);
    }

    private Descriptors() {}
}
