package io.hsu.internal.linux;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A descriptor that is readable when somebody says so (eventfd(2)). Safe for use by many threads until it is closed. */
public final class EventFd implements AutoCloseable {

    private static final int EFD_CLOEXEC = 0x80000;
    private static final int EFD_NONBLOCK = 0x800;

    private static final NativeMemory ONE = new NativeMemory(Long.BYTES);

    static {
        ONE.putLong(0, 1);
    }

    private final int descriptor;
    private final AtomicBoolean set = new AtomicBoolean();

    public EventFd() throws IOException {
        descriptor = LibC.eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (descriptor < 0) {
            throw Errno.failed("eventfd");
        }
    }

    public int descriptor() {
        return descriptor;
    }

    /** Makes it readable. */
    public void set() {
        if (!set.get() && set.compareAndSet(false, true)) {
            LibC.write(descriptor, ONE.address(), Long.BYTES);
        }
    }

    /** Makes it unreadable; by one thread at a time. */
    public void clear(Scratch scratch) {
        LibC.read(descriptor, scratch.memory().address(), Long.BYTES);
        set.set(false);
    }

    @Override
    public void close() {
        LibC.close(descriptor);
    }
}
