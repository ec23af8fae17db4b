package io.hsu.internal.linux;

import java.nio.charset.StandardCharsets;

/** Reads and writes the short files by which the kernel talks, in as few steps as it takes. */
public final class SmallFile {

    private static final int O_WRONLY = 1;
    // The one flag of open(2) whose value is not the same everywhere.
    private static final int O_DIRECTORY = "aarch64".equals(System.getProperty("os.arch")) ? 0x4000 : 0x10000;
    private static final int O_CLOEXEC = 0x80000;

    /** The longest path, and more than any of these files. */
    public static final int SIZE = 4096;

    private static final ThreadLocal<NativeMemory> MEMORY = ThreadLocal.withInitial(() -> new NativeMemory(SIZE));

    /** {@return what stands in it, {@link #SIZE} bytes at the most; empty if it cannot be read} */
    public static String read(String path) {
        return read(path, "");
    }

    /** {@return what stands in it, or something else if it cannot be read} */
    public static String read(String path, String otherwise) {
        NativeMemory memory = MEMORY.get();
        int descriptor = open(memory, path, 0);
        if (descriptor < 0) {
            return otherwise;
        }
        int length = (int) LibC.read(descriptor, memory.address(), SIZE);
        LibC.close(descriptor);
        if (length < 0) {
            return otherwise;
        }
        byte[] bytes = new byte[length];
        memory.get(0, bytes, 0, length);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** {@return whether it was written} */
    public static boolean write(String path, String text) {
        return put(path, text) == 0;
    }

    /** {@return 0 if it was written, else the error number} */
    public static int put(String path, String text) {
        NativeMemory memory = MEMORY.get();
        int descriptor = open(memory, path, O_WRONLY);
        if (descriptor < 0) {
            return LibC.errno();
        }
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        memory.put(0, bytes);
        long written = LibC.write(descriptor, memory.address(), bytes.length);
        int error = written < 0 ? LibC.errno() : written == bytes.length ? 0 : Errno.EINVAL;
        LibC.close(descriptor);
        return error;
    }

    /** {@return whether the directory was made} */
    public static boolean makeDirectory(String path) {
        NativeMemory memory = MEMORY.get();
        memory.put(0, (path + '\0').getBytes(StandardCharsets.UTF_8));
        return LibC.mkdir(memory.address(), 0755) == 0;
    }

    /** {@return a descriptor of a directory, closed on exec; -1 if it cannot be opened} */
    public static int openDirectory(String path) {
        return open(MEMORY.get(), path, O_DIRECTORY);
    }

    /** {@return a descriptor of a file, closed on exec; -1 if it cannot be opened} */
    static int openFile(String path, int flags) {
        return open(MEMORY.get(), path, flags);
    }

    private static int open(NativeMemory memory, String path, int flags) {
        memory.put(0, (path + '\0').getBytes(StandardCharsets.UTF_8));
        return LibC.open(memory.address(), flags | O_CLOEXEC, 0);
    }

    private SmallFile() {}
}
