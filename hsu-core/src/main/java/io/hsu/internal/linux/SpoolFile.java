package io.hsu.internal.linux;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * A file that a child appends to and that is read behind it. What has been read can be given back to the file system while
 * the child goes on writing: a hole is punched, and nothing moves (fallocate(2)). Used by one thread at a time.
 */
public final class SpoolFile implements AutoCloseable {

    private static final int O_WRONLY = 1;
    private static final int O_RDWR = 2;
    private static final int O_APPEND = 0x400;

    private static final int PUNCH_HOLE_KEEP_SIZE = 3;
    private static final int SEEK_END = 2;
    private static final int SEEK_DATA = 3;

    private static final int F_SETSIG = 10;
    private static final int F_SETLEASE = 1024;
    private static final int F_WRLCK = 1;
    private static final int F_UNLCK = 2;
    /** What the kernel sends to the holder of a lease; this one is ignored unless somebody asks for it. */
    private static final int SIGURG = 23;

    private static final ThreadLocal<NativeMemory> ROOM =
            ThreadLocal.withInitial(() -> new NativeMemory(Layout.STATVFS_SIZE));

    private final int descriptor;

    private SpoolFile(int descriptor) {
        this.descriptor = descriptor;
    }

    /** {@return an existing file, for reading behind its writer} */
    public static SpoolFile open(String path) throws IOException {
        return new SpoolFile(opened(path, O_RDWR));
    }

    /** {@return a descriptor to append to an existing file; for the child} */
    public static int openForWriter(String path) throws IOException {
        return Descriptors.aboveStandard(opened(path, O_WRONLY | O_APPEND));
    }

    private static int opened(String path, int flags) throws IOException {
        int descriptor = SmallFile.openFile(path, flags);
        if (descriptor < 0) {
            throw Errno.failed("open " + path);
        }
        return descriptor;
    }

    /** Reads what is there at a place. {@return how much it was; 0 at the end of the file} */
    public int read(Scratch scratch, long at) {
        return scratch.read(descriptor, at);
    }

    /** {@return where the file ends now} */
    public long size() {
        return LibC.lseek(descriptor, 0, SEEK_END);
    }

    /** {@return whether its file system has less room than that left, and less than an eighth of all it has} */
    public boolean isShortOfRoom(long least) {
        NativeMemory room = ROOM.get();
        if (LibC.fstatvfs(descriptor, room.address()) != 0) {
            return false;
        }
        long size = room.getLong(Layout.STATVFS_FRAGMENT);
        long left = size * room.getLong(Layout.STATVFS_AVAILABLE);
        return left < least && left < size * room.getLong(Layout.STATVFS_BLOCKS) / 8;
    }

    /** {@return the first place that is no hole; 0 if that cannot be told} What has been given back is one. */
    public long firstData() {
        return Math.max(0, LibC.lseek(descriptor, 0, SEEK_DATA));
    }

    /** Gives a part back to the file system; it reads as zeros then. {@return whether the file system can} */
    public boolean punch(long from, long to) {
        return LibC.fallocate(descriptor, PUNCH_HOLE_KEEP_SIZE, from, to - from) == 0
                || LibC.errno() != Errno.EOPNOTSUPP;
    }

    /**
     * Moves what stands from a place on to the beginning, and ends the file behind it: only while nobody can write. It is written
     * before the rest goes, so that there is no moment at which it is nowhere.
     *
     * @return whether it was little enough for that
     */
    public boolean keepFrom(long place, Scratch scratch) throws IOException {
        long length = size() - place;
        if (length > scratch.memory().size() || length > place) {
            return false;
        }
        if (length > 0
                && (LibC.pread(descriptor, scratch.memory().address(), length, place) != length
                        || LibC.pwrite(descriptor, scratch.memory().address(), length, 0) != length)) {
            throw Errno.failed("pwrite");
        }
        if (LibC.ftruncate(descriptor, length) != 0) {
            throw Errno.failed("ftruncate");
        }
        return true;
    }

    /**
     * {@return whether somebody else has it open} The kernel grants a lease for writing only if nobody has (fcntl(2)); it is
     * given back at once.
     *
     * @param otherwise the answer where there are no leases
     */
    public boolean isOpenElsewhere(BooleanSupplier otherwise) {
        LibC.fcntl(descriptor, F_SETSIG, SIGURG);
        if (LibC.fcntl(descriptor, F_SETLEASE, F_WRLCK) == 0) {
            LibC.fcntl(descriptor, F_SETLEASE, F_UNLCK);
            return false;
        }
        return LibC.errno() == Errno.EAGAIN || otherwise.getAsBoolean();
    }

    @Override
    public void close() {
        LibC.close(descriptor);
    }
}
