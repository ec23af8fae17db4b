package io.hsu;

import static io.hsu.testkit.Refusals.refusesArgument;
import static io.hsu.testkit.Refusals.refusesNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LimitTest {

    private final Limit limit = Limit.memory(Bytes.mib(512));

    @Test
    void defaults_areTheDocumentedOnes() {
        assertEquals(LimitKind.MEMORY, limit.kind());
        assertEquals((double) Bytes.mib(512), limit.amount());
        assertEquals(LimitAction.LOG, limit.action());
        assertEquals(80, limit.warnAt());
        assertEquals(70, Limit.cpuPercent(50).warnAt());
        assertEquals(70, Limit.cpuTime(Duration.ofHours(1)).warnAt());
        assertEquals(LimitEnforcement.AUTO, limit.enforcement());
        assertFalse(limit.isBestEffort());
        assertEquals(1.5, limit.factor());
        assertEquals((double) Bytes.mib(1024), limit.ceiling());
    }

    @Test
    void withers_leaveTheOriginalAlone() {
        Limit changed = limit.then(LimitAction.RESTART_ADJUSTED)
                .warnAt(90)
                .held(LimitEnforcement.KERNEL)
                .bestEffort()
                .adjust(2, Bytes.gib(4));
        assertEquals(Limit.memory(Bytes.mib(512)), limit);
        assertEquals(LimitAction.RESTART_ADJUSTED, changed.action());
        assertEquals(90, changed.warnAt());
        assertEquals(LimitEnforcement.KERNEL, changed.enforcement());
        assertTrue(changed.isBestEffort());
        assertEquals(2, changed.factor());
        assertEquals((double) Bytes.gib(4), changed.ceiling());
    }

    @Test
    void equality_isByEverything() {
        assertEquals(limit, Limit.memory(Bytes.mib(512)));
        assertEquals(limit.hashCode(), Limit.memory(Bytes.mib(512)).hashCode());
        for (Limit other : List.of(
                Limit.memory(Bytes.mib(513)),
                Limit.swap(Bytes.mib(512)),
                limit.then(LimitAction.ALERT),
                limit.warnAt(81),
                limit.held(LimitEnforcement.WATCHED),
                limit.bestEffort(),
                limit.adjust(1.6, limit.ceiling()),
                limit.adjust(1.5, limit.ceiling() * 2))) {
            assertNotEquals(limit, other);
        }
    }

    @Test
    void adjusted_growsToTheCeilingAndNoFurther() {
        Limit adjusting = Limit.openFiles(15).adjust(1.5, 30);
        Limit once = adjusting.adjusted().orElseThrow();
        assertEquals(22, once.amount(), "half a descriptor is none");
        Limit twice = once.adjusted().orElseThrow();
        assertEquals(30, twice.amount());
        assertEquals(Optional.empty(), twice.adjusted());
        assertEquals(adjusting.action(), twice.action());
    }

    @Test
    void adjusted_thatWouldNotGrow_isNone() {
        assertEquals(Optional.empty(), Limit.childProcesses(1).adjust(1.5, 9).adjusted());
        assertEquals(Optional.empty(), Limit.swap(0).adjusted());
    }

    @Test
    void toString_saysHowMuchOfWhat() {
        assertEquals("memory 512 MiB (log)", limit.toString());
        assertEquals(
                "virtual memory 1.5 GiB (restart adjusted)",
                Limit.virtualMemory(Bytes.mib(1536))
                        .then(LimitAction.RESTART_ADJUSTED)
                        .toString());
        assertEquals("CPU 62.5 % (log)", Limit.cpuPercent(62.5).toString());
        assertEquals(
                "CPU time 1h0.5s (log)",
                Limit.cpuTime(Duration.ofMillis(3_600_500)).toString());
        assertEquals("open files 1024 (log)", Limit.openFiles(1024).toString());
        assertEquals("bytes read 1 KiB/s (log)", Limit.readBytesPerSecond(1024).toString());
        assertEquals("writes 20/s (log)", Limit.writeOpsPerSecond(20).toString());
        assertEquals("100 bytes", LimitKind.SWAP.text(100));
    }

    @Test
    void whatCannotBe_isRefused() {
        refusesArgument("a limit of memory must be above zero, but is 0", () -> Limit.memory(0));
        refusesArgument("openFiles must be 4 or more, but is 3", () -> Limit.openFiles(3));
        refusesArgument("a limit of processes must be above zero, but is -1", () -> Limit.processes(-1));
        refusesArgument("a limit of CPU must be above zero, but is NaN", () -> Limit.cpuPercent(Double.NaN));
        refusesArgument("a limit of swap must be zero or more, but is -1", () -> Limit.swap(-1));
        refusesArgument("cpuTime must be above zero, but is 0s", () -> Limit.cpuTime(Duration.ZERO));
        refusesArgument("warnAt must be from 1 to 100 percent, but is 0", () -> limit.warnAt(0));
        refusesArgument("warnAt must be from 1 to 100 percent, but is 101", () -> limit.warnAt(101));
        refusesArgument("the factor of an adjustment must be above 1, but is 1.0", () -> limit.adjust(1, Bytes.gib(1)));
        refusesArgument(
                "the ceiling of an adjustment must be the limit itself (512 MiB) or more, but is 511 MiB",
                () -> limit.adjust(2, Bytes.mib(511)));
        refusesArgument(
                "a limit of memory has no ceiling that is a duration", () -> limit.adjust(2, Duration.ofDays(1)));
        refusesNull("action", () -> limit.then(null));
        refusesNull("enforcement", () -> limit.held(null));
        assertEquals(0, Limit.swap(0).amount());
        assertEquals(0, Limit.childProcesses(0).amount());
    }

    @Test
    void ceilingOfCpuTime_isADuration() {
        Limit time = Limit.cpuTime(Duration.ofMinutes(1)).adjust(3, Duration.ofMinutes(2));
        assertEquals(120, time.ceiling());
    }
}
