package io.hsu;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a process is given by the kernel at its launch beside its limits.
 *
 * @param bestEffort whether niceness, shares and weight are left out where the system cannot
 */
record LaunchSettings(
        OptionalInt niceness, OptionalInt cpuShares, OptionalInt ioWeight, boolean bestEffort, OptionalLong coreDumps) {

    static final LaunchSettings NONE = new LaunchSettings(
            OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), false, OptionalLong.empty());

    LaunchSettings withNiceness(int value) {
        return new LaunchSettings(OptionalInt.of(value), cpuShares, ioWeight, bestEffort, coreDumps);
    }

    LaunchSettings withCpuShares(int value) {
        return new LaunchSettings(niceness, OptionalInt.of(value), ioWeight, bestEffort, coreDumps);
    }

    LaunchSettings withIoWeight(int value) {
        return new LaunchSettings(niceness, cpuShares, OptionalInt.of(value), bestEffort, coreDumps);
    }

    LaunchSettings withBestEffort() {
        return new LaunchSettings(niceness, cpuShares, ioWeight, true, coreDumps);
    }

    LaunchSettings withCoreDumps(long bytes) {
        return new LaunchSettings(niceness, cpuShares, ioWeight, bestEffort, OptionalLong.of(bytes));
    }
}
