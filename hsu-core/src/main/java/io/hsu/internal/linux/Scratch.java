package io.hsu.internal.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What one thread reads into: used again for each read, so that reading allocates nothing. */
public final class Scratch {

    /** As much as a pipe holds that was made larger ({@link PipeRoom}). */
    public static final int MOST = 1024 * 1024;

    /** As much as a pipe holds usually (pipe(7)). */
    private static final int LEAST = 64 * 1024;

    private NativeMemory memory;
    private ByteBuffer bytes;
    private boolean shared;

    public Scratch() {
        allocate(LEAST);
    }

    private void allocate(int size) {
        memory = new NativeMemory(size);
        bytes = memory.buffer().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Others wait for their turns, or nobody does: who has a large pipe is not to get more than they. */
    void shared(boolean others) {
        shared = others;
    }

    /** {@return whether nobody else has waited for a turn} */
    public boolean isAlone() {
        return !shared;
    }

    /** {@return how much may be taken in one turn, whoever takes it} */
    public int turn() {
        return shared ? LEAST : MOST;
    }

    private int toRead() {
        return Math.min(turn(), memory.size());
    }

    /**
     * Reads what is there.
     *
     * @return how much it was; 0 at the end; less than 0 if it has failed, or nothing is there yet ({@link LibC#errno})
     */
    public int read(int descriptor) {
        return read(LibC.read(descriptor, memory.address(), toRead()));
    }

    /** Reads what is there at a place of a file. {@return as {@link #read(int)}} */
    public int read(int descriptor, long offset) {
        return read(LibC.pread(descriptor, memory.address(), toRead(), offset));
    }

    private int read(long length) {
        bytes.limit((int) Math.max(0, length)).position(0);
        return (int) length;
    }

    /** {@return whether the last read has filled it, so that there may be more} */
    public boolean isFull() {
        return bytes.limit() >= toRead();
    }

    /** Makes room for more, if the last read has filled it; what it has brought is gone then. */
    public void growIfFull() {
        if (!shared && isFull() && memory.size() < MOST) {
            allocate(MOST);
        }
    }

    /** {@return what native functions may write into, until the next read} */
    public NativeMemory memory() {
        return memory;
    }

    /** {@return what the last read has brought} */
    public ByteBuffer bytes() {
        return bytes;
    }
}
