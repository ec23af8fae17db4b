package io.hsu.internal.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The C library's functions, mapped directly: arguments are numbers and addresses, so a call allocates nothing. Each does what
 * its manual page says; {@link #errno} tells why one has answered -1.
 *
 * <p>Loading this class fails with a {@link LinkageError} where one of them is missing.
 */
public final class LibC {

    static {
        Native.register(LibC.class, NativeLibrary.getInstance("c"));
    }

    /** {@return why the last call in this thread has failed} */
    public static int errno() {
        return Native.getLastError();
    }

    // Descriptors.

    static native int pipe2(long descriptors, int flags);

    static native int fcntl(int descriptor, int command, long argument);

    public static native int close(int descriptor);

    static native long read(int descriptor, long buffer, long size);

    static native long write(int descriptor, long buffer, long size);

    static native long pread(int descriptor, long buffer, long size, long offset);

    static native long pwrite(int descriptor, long buffer, long size, long offset);

    static native long splice(int in, long inOffset, int out, long outOffset, long size, int flags);

    static native int fallocate(int descriptor, int mode, long offset, long size);

    static native int fstatvfs(int descriptor, long statvfs);

    static native int ftruncate(int descriptor, long size);

    static native long lseek(int descriptor, long offset, int whence);

    static native int statx(int directory, long path, int flags, int mask, long buffer);

    static native int inotify_init1(int flags);

    static native int inotify_add_watch(int inotify, long path, int mask);

    static native int inotify_rm_watch(int inotify, int watch);

    static native long getdents64(int directory, long buffer, long size);

    static native int open(long path, int flags, int mode);

    static native int mkdir(long path, int mode);

    static native int memfd_create(long name, int flags);

    static native int socket(int domain, int type, int protocol);

    static native int bind(int socket, long address, int length);

    static native int setsockopt(int socket, int level, int option, long value, int length);

    static native long recvmsg(int socket, long message, int flags);

    // Waiting.

    static native int epoll_create1(int flags);

    static native int epoll_ctl(int epoll, int operation, int descriptor, long event);

    static native int epoll_wait(int epoll, long events, int max, int timeout);

    static native int eventfd(int initial, int flags);

    // Processes.

    public static native int posix_spawn(
            long pid, long path, long fileActions, long attributes, long arguments, long environment);

    public static native int posix_spawn_file_actions_init(long fileActions);

    public static native int posix_spawn_file_actions_destroy(long fileActions);

    public static native int posix_spawn_file_actions_addopen(
            long fileActions, int descriptor, long path, int flags, int mode);

    public static native int posix_spawn_file_actions_addclose(long fileActions, int descriptor);

    public static native int posix_spawn_file_actions_adddup2(long fileActions, int descriptor, int copy);

    public static native int posix_spawn_file_actions_addchdir_np(long fileActions, long path);

    public static native int posix_spawn_file_actions_addclosefrom_np(long fileActions, int first);

    public static native int posix_spawnattr_init(long attributes);

    public static native int posix_spawnattr_setflags(long attributes, short flags);

    public static native int posix_spawnattr_setsigmask(long attributes, long signals);

    public static native int posix_spawnattr_setsigdefault(long attributes, long signals);

    public static native int sigemptyset(long signals);

    public static native int sigfillset(long signals);

    static native int sigaction(int signal, long action, long previous);

    public static native int gettid();

    static native int geteuid();

    public static native int kill(int pid, int signal);

    /** {@return the session of a process} */
    public static native int getsid(int pid);

    static native int prlimit(int pid, int resource, long limits, long previous);

    static native int setpriority(int which, int who, int niceness);

    static native int getpriority(int which, int who);

    public static native int getrusage(int who, long usage);

    static native long sysconf(int name);

    /** For what older C libraries have no function for. */
    static native long syscall(long number, long a, long b, long c, long d, long e);

    /** {@return a text for an error number} */
    public static native String strerror(int errno);

    private LibC() {}
}
