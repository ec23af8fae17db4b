package io.hsu.internal.linux;

import java.util.Optional;

/** Whether this system has what the Linux launcher needs. Tried once in a JVM, since nothing of it changes. */
public final class LinuxSupport {

    private static final int SIGCHLD = 17;
    private static final long SIG_IGN = 1;
    private static final int SA_NOCLDWAIT = 2;

    /** Apart, so that it is tried when it is asked for, and the class itself loads without JNA. */
    private static final class Tried {
        static final String MISSING = look();
    }

    /** {@return what is missing; empty if nothing is} */
    public static Optional<String> missing() {
        return Optional.ofNullable(Tried.MISSING);
    }

    private static String look() {
        if (!System.getProperty("os.name").startsWith("Linux")) {
            return "this is " + System.getProperty("os.name");
        }
        try {
            Layout.ofThisSystem();
            // musl has an 'environ' and a posix_spawn too, and structures of other sizes.
            com.sun.jna.NativeLibrary.getInstance("c").getFunction("gnu_get_libc_version");
            return systemCalls();
        } catch (UnsupportedOperationException e) {
            return e.getMessage();
        } catch (RuntimeException | Error e) { // whatever it is, processes are to run
            return "JNA cannot be used: " + cause(e);
        }
    }

    /** Old kernels do not have them, and a seccomp filter may forbid them. */
    private static String systemCalls() {
        int descriptor = PidFd.open((int) ProcessHandle.current().pid());
        if (descriptor < 0) {
            return "pidfd_open: " + LibC.strerror(LibC.errno());
        }
        try {
            if (PidFd.signal(descriptor, 0) != 0) {
                return "pidfd_send_signal: " + LibC.strerror(LibC.errno());
            }
            NativeMemory memory = new Scratch().memory();
            PidFd.reap(descriptor, memory.address(), memory.address() + Layout.SIGINFO_SIZE);
            if (LibC.errno() != Errno.ECHILD) { // this process is no child of its own
                return "waitid(P_PIDFD): " + LibC.strerror(LibC.errno());
            }
            return childSignal();
        } finally {
            LibC.close(descriptor);
        }
    }

    /** Where the host ignores the ends of its children, the kernel keeps no status. Changing that would be the host's business. */
    private static String childSignal() {
        NativeMemory action = new NativeMemory(Layout.SIGACTION_SIZE);
        LibC.sigaction(SIGCHLD, 0, action.address());
        boolean ignored = action.getLong(0) == SIG_IGN || (action.getInt(Layout.SIGACTION_FLAGS) & SA_NOCLDWAIT) != 0;
        return ignored ? "SIGCHLD is ignored in this JVM, so that exits have no status" : null;
    }

    private static String cause(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString().lines().findFirst().orElse("");
    }

    private LinuxSupport() {}
}
