package io.hsu.internal.resource.oshi;

import io.hsu.SystemUsage;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.software.os.OSFileStore;
import oshi.spi.SystemInfoProvider;

/** Looks at the whole system by OSHI. One look at a time. */
public final class OshiSystem {

    private static final int LOADS = 3;
    private static final double PERCENT = 100;

    private final SystemInfoProvider oshi = Oshi.open();
    /** Null before the first look. */
    private long[] ticks;

    /**
     * {@return how busy and how full the system is} Blocks: a file system may take its time.
     *
     * @param time when this is
     */
    public SystemUsage look(Instant time) {
        CentralProcessor processor = oshi.getHardware().getProcessor();
        double[] load = processor.getSystemLoadAverage(LOADS);
        GlobalMemory memory = oshi.getHardware().getMemory();
        return new SystemUsage(
                time,
                load(load, 0),
                load(load, 1),
                load(load, 2),
                cpuPercent(processor),
                processor.getLogicalProcessorCount(),
                memory.getTotal(),
                memory.getAvailable(),
                memory.getVirtualMemory().getSwapTotal(),
                memory.getVirtualMemory().getSwapUsed(),
                disks());
    }

    private static OptionalDouble load(double[] load, int index) {
        return index < load.length && load[index] >= 0 ? OptionalDouble.of(load[index]) : OptionalDouble.empty();
    }

    private OptionalDouble cpuPercent(CentralProcessor processor) {
        long[] before = ticks;
        ticks = processor.getSystemCpuLoadTicks();
        return before == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(processor.getSystemCpuLoadBetweenTicks(before, ticks) * PERCENT);
    }

    /** Local ones alone: a server that does not answer would hold up everything. */
    private List<SystemUsage.Disk> disks() {
        return oshi.getOperatingSystem().getFileSystem().getFileStores(true).stream()
                .map(OshiSystem::disk)
                .toList();
    }

    private static SystemUsage.Disk disk(OSFileStore store) {
        return new SystemUsage.Disk(store.getMount(), store.getType(), store.getTotalSpace(), store.getUsableSpace());
    }
}
