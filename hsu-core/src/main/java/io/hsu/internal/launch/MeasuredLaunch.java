package io.hsu.internal.launch;

import io.hsu.spi.ResourceTarget;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What a resource monitor is told of a launch.
 *
 * @param pid the process
 * @param start when it has begun, in the kernel's ticks; empty if that is not known
 * @param tree whether all that came out of it is measured
 * @param group tells the control group that it is in, at each pass
 * @param mark its mark; empty if it has none
 */
public record MeasuredLaunch(
        long pid, OptionalLong start, boolean tree, Supplier<Optional<Path>> group, Optional<String> mark)
        implements ResourceTarget {

    /** {@return one with a start that is not known if it is 0} */
    public static MeasuredLaunch of(long pid, long start, boolean tree, Supplier<Optional<Path>> group, String mark) {
        OptionalLong known = start == 0 ? OptionalLong.empty() : OptionalLong.of(start);
        return new MeasuredLaunch(pid, known, tree, group, Optional.ofNullable(mark));
    }

    @Override
    public Optional<Path> controlGroup() {
        return group.get();
    }
}
