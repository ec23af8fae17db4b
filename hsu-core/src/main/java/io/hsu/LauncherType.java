package io.hsu;

/** What makes the processes of a manager. All do the same; they differ in cost, and in what they can see of process trees. */
public enum LauncherType {
    /** {@link #LINUX} where it works, else {@link #PORTABLE}; the log says which, and why. */
    AUTO,
    /**
     * The kernel's own interfaces: posix_spawn, epoll, pidfd, control groups. One thread for all processes. Needs Linux 5.4 on
     * x86-64 or aarch64, glibc 2.34 and JNA.
     */
    LINUX,
    /** {@link ProcessBuilder}: every system that Java runs on, with three threads for a process. */
    PORTABLE
}
