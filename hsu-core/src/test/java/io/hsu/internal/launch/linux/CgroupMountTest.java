package io.hsu.internal.launch.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CgroupMountTest {

    private static final String UNIFIED =
            "30 23 0:26 / /sys/fs/cgroup rw,nosuid,nodev shared:4 - cgroup2 cgroup2 rw,nsdelegate";
    private static final String HYBRID = "42 32 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw";
    private static final String VERSION_1 = "33 32 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu";

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0::/, /sys/fs/cgroup",
        "0::/system.slice/app.service, /sys/fs/cgroup/system.slice/app.service",
        "0::/user.slice/a b, /sys/fs/cgroup/user.slice/a b",
    })
    void ofAUnifiedHost(String group, Path expected) {
        assertEquals(Optional.of(expected), CgroupMount.own(List.of(group), List.of(UNIFIED)));
    }

    @Test
    void ofAHybridHost() {
        assertEquals(
                Optional.of(Path.of("/sys/fs/cgroup/unified/init.scope")),
                CgroupMount.own(
                        List.of("8:pids:/elsewhere", "1:name=systemd:/init.scope", "0::/init.scope"),
                        List.of(VERSION_1, HYBRID)));
    }

    @Test
    void ofAContainer_thatSeesAPartOfTheHierarchy() {
        String mount = "30 23 0:26 /docker/4711 /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw";
        assertEquals(
                Optional.of(Path.of("/sys/fs/cgroup/child")),
                CgroupMount.own(List.of("0::/docker/4711/child"), List.of(mount)));
        assertEquals(Optional.empty(), CgroupMount.own(List.of("0::/elsewhere"), List.of(mount)));
    }

    @Test
    void outsideOfTheNamespace_isNotThere() {
        assertEquals(Optional.empty(), CgroupMount.own(List.of("0::/../other"), List.of(UNIFIED)));
    }

    @Test
    void mountPointWithASpace() {
        String mount = "30 23 0:26 / /mnt/control\\040groups rw - cgroup2 cgroup2 rw";
        assertEquals(Optional.of(Path.of("/mnt/control groups/a")), CgroupMount.own(List.of("0::/a"), List.of(mount)));
    }

    @Test
    void withoutVersion2() {
        assertEquals(Optional.empty(), CgroupMount.own(List.of("4:memory:/x"), List.of(VERSION_1)));
        assertEquals(Optional.empty(), CgroupMount.own(List.of("0::/x"), List.of(VERSION_1)));
        assertEquals(Optional.empty(), CgroupMount.own(List.of(), List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "memory, /sys/fs/cgroup/memory/app",
        "cpu, /sys/fs/cgroup/cpu/app",
        "cpuacct, /sys/fs/cgroup/cpu/app",
    })
    void ofAController_inVersion1(String controller, Path expected) {
        List<String> groups = List.of("5:cpu,cpuacct:/app", "4:memory:/app", "0::/elsewhere");
        List<String> mounts = List.of(
                HYBRID,
                "33 32 0:29 / /sys/fs/cgroup/cpu rw shared:9 - cgroup cgroup rw,cpu,cpuacct",
                "34 32 0:30 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory");
        assertEquals(Optional.of(expected), CgroupMount.own(controller, groups, mounts));
    }

    @Test
    void ofAController_thatIsNotMountedOrElsewhere() {
        assertEquals(Optional.empty(), CgroupMount.own("pids", List.of("8:pids:/x"), List.of(VERSION_1, HYBRID)));
        assertEquals(Optional.empty(), CgroupMount.own("cpu", List.of("0::/x"), List.of(VERSION_1, HYBRID)));
        assertEquals(Optional.empty(), CgroupMount.own("cp", List.of("8:cpu:/x"), List.of(VERSION_1)));
    }
}
