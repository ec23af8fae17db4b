package io.hsu.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hsu.internal.linux.Layout;
import io.hsu.internal.linux.LibC;
import io.hsu.internal.linux.NativeMemory;
import io.hsu.internal.linux.PidFd;
import java.nio.charset.StandardCharsets;

/** A child made by the native functions alone, without a launcher. */
public final class NativeChild {

    private final int pid;

    private NativeChild(int pid) {
        this.pid = pid;
    }

    /** Runs a shell script. */
    public static NativeChild sh(String script) {
        NativeMemory shell = text("/bin/sh");
        NativeMemory option = text("-c");
        NativeMemory code = text(script);
        NativeMemory path = text("PATH=/usr/bin:/bin");
        NativeMemory memory = new NativeMemory(64);
        memory.putLong(0, shell.address());
        memory.putLong(8, option.address());
        memory.putLong(16, code.address());
        memory.putLong(24, 0);
        memory.putLong(32, path.address());
        memory.putLong(40, 0);
        int error =
                LibC.posix_spawn(memory.address() + 48, shell.address(), 0, 0, memory.address(), memory.address() + 32);
        assertEquals(0, error);
        return new NativeChild(memory.getInt(48));
    }

    private static NativeMemory text(String text) {
        return NativeMemory.string(text.getBytes(StandardCharsets.UTF_8));
    }

    public int pid() {
        return pid;
    }

    /** {@return how it has ended, and from {@link Layout#SIGINFO_SIZE} on what it has used} */
    public NativeMemory await() {
        NativeMemory memory = new NativeMemory(Layout.SIGINFO_SIZE + Layout.RUSAGE_SIZE);
        assertEquals(0, PidFd.await(pid, memory.address(), memory.address() + Layout.SIGINFO_SIZE));
        return memory;
    }
}
