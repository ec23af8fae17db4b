package io.hsu.internal.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hsu.testkit.NativeChild;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The structures' layouts are what the kernel and glibc fill. */
@EnabledOnOs(OS.LINUX)
class LayoutTest {

    private static final long NUMBER = 0x1122_3344_5566_7788L;
    private static final int GUARD = 0x5A5A_5A5A;

    @BeforeEach
    void needsTheLauncher() {
        assumeTrue(
                LinuxSupport.missing().isEmpty(), () -> LinuxSupport.missing().orElseThrow());
    }

    @Test
    void epollEvent_asTheHeadersHaveIt() {
        // linux/eventpoll.h: packed on x86-64, so that 32-bit programs agree; naturally aligned everywhere else.
        assertEquals(new Layout(4 + 8, 4), Layout.X86_64);
        assertEquals(new Layout(8 + 8, 8), Layout.AARCH64);
    }

    @Test
    void epollEvent_asTheKernelWritesIt() throws IOException {
        Layout layout = Layout.ofThisSystem();
        int size = layout.epollEventSize();
        NativeMemory memory = new NativeMemory(256);
        Descriptors.Pipe pipe = Descriptors.pipe(memory);
        int epoll = LibC.epoll_create1(0);
        try {
            memory.putInt(0, 1);
            memory.putLong(layout.epollEventData(), NUMBER);
            assertEquals(0, LibC.epoll_ctl(epoll, 1, pipe.read(), memory.address()));
            LibC.close(pipe.write());
            memory.putInt(size, GUARD);
            assertEquals(1, LibC.epoll_wait(epoll, memory.address(), 4, 1000));
            assertEquals(NUMBER, memory.getLong(layout.epollEventData()), "the data comes back from where it was put");
            assertEquals(0x10, memory.getInt(0) & 0x10, "the events are at the beginning: hung up");
            assertEquals(GUARD, memory.getInt(size), "one event is no longer than that");
        } finally {
            LibC.close(epoll);
            LibC.close(pipe.read());
        }
    }

    @Test
    void siginfo_ofAnExit() throws IOException {
        NativeChild child = NativeChild.sh("exit 7");
        NativeMemory memory = child.await();
        assertEquals(child.pid(), memory.getInt(Layout.SIGINFO_PID));
        assertEquals(1, memory.getInt(Layout.SIGINFO_CODE), "CLD_EXITED");
        assertEquals(7, memory.getInt(Layout.SIGINFO_STATUS));
    }

    @Test
    void siginfo_ofADeathBySignal() throws IOException {
        NativeMemory memory = NativeChild.sh("kill -9 $$").await();
        assertEquals(2, memory.getInt(Layout.SIGINFO_CODE), "CLD_KILLED");
        assertEquals(9, memory.getInt(Layout.SIGINFO_STATUS));
    }

    @Test
    void rusage_timesAndMemory() throws IOException {
        // dd copies in the kernel, with a buffer of 64 MiB; the loop counts in the shell.
        NativeMemory memory = NativeChild.sh("i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; "
                        + "dd if=/dev/zero of=/dev/null bs=64M count=20 2>/dev/null")
                .await();
        int at = Layout.SIGINFO_SIZE;
        double user = seconds(memory, at + Layout.RUSAGE_USER_SECONDS, at + Layout.RUSAGE_USER_MICROS);
        double system = seconds(memory, at + Layout.RUSAGE_SYSTEM_SECONDS, at + Layout.RUSAGE_SYSTEM_MICROS);
        long kib = memory.getLong(at + Layout.RUSAGE_MAX_RSS_KIB);
        assertTrue(user > 0.02 && user < 60, () -> "user " + user);
        assertTrue(system > 0.005 && system < 60, () -> "system " + system);
        assertTrue(kib > 64 * 1024 && kib < 64L * 1024 * 1024, () -> "KiB " + kib);
    }

    private static double seconds(NativeMemory memory, int seconds, int micros) {
        assertTrue(memory.getLong(micros) < 1_000_000);
        return memory.getLong(seconds) + memory.getLong(micros) / 1e6;
    }

    @Test
    void sigaction_ofASignalTheJvmHandles() {
        NativeMemory memory = new NativeMemory(Layout.SIGACTION_SIZE + 4);
        memory.putInt(Layout.SIGACTION_SIZE, GUARD);
        assertEquals(0, LibC.sigaction(11, 0, memory.address()));
        assertTrue(memory.getLong(0) > 1, "a handler's address");
        int flags = memory.getInt(Layout.SIGACTION_FLAGS);
        assertEquals(4, flags & 4, "SA_SIGINFO, as the JVM sets it");
        assertEquals(GUARD, memory.getInt(Layout.SIGACTION_SIZE), "no longer than that");
    }

    @Test
    void opaqueStructures_fit() {
        NativeMemory set = guarded(Layout.SIGSET_SIZE);
        LibC.sigfillset(set.address());
        assertGuarded(set, Layout.SIGSET_SIZE);
        NativeMemory attributes = guarded(Layout.SPAWN_ATTRIBUTES_SIZE);
        LibC.posix_spawnattr_init(attributes.address());
        assertGuarded(attributes, Layout.SPAWN_ATTRIBUTES_SIZE);
        NativeMemory actions = guarded(Layout.SPAWN_ACTIONS_SIZE);
        LibC.posix_spawn_file_actions_init(actions.address());
        assertGuarded(actions, Layout.SPAWN_ACTIONS_SIZE);
    }

    private static NativeMemory guarded(int size) {
        NativeMemory memory = new NativeMemory(size + 4);
        memory.putInt(size, GUARD);
        return memory;
    }

    private static void assertGuarded(NativeMemory memory, int size) {
        assertEquals(GUARD, memory.getInt(size));
    }
}
