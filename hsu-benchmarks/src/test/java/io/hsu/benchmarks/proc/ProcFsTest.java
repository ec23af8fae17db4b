package io.hsu.benchmarks.proc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcFsTest {

    private static final String ROLLUP = """
            55d0c0e00000-7ffd5f3f7000 ---p 00000000 00:00 0                          [rollup]
            Rss:                1808 kB
            Pss:                 171 kB
            Pss_Dirty:           132 kB
            SwapPss:               0 kB
            """;

    @Test
    void kilobytes_ofTheWholeName() {
        assertEquals(171, ProcFs.kilobytes(ROLLUP, "Pss"));
        assertEquals(0, ProcFs.kilobytes(ROLLUP, "SwapPss"));
    }

    @Test
    void kilobytes_missing() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> ProcFs.kilobytes(ROLLUP, "VmRSS"));
        assertTrue(refused.getMessage().startsWith("there is no line 'VmRSS: ... kB' in: "), refused::getMessage);
    }

    @Test
    void lastPid_isTheLastField() {
        assertEquals(10112, ProcFs.lastPid("0.83 0.63 0.80 2/83 10112\n"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void realProc() {
        long self = ProcessHandle.current().pid();
        assertTrue(Arrays.stream(ProcFs.pids()).anyMatch(pid -> pid == self));
        assertEquals(Optional.of(false), ProcFs.stat(self).map(ProcStat::isZombie));
        assertTrue(ProcFs.pssKilobytes(self) > 0);
        assertTrue(ProcFs.ownResidentKilobytes() > 0);
        assertTrue(ProcFs.ownDescriptors() > 0);
        assertTrue(ProcFs.lastPid() > 0);
        assertEquals(Optional.empty(), ProcFs.read(Integer.MAX_VALUE, "stat"));
    }
}
