package io.hsu.internal.linux;

/**
 * Reads what the kernel tells of processes below {@code /proc}, into memory that is used again for each read: so that reading
 * makes no object. For one thread at a time.
 */
public final class ProcReader {

    /** As much as the file has, of those that have one length. */
    private static final int BUFFER = 64 * 1024;

    private static final int O_DIRECTORY = "aarch64".equals(System.getProperty("os.arch")) ? 0x4000 : 0x10000;
    private static final int O_CLOEXEC = 0x80000;
    /** To be looked at, not read. */
    private static final int O_PATH = 0x200000;

    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_SIZE = 0x200;
    private static final int STATX_BUFFER = 256;
    private static final int STATX_AT_SIZE = 40;

    private static final int SC_CLK_TCK = 2;
    private static final int SC_PAGESIZE = 30;

    private static final byte[] PROC = {'/', 'p', 'r', 'o', 'c', '/'};

    private final NativeMemory memory = new NativeMemory(BUFFER);
    private final NativeMemory path = new NativeMemory(64);
    private final NativeMemory statx = new NativeMemory(STATX_BUFFER + 1); // with an empty path at its end
    private final byte[] bytes = new byte[BUFFER];
    private final byte[] pathBytes = new byte[64];
    private int errno;

    /** {@return how many clock ticks a second has, in which the kernel tells times} */
    public static long ticksPerSecond() {
        return LibC.sysconf(SC_CLK_TCK);
    }

    /** {@return the size of a page in bytes, in which the kernel tells memory} */
    public static long pageSize() {
        return LibC.sysconf(SC_PAGESIZE);
    }

    /**
     * {@return a descriptor of a file of a process; -1 if it cannot be opened, for the reason that {@link #errno} tells}
     *
     * @param pid the process
     * @param name the file's name with {@code /} before it, in ASCII
     */
    public int open(long pid, byte[] name) {
        return open(pid, name, 0);
    }

    /** {@return a descriptor of a directory of a process, to ask for its size; -1 as {@link #open}} */
    public int openToLook(long pid, byte[] name) {
        return open(pid, name, O_PATH | O_DIRECTORY);
    }

    /** {@return a descriptor of a directory of a process, to be listed; -1 as {@link #open}} */
    public int openDirectory(long pid, byte[] name) {
        return open(pid, name, O_DIRECTORY);
    }

    private int open(long pid, byte[] name, int flags) {
        int length = PROC.length;
        System.arraycopy(PROC, 0, pathBytes, 0, length);
        length = digits(pid, length);
        System.arraycopy(name, 0, pathBytes, length, name.length);
        pathBytes[length + name.length] = 0;
        path.put(0, pathBytes);
        return checked(LibC.open(path.address(), flags | O_CLOEXEC, 0));
    }

    private int digits(long number, int at) {
        int end = at;
        for (long rest = number; rest > 0 || end == at; rest /= 10) {
            end++;
        }
        long rest = number;
        for (int i = end - 1; i >= at; i--) {
            pathBytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return end;
    }

    /** {@return a descriptor of some file or directory; -1 as {@link #open}} */
    public int open(String file) {
        return checked(SmallFile.openFile(file, 0));
    }

    /** {@return how much was read, at most as much as {@link #bytes} holds; -1 as {@link #open}} */
    public int read(int descriptor, long offset) {
        int length = checked((int) LibC.pread(descriptor, memory.address(), BUFFER, offset));
        if (length > 0) {
            memory.get(0, bytes, 0, length);
        }
        return length;
    }

    /** {@return what the last read has brought} */
    public byte[] bytes() {
        return bytes;
    }

    /** Begins to list a directory anew. */
    public void rewind(int directory) {
        LibC.lseek(directory, 0, 0);
    }

    /** {@return how many bytes of entries ({@code struct linux_dirent64}) were read; 0 at the end; -1 as {@link #open}} */
    public int list(int directory) {
        int length = checked((int) LibC.getdents64(directory, memory.address(), BUFFER));
        if (length > 0) {
            memory.get(0, bytes, 0, length);
        }
        return length;
    }

    /** {@return the size of a file or directory; -1 as {@link #open}} */
    public long size(int descriptor) {
        int result = LibC.statx(descriptor, statx.address() + STATX_BUFFER, AT_EMPTY_PATH, STATX_SIZE, statx.address());
        return checked(result) < 0 ? -1 : statx.getLong(STATX_AT_SIZE);
    }

    private int checked(int result) {
        errno = result < 0 ? LibC.errno() : 0;
        return result;
    }

    /** {@return why the last call has failed; 0 if it has not} */
    public int errno() {
        return errno;
    }

    /** {@return whether there is such a process, or only a zombie of it, seen or not} */
    public static boolean exists(long pid) {
        return LibC.kill((int) pid, 0) == 0 || LibC.errno() == Errno.EPERM;
    }

    public static void close(int descriptor) {
        LibC.close(descriptor);
    }
}
