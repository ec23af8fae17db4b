package io.hsu;

import io.hsu.internal.Require;

/** Sizes in bytes. */
public final class Bytes {

    /** {@return so many KiB} */
    public static long kib(long count) {
        return times(count, 1L << 10);
    }

    /** {@return so many MiB} */
    public static long mib(long count) {
        return times(count, 1L << 20);
    }

    /** {@return so many GiB} */
    public static long gib(long count) {
        return times(count, 1L << 30);
    }

    private static long times(long count, long unit) {
        Require.argument(count >= 0, "a size must not be negative, but is %d", count);
        return Math.multiplyExact(count, unit);
    }

    private Bytes() {}
}
