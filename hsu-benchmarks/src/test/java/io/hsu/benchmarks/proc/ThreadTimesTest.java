package io.hsu.benchmarks.proc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadTimesTest {

    @ParameterizedTest
    @CsvSource({
        "hsu-engine-1, hsu-engine",
        "hsu-http-check-, hsu-http-check", // cut by the kernel
        "pool-1-thread-1, pool-1-thread",
        "C2 CompilerThre, JIT",
        "C1 CompilerThre, JIT",
        "GC Thread#0, GC",
        "G1 Conc#0, GC",
        "VM Thread, VM Thread",
        "17, ''"
    })
    void group_hasNoNumber(String name, String group) {
        assertEquals(group, ThreadTimes.group(name));
    }

    @Test
    void describe_whatIsMostFirst_andNotWhatIsNextToNothing() {
        assertEquals("b 20.0, a 1.5", ThreadTimes.describe(Map.of("a", 3L, "b", 40L, "c", 0L), 2));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void since_ofThisProcess() {
        ThreadTimes before = ThreadTimes.of(ProcessHandle.current().pid());
        Map<String, Long> ticks = ThreadTimes.of(ProcessHandle.current().pid()).since(before);
        assertTrue(ticks.keySet().stream().anyMatch(name -> name.equals("JIT")), ticks::toString);
        assertTrue(ticks.values().stream().allMatch(taken -> taken >= 0), ticks::toString);
    }
}
