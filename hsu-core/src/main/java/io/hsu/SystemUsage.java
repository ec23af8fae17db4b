package io.hsu;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How busy and how full the whole system is. Make none yourself: the components may grow in number.
 *
 * @param time when this was looked at
 * @param load1 how many processes ran or wanted to, on average of a minute; empty where the system does not count that
 * @param load5 the same of five minutes
 * @param load15 the same of fifteen minutes
 * @param cpuPercent how busy all processors together were since the look before, in percent; empty the first time
 * @param processors how many logical processors there are
 * @param memoryTotal the memory in bytes
 * @param memoryAvailable what of it programs can have without swapping
 * @param swapTotal the swap space in bytes
 * @param swapUsed what of it is in use
 * @param disks the local file systems
 */
public record SystemUsage(
        Instant time,
        OptionalDouble load1,
        OptionalDouble load5,
        OptionalDouble load15,
        OptionalDouble cpuPercent,
        int processors,
        long memoryTotal,
        long memoryAvailable,
        long swapTotal,
        long swapUsed,
        List<Disk> disks) {

    public SystemUsage {
        disks = List.copyOf(disks);
    }

    /**
     * A file system.
     *
     * @param mount where it is found
     * @param type its type, such as {@code ext4}
     * @param total its size in bytes
     * @param usable what of it this process could still write
     */
    public record Disk(String mount, String type, long total, long usable) {}
}
