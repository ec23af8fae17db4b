package io.hsu.internal.launch.linux;

import io.hsu.Limit;
import io.hsu.LimitAction;
import io.hsu.LimitKind;
import java.util.List;
import java.util.Optional;

/**
 * One file of a control group and what is written to it, as the kernel's documentation has it (cgroup-v1, cgroup-v2).
 *
 * @param controller the one that must be there
 * @param file the file's name
 * @param values what is written to it, one after another
 * @param optional whether it is done without where the kernel has no such file
 */
record GroupSetting(Controller controller, String file, List<String> values, boolean optional) {

    private static final long PERIOD = 100_000;
    private static final long LONG_PERIOD = 1_000_000;
    /** The kernel takes no less. */
    private static final long LEAST_QUOTA = 1000;

    private static final long MOST_WEIGHT = 10_000;

    GroupSetting(Controller controller, String file, String value) {
        this(controller, file, List.of(value), false);
    }

    /** {@return the controller by which limits of a kind are held} */
    static Optional<Controller> controllerOf(LimitKind kind) {
        return switch (kind) {
            case MEMORY, SWAP -> Optional.of(Controller.MEMORY);
            case CPU_PERCENT -> Optional.of(Controller.CPU);
            case PROCESSES -> Optional.of(Controller.PIDS);
            case READ_BYTES, WRITE_BYTES, READ_OPERATIONS, WRITE_OPERATIONS -> Optional.of(Controller.IO);
            case VIRTUAL_MEMORY, CPU_TIME, OPEN_FILES, CHILD_PROCESSES -> Optional.empty();
        };
    }

    /** {@return why a version of control groups has nothing for a limit; empty if it has} */
    static Optional<String> whyNot(int version, Limit limit, List<Limit> all) {
        if (version == 2) {
            return Optional.empty();
        }
        return switch (limit.kind()) {
            case MEMORY ->
                limit.action() == LimitAction.THROTTLE
                        ? Optional.of("control groups of version 1 do not slow down what takes much memory")
                        : Optional.empty();
            case SWAP ->
                memoryBeside(all).isPresent()
                        ? Optional.empty()
                        : Optional.of("control groups of version 1 count swap together with memory, so that it takes a "
                                + "limit of memory beside it that is held by the kernel too");
            case WRITE_BYTES, WRITE_OPERATIONS ->
                Optional.of("control groups of version 1 do not count what goes through the page cache");
            default -> Optional.empty();
        };
    }

    private static Optional<Limit> memoryBeside(List<Limit> all) {
        return all.stream()
                .filter(limit -> limit.kind() == LimitKind.MEMORY && limit.action() != LimitAction.THROTTLE)
                .findFirst();
    }

    /**
     * {@return what to write for a limit}
     *
     * @param all all that the kernel is to hold for the process
     * @param disks the numbers of the disks, {@code major:minor}
     */
    static List<GroupSetting> of(int version, Limit limit, List<Limit> all, List<String> disks) {
        return version == 1 ? version1(limit, all, disks) : version2(limit, disks);
    }

    private static List<GroupSetting> version2(Limit limit, List<String> disks) {
        String amount = Long.toString((long) limit.amount());
        return switch (limit.kind()) {
            case MEMORY ->
                limit.action() == LimitAction.THROTTLE
                        ? List.of(new GroupSetting(Controller.MEMORY, "memory.high", amount))
                        : List.of(
                                new GroupSetting(Controller.MEMORY, "memory.max", amount),
                                // The tree is one thing: a server whose worker alone is killed has no limit, but an
                                // accident.
                                new GroupSetting(Controller.MEMORY, "memory.oom.group", List.of("1"), true));
            case SWAP -> List.of(new GroupSetting(Controller.MEMORY, "memory.swap.max", amount));
            case CPU_PERCENT -> cpu(2, limit.amount());
            case PROCESSES -> List.of(new GroupSetting(Controller.PIDS, "pids.max", amount));
            case READ_BYTES -> List.of(forDisks("io.max", disks, "rbps=" + amount));
            case WRITE_BYTES -> List.of(forDisks("io.max", disks, "wbps=" + amount));
            case READ_OPERATIONS -> List.of(forDisks("io.max", disks, "riops=" + amount));
            case WRITE_OPERATIONS -> List.of(forDisks("io.max", disks, "wiops=" + amount));
            case VIRTUAL_MEMORY, CPU_TIME, OPEN_FILES, CHILD_PROCESSES -> List.of();
        };
    }

    private static List<GroupSetting> version1(Limit limit, List<Limit> all, List<String> disks) {
        String amount = Long.toString((long) limit.amount());
        return switch (limit.kind()) {
            case MEMORY -> List.of(new GroupSetting(Controller.MEMORY, "memory.limit_in_bytes", amount));
            case SWAP -> {
                double together =
                        limit.amount() + memoryBeside(all).orElseThrow().amount();
                yield List.of(new GroupSetting(
                        Controller.MEMORY, "memory.memsw.limit_in_bytes", Long.toString((long) together)));
            }
            case CPU_PERCENT -> cpu(1, limit.amount());
            case PROCESSES -> List.of(new GroupSetting(Controller.PIDS, "pids.max", amount));
            case READ_BYTES -> List.of(forDisks("blkio.throttle.read_bps_device", disks, amount));
            case READ_OPERATIONS -> List.of(forDisks("blkio.throttle.read_iops_device", disks, amount));
            default -> List.of();
        };
    }

    /** {@return what to write for a share of the processor} In proportion: 1024 of the one are 100 of the other. */
    static GroupSetting shares(int version, long shares) {
        return version == 1
                ? new GroupSetting(Controller.CPU, "cpu.shares", Long.toString(shares))
                : new GroupSetting(
                        Controller.CPU,
                        "cpu.weight",
                        Long.toString(Math.max(1, Math.min(MOST_WEIGHT, Math.round(shares * 100 / 1024.0)))));
    }

    /** {@return what to write to allow so much processor time, in percent of one core} */
    private static List<GroupSetting> cpu(int version, double percent) {
        Quota quota = Quota.of(percent);
        return version == 1
                ? List.of(
                        new GroupSetting(Controller.CPU, "cpu.cfs_period_us", Long.toString(quota.period())),
                        new GroupSetting(Controller.CPU, "cpu.cfs_quota_us", Long.toString(quota.micros())))
                : List.of(new GroupSetting(Controller.CPU, "cpu.max", quota.micros() + " " + quota.period()));
    }

    /** A tree may not get round its limit by another disk; so it gets as much from each. */
    private static GroupSetting forDisks(String file, List<String> disks, String value) {
        return new GroupSetting(
                Controller.IO,
                file,
                disks.stream().map(disk -> disk + " " + value).toList(),
                false);
    }

    /** So much processor time in each period, in microseconds. */
    private record Quota(long micros, long period) {
        static Quota of(double percent) {
            long micros = Math.round(percent / 100 * PERIOD);
            return micros >= LEAST_QUOTA
                    ? new Quota(micros, PERIOD)
                    : new Quota(Math.max(LEAST_QUOTA, Math.round(percent / 100 * LONG_PERIOD)), LONG_PERIOD);
        }
    }
}
