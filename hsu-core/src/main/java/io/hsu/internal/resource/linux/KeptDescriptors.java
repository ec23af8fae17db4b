package io.hsu.internal.resource.linux;

import io.hsu.internal.linux.ProcReader;
import io.hsu.internal.linux.SmallFile;

/**
 * How many descriptors may be kept open: to open a file each time costs twice as much as to read it, but launches need descriptors
 * too, so that a quarter of what this process may have is the most.
 */
final class KeptDescriptors {

    private static final int SHARE = 4;
    private static final String LIMIT = "Max open files";

    private int left;

    KeptDescriptors(int most) {
        this.left = most;
    }

    /** {@return as many as this process's limit allows} */
    static KeptDescriptors ofThisProcess() {
        return new KeptDescriptors(limit(SmallFile.read("/proc/self/limits")) / SHARE);
    }

    /** {@return the limit that holds, as a text of {@code /proc/<pid>/limits} tells; none is kept if it does not} */
    static int limit(String limits) {
        int at = limits.indexOf(LIMIT);
        if (at < 0) {
            return 0;
        }
        String soft = limits.substring(at + LIMIT.length()).strip().split("\\s", 2)[0];
        return soft.matches("\\d{1,9}") ? Integer.parseInt(soft) : Integer.MAX_VALUE;
    }

    /** {@return whether one more may be kept} */
    boolean take() {
        if (left <= 0) {
            return false;
        }
        left--;
        return true;
    }

    /** Closes one that was kept, if it was. {@return -1, for no descriptor} */
    int close(int descriptor) {
        if (descriptor >= 0) {
            ProcReader.close(descriptor);
            left++;
        }
        return -1;
    }

    int left() {
        return left;
    }
}
