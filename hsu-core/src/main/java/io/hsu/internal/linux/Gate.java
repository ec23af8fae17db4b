package io.hsu.internal.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Holds a child back between its birth and the execution of its program: the one moment at which everything can be set for a
 * process from outside before any of its code runs. {@code posix_spawn} has no way to stop a child there, but it has the child
 * open files, and an open waits where somebody holds a lease for writing (fcntl(2)). The file is nowhere but in memory.
 *
 * <p>Nothing can wait for ever here: if this process ends, its lease ends with it, and the child, which looks for the file a second time,
 * does not find it and gives up before it has run anything; and after the system's lease break time (45 s) the kernel lets the child
 * pass, which {@link #letPass} tells.
 */
public final class Gate implements AutoCloseable {

    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_NOEXEC_SEAL = 8;
    private static final int O_RDWR = 2;
    private static final int F_SETOWN = 8;
    private static final int F_SETLEASE = 1024;
    private static final int F_GETLEASE = 1025;
    private static final int F_WRLCK = 1;
    private static final int F_UNLCK = 2;

    private static final NativeMemory NAME = NativeMemory.string("hsu-gate".getBytes(StandardCharsets.US_ASCII));

    private final int descriptor;
    private final NativeMemory path;

    private Gate(int descriptor) {
        this.descriptor = descriptor;
        // By this process's number: the child has closed its own copy, so that the lease is this process's alone.
        this.path = NativeMemory.string("/proc/%d/fd/%d"
                .formatted(ProcessHandle.current().pid(), descriptor)
                .getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * {@return a gate that is shut}
     *
     * @throws IOException if there can be none: no descriptor is left, or the system has no leases
     */
    public static Gate shut() throws IOException {
        int descriptor = Descriptors.aboveStandard(openFile());
        // Whoever waits is seen by looking; nobody is to be signalled, least of all this process (SIGIO would end it).
        if (LibC.fcntl(descriptor, F_SETLEASE, F_WRLCK) != 0 || LibC.fcntl(descriptor, F_SETOWN, 0) != 0) {
            IOException e = Errno.failed("fcntl(F_SETLEASE)");
            LibC.close(descriptor);
            throw e;
        }
        return new Gate(descriptor);
    }

    /** Opened again, by its name: only then does the kernel count it among the open files, as it does for a lease. */
    private static int openFile() throws IOException {
        int unnamed = LibC.memfd_create(NAME.address(), MFD_CLOEXEC | MFD_NOEXEC_SEAL);
        if (unnamed < 0 && LibC.errno() == Errno.EINVAL) { // before Linux 6.3
            unnamed = LibC.memfd_create(NAME.address(), MFD_CLOEXEC);
        }
        if (unnamed < 0) {
            throw Errno.failed("memfd_create");
        }
        int opened = SmallFile.openFile("/proc/self/fd/" + unnamed, O_RDWR);
        int error = LibC.errno();
        LibC.close(unnamed);
        if (opened < 0) {
            throw Errno.failed("open of a memory file", error);
        }
        return opened;
    }

    /** {@return the file's descriptor, which the child must close} */
    public int descriptor() {
        return descriptor;
    }

    /** {@return the address of the path by which the child is to open it, twice} */
    public long path() {
        return path.address();
    }

    /** {@return whether a child waits} */
    public boolean isKnockedAt() {
        return LibC.fcntl(descriptor, F_GETLEASE, 0) != F_WRLCK;
    }

    /** Lets a child pass, now or when it comes. {@return whether it could not have passed before} */
    public boolean letPass() {
        return LibC.fcntl(descriptor, F_SETLEASE, F_UNLCK) == 0;
    }

    @Override
    public void close() {
        LibC.close(descriptor);
    }
}
