package io.hsu.internal.linux;

/**
 * Processes by descriptor: what has one cannot be mistaken for a later process with the same id. The system calls have the
 * same numbers on x86-64 and aarch64, but for waitid; glibc has functions for them only since 2.36.
 */
public final class PidFd {

    private static final long SYS_PIDFD_SEND_SIGNAL = 424;
    private static final long SYS_PIDFD_OPEN = 434;
    private static final long SYS_WAITID = "aarch64".equals(System.getProperty("os.arch")) ? 95 : 247;

    private static final int P_PID = 1;
    private static final int P_PIDFD = 3;
    private static final int WNOHANG = 1;
    private static final int WEXITED = 4;

    /** {@return a descriptor for a process, closed on exec; -1 if there is none} It is readable when the process has ended. */
    public static int open(int pid) {
        return (int) LibC.syscall(SYS_PIDFD_OPEN, pid, 0, 0, 0, 0);
    }

    /** {@return 0, or -1 if it could not be sent} */
    public static int signal(int descriptor, int signal) {
        return (int) LibC.syscall(SYS_PIDFD_SEND_SIGNAL, descriptor, signal, 0, 0, 0);
    }

    /**
     * Takes the status of a child that has ended, and with it the child from the system's table.
     *
     * @param siginfo gets how it ended
     * @param rusage gets what it has used
     * @return 0, or -1 if it has no status
     */
    public static int reap(int descriptor, long siginfo, long rusage) {
        return (int) LibC.syscall(SYS_WAITID, P_PIDFD, descriptor, siginfo, WEXITED | WNOHANG, rusage);
    }

    /** As {@link #reap}, but waits. */
    public static int await(int pid, long siginfo, long rusage) {
        int answer;
        do {
            answer = (int) LibC.syscall(SYS_WAITID, P_PID, pid, siginfo, WEXITED, rusage);
        } while (answer != 0 && LibC.errno() == Errno.EINTR);
        return answer;
    }

    private PidFd() {}
}
