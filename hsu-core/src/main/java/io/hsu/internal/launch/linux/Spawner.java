package io.hsu.internal.launch.linux;

import io.hsu.internal.linux.Gate;
import io.hsu.internal.linux.Layout;
import io.hsu.internal.linux.LibC;
import io.hsu.internal.linux.NativeMemory;
import io.hsu.internal.linux.SpawnIntoCgroup;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;

/**
 * Calls posix_spawn(3): a session of its own, no signal blocked or ignored, no descriptor but the three standard ones. glibc
 * makes the child with a shared memory until it executes (CLONE_VFORK), so its cost does not grow with this JVM's size, and a
 * failure to execute comes back as the call's own error.
 */
final class Spawner {

    private static final short POSIX_SPAWN_SETSIGDEF = 0x04;
    private static final short POSIX_SPAWN_SETSIGMASK = 0x08;
    private static final short POSIX_SPAWN_SETSID = 0x80;

    private static final int O_RDONLY = 0;
    private static final int O_WRONLY = 1;
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    /** No descriptor. A stream goes to /dev/null then. */
    static final int NONE = -1;

    private final NativeMemory attributes = newAttributes(0);
    private final ThreadLocal<NativeMemory> attributesWithGroup =
            ThreadLocal.withInitial(() -> newAttributes(SpawnIntoCgroup.POSIX_SPAWN_SETCGROUP));
    private final NativeMemory devNull = NativeMemory.string("/dev/null".getBytes(StandardCharsets.US_ASCII));
    private final ThreadLocal<NativeMemory> actions =
            ThreadLocal.withInitial(() -> new NativeMemory(Layout.SPAWN_ACTIONS_SIZE));

    private static NativeMemory newAttributes(int moreFlags) {
        NativeMemory attributes = new NativeMemory(Layout.SPAWN_ATTRIBUTES_SIZE);
        NativeMemory signals = new NativeMemory(Layout.SIGSET_SIZE);
        long address = attributes.address();
        try {
            LibC.posix_spawnattr_init(address);
            LibC.posix_spawnattr_setflags(
                    address, (short) (POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID | moreFlags));
            LibC.sigemptyset(signals.address());
            LibC.posix_spawnattr_setsigmask(address, signals.address());
            LibC.sigfillset(signals.address());
            LibC.posix_spawnattr_setsigdefault(address, signals.address());
            return attributes;
        } finally {
            Reference.reachabilityFence(signals); // not to be freed while it is read
        }
    }

    /**
     * Spawns.
     *
     * @param stdout the descriptor it writes to, or {@link #NONE}
     * @param group the descriptor of the control group that it is born in, or {@link #NONE} for the manager's own
     * @param gate where it waits before it does anything; null if it does not
     * @param pid gets the process id
     * @return 0, or the error number
     */
    int spawn(SpawnBlock block, String mark, int stdout, int stderr, int group, Gate gate, NativeMemory pid) {
        long list = actions.get().address();
        int error = LibC.posix_spawn_file_actions_init(list);
        if (error != 0) {
            return error;
        }
        try {
            error = first(
                    gate == null ? 0 : waitAt(gate, list),
                    LibC.posix_spawn_file_actions_addopen(list, STDIN, devNull.address(), O_RDONLY, 0),
                    output(list, stdout, STDOUT),
                    output(list, stderr, STDERR),
                    LibC.posix_spawn_file_actions_addclosefrom_np(list, STDERR + 1),
                    block.directory() == 0 ? 0 : LibC.posix_spawn_file_actions_addchdir_np(list, block.directory()));
            if (error != 0) {
                return error;
            }
            // One at a time: the mark is written into the block. Nobody else's code is called here.
            synchronized (block) {
                return LibC.posix_spawn(
                        pid.address(),
                        block.path(),
                        list,
                        attributes(group),
                        block.arguments(),
                        block.environment(mark));
            }
        } finally {
            LibC.posix_spawn_file_actions_destroy(list);
        }
    }

    /** Twice: the first time it waits; the second time the gate is not there if this process is not any more. */
    private static int waitAt(Gate gate, long list) {
        return first(
                LibC.posix_spawn_file_actions_addclose(list, gate.descriptor()),
                LibC.posix_spawn_file_actions_addopen(list, STDIN, gate.path(), O_RDONLY, 0),
                LibC.posix_spawn_file_actions_addopen(list, STDIN, gate.path(), O_RDONLY, 0));
    }

    private long attributes(int group) {
        if (group == NONE) {
            return attributes.address();
        }
        long address = attributesWithGroup.get().address();
        SpawnIntoCgroup.posix_spawnattr_setcgroup_np(address, group);
        return address;
    }

    private int output(long list, int from, int stream) {
        return from == NONE
                ? LibC.posix_spawn_file_actions_addopen(list, stream, devNull.address(), O_WRONLY, 0)
                : LibC.posix_spawn_file_actions_adddup2(list, from, stream);
    }

    private static int first(int... errors) {
        for (int error : errors) {
            if (error != 0) {
                return error;
            }
        }
        return 0;
    }
}
