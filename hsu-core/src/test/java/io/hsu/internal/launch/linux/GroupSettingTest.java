package io.hsu.internal.launch.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Limit;
import io.hsu.LimitAction;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is written for which limit, in both versions of control groups. */
class GroupSettingTest {

    private static final List<String> DISKS = List.of("8:0", "259:1");

    @Test
    void memory() {
        Limit limit = Limit.memory(1 << 20);
        assertWritten("memory.max=1048576; memory.oom.group=1", 2, limit);
        assertWritten("memory.limit_in_bytes=1048576", 1, limit);
    }

    @Test
    void memoryThatSlowsDown_isOfVersion2Only() {
        Limit limit = Limit.memory(1 << 20).then(LimitAction.THROTTLE);
        assertWritten("memory.high=1048576", 2, limit);
        assertEquals(
                "control groups of version 1 do not slow down what takes much memory",
                GroupSetting.whyNot(1, limit, List.of(limit)).orElseThrow());
    }

    @Test
    void swap_isCountedTogetherWithMemoryInVersion1() {
        Limit swap = Limit.swap(1000);
        assertWritten("memory.swap.max=1000", 2, swap);
        assertTrue(GroupSetting.whyNot(1, swap, List.of(swap))
                .orElseThrow()
                .contains("takes a limit of memory beside it"));
        List<Limit> both = List.of(Limit.memory(5000), swap);
        assertTrue(GroupSetting.whyNot(1, swap, both).isEmpty());
        assertEquals("memory.memsw.limit_in_bytes=6000", text(GroupSetting.of(1, swap, both, DISKS)));
    }

    @Test
    void cpu_isAQuotaOfAPeriod() {
        assertWritten("cpu.max=20000 100000", 2, Limit.cpuPercent(20));
        assertWritten("cpu.cfs_period_us=100000; cpu.cfs_quota_us=250000", 1, Limit.cpuPercent(250));
        assertWritten("cpu.max=5000 1000000", 2, Limit.cpuPercent(0.5)); // less than the kernel takes in a short period
        assertWritten("cpu.max=1000 1000000", 2, Limit.cpuPercent(0.01)); // the least there is
    }

    @Test
    void processes() {
        assertWritten("pids.max=7", 2, Limit.processes(7));
        assertWritten("pids.max=7", 1, Limit.processes(7));
    }

    @Test
    void rates_areForEachDisk() {
        assertWritten("io.max=8:0 rbps=1000, 259:1 rbps=1000", 2, Limit.readBytesPerSecond(1000));
        assertWritten("io.max=8:0 wbps=1000, 259:1 wbps=1000", 2, Limit.writeBytesPerSecond(1000));
        assertWritten("io.max=8:0 riops=10, 259:1 riops=10", 2, Limit.readOpsPerSecond(10));
        assertWritten("io.max=8:0 wiops=10, 259:1 wiops=10", 2, Limit.writeOpsPerSecond(10));
        assertWritten("blkio.throttle.read_bps_device=8:0 1000, 259:1 1000", 1, Limit.readBytesPerSecond(1000));
        assertWritten("blkio.throttle.read_iops_device=8:0 10, 259:1 10", 1, Limit.readOpsPerSecond(10));
    }

    @Test
    void writes_areNotCountedByVersion1() {
        for (Limit limit : List.of(Limit.writeBytesPerSecond(1), Limit.writeOpsPerSecond(1))) {
            assertEquals(
                    "control groups of version 1 do not count what goes through the page cache",
                    GroupSetting.whyNot(1, limit, List.of()).orElseThrow());
        }
    }

    @Test
    void shares_areInProportionInVersion2() {
        assertEquals("cpu.shares=512", text(List.of(GroupSetting.shares(1, 512))));
        assertEquals("cpu.weight=50", text(List.of(GroupSetting.shares(2, 512))));
        assertEquals("cpu.weight=100", text(List.of(GroupSetting.shares(2, 1024))));
        assertEquals("cpu.weight=1", text(List.of(GroupSetting.shares(2, 2))));
        assertEquals("cpu.weight=10000", text(List.of(GroupSetting.shares(2, 262_144))));
    }

    private static void assertWritten(String expected, int version, Limit limit) {
        assertTrue(GroupSetting.whyNot(version, limit, List.of(limit)).isEmpty());
        List<GroupSetting> settings = GroupSetting.of(version, limit, List.of(limit), DISKS);
        assertEquals(expected, text(settings));
        settings.forEach(
                setting -> assertEquals(GroupSetting.controllerOf(limit.kind()).orElseThrow(), setting.controller()));
    }

    private static String text(List<GroupSetting> settings) {
        return settings.stream()
                .map(setting -> setting.file() + "=" + String.join(", ", setting.values()))
                .collect(Collectors.joining("; "));
    }
}
