package io.hsu.internal.linux;

import java.io.IOException;

/**
 * A file that the kernel moves the contents of pipes to (splice(2)). It is written at places that are named: one that is opened
 * for appending is refused by the kernel. Used by one thread at a time.
 */
public final class SpliceFile implements AutoCloseable {

    /** The file system cannot. */
    public static final long UNABLE = -3;

    private static final long NOTHING_YET = -1;

    private static final int O_WRONLY = 1;
    private static final int SPLICE_F_MOVE = 1;
    private static final int SPLICE_F_NONBLOCK = 2;

    private final int descriptor;
    private final NativeMemory offset = new NativeMemory(Long.BYTES);

    private SpliceFile(int descriptor) {
        this.descriptor = descriptor;
    }

    /** {@return an existing file} */
    public static SpliceFile open(String path) throws IOException {
        int descriptor = SmallFile.openFile(path, O_WRONLY);
        if (descriptor < 0) {
            throw Errno.failed("open");
        }
        return new SpliceFile(descriptor);
    }

    /**
     * Moves what is in a pipe.
     *
     * @param at where it goes in the file
     * @param most how many bytes at most
     * @return how many bytes; 0 at the end of the pipe; -1 if nothing is there yet; {@link #UNABLE}
     */
    public long move(int pipe, long at, long most) throws IOException {
        offset.putLong(0, at);
        long moved = LibC.splice(pipe, 0, descriptor, offset.address(), most, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
        if (moved >= 0) {
            return moved;
        }
        return switch (LibC.errno()) {
            case Errno.EAGAIN, Errno.EINTR -> NOTHING_YET;
            case Errno.EINVAL, Errno.ENOSYS, Errno.EPERM -> UNABLE;
            default -> throw Errno.failed("splice");
        };
    }

    @Override
    public void close() {
        LibC.close(descriptor);
    }
}
