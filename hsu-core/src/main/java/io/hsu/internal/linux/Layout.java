package io.hsu.internal.linux;

/**
 * Where the fields of the kernel's and glibc's structures lie. The only one in which the two architectures differ is
 * {@code epoll_event}, which is packed on x86-64 (linux/eventpoll.h). A test compares each with what the kernel writes.
 *
 * @param epollEventSize the size of one event
 * @param epollEventData where its data lies; its events are at 0
 */
public record Layout(int epollEventSize, int epollEventData) {

    public static final Layout X86_64 = new Layout(12, 4);
    public static final Layout AARCH64 = new Layout(16, 8);

    // siginfo_t, as waitid(2) fills it.
    public static final int SIGINFO_SIZE = 128;
    public static final int SIGINFO_CODE = 8;
    public static final int SIGINFO_PID = 16;
    public static final int SIGINFO_STATUS = 24;

    // struct rusage: two timevals, then longs.
    public static final int RUSAGE_SIZE = 144;
    public static final int RUSAGE_USER_SECONDS = 0;
    public static final int RUSAGE_USER_MICROS = 8;
    public static final int RUSAGE_SYSTEM_SECONDS = 16;
    public static final int RUSAGE_SYSTEM_MICROS = 24;
    public static final int RUSAGE_MAX_RSS_KIB = 32;

    // struct sigaction of glibc: the handler, a mask, flags.
    public static final int SIGACTION_SIZE = 152;
    public static final int SIGACTION_FLAGS = 136;

    // struct statvfs of glibc: longs first.
    public static final int STATVFS_SIZE = 256;
    public static final int STATVFS_FRAGMENT = 8;
    public static final int STATVFS_BLOCKS = 16;
    public static final int STATVFS_AVAILABLE = 32;

    // struct msghdr and its parts: name, buffers, control data, flags.
    public static final int MSGHDR_SIZE = 56;
    public static final int MSGHDR_IOV = 16;
    public static final int MSGHDR_IOV_COUNT = 24;
    public static final int MSGHDR_CONTROL = 32;
    public static final int MSGHDR_CONTROL_SIZE = 40;
    public static final int MSGHDR_FLAGS = 48;
    public static final int CMSGHDR_LEVEL = 8;
    public static final int CMSGHDR_TYPE = 12;
    public static final int CMSGHDR_DATA = 16;
    /** Room for a struct ucred (three ints) with its header. */
    public static final int CREDENTIALS_SPACE = 32;

    // Opaque ones of glibc; sizes with room to spare (sigset_t has 128 bytes, the attributes 336, the actions 80).
    public static final int SIGSET_SIZE = 128;
    public static final int SPAWN_ATTRIBUTES_SIZE = 512;
    public static final int SPAWN_ACTIONS_SIZE = 256;

    /**
     * {@return the layout of this JVM's architecture}
     *
     * @throws UnsupportedOperationException if it is none of the two
     */
    public static Layout ofThisSystem() {
        String architecture = System.getProperty("os.arch");
        return switch (architecture) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64" -> AARCH64;
            default -> throw new UnsupportedOperationException("its architecture is " + architecture);
        };
    }
}
