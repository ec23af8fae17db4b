package io.hsu.internal.linux;

/** What one thread reads into: used again for each read, so that reading allocates nothing. */
public final class Scratch {

    /** As much as a pipe holds unless it is enlarged (pipe(7)). */
    public static final int SIZE = 64 * 1024;

    private final NativeMemory memory = new NativeMemory(SIZE);
    private final byte[] bytes = new byte[SIZE];

    /**
     * Reads what is there.
     *
     * @return how much it was; 0 at the end; less than 0 if it has failed, or nothing is there yet ({@link LibC#errno})
     */
    public int read(int descriptor) {
        int length = (int) LibC.read(descriptor, memory.address(), SIZE);
        if (length > 0) {
            memory.get(0, bytes, 0, length);
        }
        return length;
    }

    /** {@return what native functions may write into, until the next read} */
    public NativeMemory memory() {
        return memory;
    }

    /** {@return what the last read has brought} */
    public byte[] bytes() {
        return bytes;
    }
}
