package io.hsu;

import io.hsu.internal.Require;

/**
 * How one limit of a process is held on this system.
 *
 * @param limit the limit, as it holds now: an adjustment may have raised it
 * @param holder who holds it
 * @param detail by what it is held, or why the kernel does not hold it, in words
 */
public record LimitStatus(Limit limit, Holder holder, String detail) {

    public LimitStatus {
        Require.nonNull(limit, "limit");
        Require.nonNull(holder, "holder");
        Require.nonNull(detail, "detail");
    }

    /** Who holds a limit. */
    public enum Holder {
        /** The kernel, for each process by itself (setrlimit(2)); watched as well. */
        RLIMIT,
        /** The kernel, for the tree as a whole (cgroups(7)); watched as well. */
        CGROUP,
        /** The manager alone, as it is meant to be. */
        WATCHED,
        /**
         * It is not held as it is meant to be: the kernel was to hold it and cannot here, or it cannot be watched; which is tolerated.
         * The detail says so, and why.
         */
        UNSUPPORTED
    }

    /** {@return whether the kernel holds it} */
    public boolean isHeldByKernel() {
        return holder == Holder.RLIMIT || holder == Holder.CGROUP;
    }
}
