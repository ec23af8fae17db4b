package io.hsu.internal.launch;

import io.hsu.LimitStatus.Holder;

/**
 * Whether a launcher can have the kernel hold something.
 *
 * @param holder {@link Holder#RLIMIT} or {@link Holder#CGROUP} if it can, {@link Holder#UNSUPPORTED} if not
 * @param detail by what it is held, or why it cannot be, in words
 */
public record LimitSupport(Holder holder, String detail) {

    /** {@return that it is held for each process by itself} */
    public static LimitSupport byProcess(String detail) {
        return new LimitSupport(Holder.RLIMIT, detail);
    }

    /** {@return that it is held for the tree} */
    public static LimitSupport byGroup(String detail) {
        return new LimitSupport(Holder.CGROUP, detail);
    }

    /** {@return that it cannot be held} */
    public static LimitSupport none(String why) {
        return new LimitSupport(Holder.UNSUPPORTED, why);
    }

    /** {@return whether it can be held} */
    public boolean isThere() {
        return holder != Holder.UNSUPPORTED;
    }
}
