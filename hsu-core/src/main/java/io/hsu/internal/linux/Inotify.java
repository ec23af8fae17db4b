package io.hsu.internal.linux;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;

/** Tells what happens to files (inotify(7)). Safe for use by many threads until it is closed. */
public final class Inotify implements AutoCloseable {

    /** Something was written. */
    public static final int MODIFY = 0x2;
    /** The last of those who had it open for writing has closed it: the file of one {@code open} is shared by all that inherit it. */
    public static final int CLOSE_WRITE = 0x8;
    /** Somebody who could only read has closed it. */
    public static final int CLOSE_NOWRITE = 0x10;
    /** Events were lost. */
    public static final int OVERFLOW = 0x4000;

    private static final int CLOEXEC_NONBLOCK = 0x80800;

    // struct inotify_event: watch, mask, cookie, length of a name that follows.
    private static final int WATCH = 0;
    private static final int MASK = 4;
    private static final int NAME_LENGTH = 12;
    private static final int HEADER_SIZE = 16;

    /** Told of events. */
    @FunctionalInterface
    public interface Consumer {
        void event(int watch, int mask);
    }

    private final int descriptor;

    public Inotify() throws IOException {
        descriptor = LibC.inotify_init1(CLOEXEC_NONBLOCK);
        if (descriptor < 0) {
            throw Errno.failed("inotify_init1");
        }
    }

    public int descriptor() {
        return descriptor;
    }

    /** {@return the number of a watch on a file} */
    public int watch(String path, int mask) throws IOException {
        NativeMemory name = NativeMemory.string(path.getBytes(StandardCharsets.UTF_8));
        int watch;
        int errno;
        try {
            watch = LibC.inotify_add_watch(descriptor, name.address(), mask);
            errno = watch < 0 ? LibC.errno() : 0;
        } finally {
            Reference.reachabilityFence(name);
        }
        if (errno == Errno.ENOSPC) {
            throw new IOException(
                    "inotify_add_watch: this user has no watches left; raise fs.inotify.max_user_watches");
        }
        if (watch < 0) {
            throw Errno.failed("inotify_add_watch", errno);
        }
        return watch;
    }

    public void unwatch(int watch) {
        LibC.inotify_rm_watch(descriptor, watch);
    }

    /** Takes what has happened since. {@return how much it was, for {@link #tell}} */
    public long read(Scratch scratch) {
        return LibC.read(
                descriptor, scratch.memory().address(), scratch.memory().size());
    }

    /** Tells what was taken. */
    public static void tell(Scratch scratch, long length, Consumer consumer) {
        NativeMemory memory = scratch.memory();
        for (int at = 0; at < length; at += HEADER_SIZE + memory.getInt(at + NAME_LENGTH)) {
            consumer.event(memory.getInt(at + WATCH), memory.getInt(at + MASK));
        }
    }

    @Override
    public void close() {
        LibC.close(descriptor);
    }
}
