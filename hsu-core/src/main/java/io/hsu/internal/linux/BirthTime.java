package io.hsu.internal.linux;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** When a file was made (statx(2)), which the JDK tells from 22 on. */
public final class BirthTime {

    private static final int AT_FDCWD = -100;
    private static final int STATX_BTIME = 0x800;

    // struct statx of linux/stat.h: the mask is first.
    private static final int SIZE = 256;
    private static final int SECONDS = 80;
    private static final int NANOS = 88;

    /** {@return when it was made; empty if the file system does not tell} */
    public static Optional<Instant> of(String path) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        NativeMemory memory = new NativeMemory(SIZE + name.length + 1);
        memory.put(SIZE, name);
        int result = LibC.statx(AT_FDCWD, memory.address() + SIZE, 0, STATX_BTIME, memory.address());
        if (result != 0 || (memory.getInt(0) & STATX_BTIME) == 0) {
            return Optional.empty();
        }
        return Optional.of(Instant.ofEpochSecond(memory.getLong(SECONDS), memory.getInt(NANOS)));
    }

    private BirthTime() {}
}
