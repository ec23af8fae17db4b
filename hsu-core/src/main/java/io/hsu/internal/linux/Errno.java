package io.hsu.internal.linux;

import java.io.IOException;

/** Error numbers, as x86-64 and aarch64 have them, and what they become in Java. */
public final class Errno {

    public static final int ENOENT = 2;
    public static final int EPERM = 1;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int ENOEXEC = 8;
    public static final int ECHILD = 10;
    public static final int EAGAIN = 11;
    public static final int EACCES = 13;
    public static final int EEXIST = 17;
    public static final int ENXIO = 6;
    public static final int EINVAL = 22;
    public static final int ENFILE = 23;
    public static final int EMFILE = 24;
    public static final int ENOSPC = 28;
    public static final int ENOSYS = 38;
    public static final int EOPNOTSUPP = 95;

    /** {@return an exception for what the last call in this thread has failed with} */
    public static IOException failed(String what) {
        return failed(what, LibC.errno());
    }

    /** {@return an exception for an error number} */
    public static IOException failed(String what, int errno) {
        return new IOException("%s: %s (error %d)".formatted(what, LibC.strerror(errno), errno));
    }

    private Errno() {}
}
