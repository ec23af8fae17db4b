package io.hsu.internal.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** What glibc has since 2.39: a child is born in a control group. Apart from {@link LibC}, because older ones do without. */
public final class SpawnIntoCgroup {

    /** For posix_spawnattr_setflags. */
    public static final short POSIX_SPAWN_SETCGROUP = 0x100;

    private static final boolean AVAILABLE = register();

    private static boolean register() {
        try {
            Native.register(SpawnIntoCgroup.class, NativeLibrary.getInstance("c"));
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    /** {@return whether this C library has it} */
    public static boolean isAvailable() {
        return AVAILABLE;
    }

    /** The group's directory, as an open descriptor. */
    public static native int posix_spawnattr_setcgroup_np(long attributes, int descriptor);

    private SpawnIntoCgroup() {}
}
