package io.hsu.internal.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.ProcessManager;
import io.hsu.SystemUsage;
import io.hsu.testkit.ManualExecutor;
import io.hsu.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SystemGaugeTest {

    private final ManualTime time = new ManualTime();
    private final ManualExecutor executor = new ManualExecutor();
    private final AtomicInteger looks = new AtomicInteger();
    private RuntimeException failure;
    private final SystemGauge gauge = new SystemGauge(time, executor, this::look);

    private SystemUsage look(Instant now) {
        looks.incrementAndGet();
        if (failure != null) {
            throw failure;
        }
        OptionalDouble none = OptionalDouble.empty();
        return new SystemUsage(now, none, none, none, none, 1, 1, 1, 0, 0, List.of());
    }

    @Test
    void looks_areASecondApart() {
        SystemUsage first = gauge.read().join();
        time.leap(Duration.ofMillis(999));
        assertSame(first, gauge.read().join());
        time.leap(Duration.ofMillis(1));
        assertEquals(time.now(), gauge.read().join().time());
        assertEquals(2, looks.get());
    }

    @Test
    void looks_areForAllWhoAsk() {
        executor.hold();
        CompletableFuture<SystemUsage> one = gauge.read();
        CompletableFuture<SystemUsage> another = gauge.read();
        assertFalse(one.isDone());
        one.cancel(true);
        executor.runAll();
        assertEquals(1, looks.get());
        assertEquals(time.now(), another.join().time(), "that one has lost interest is no matter of the other");
    }

    @Test
    void failure_isToldAndTriedAgain() {
        failure = new IllegalStateException("no idea");
        assertSame(
                failure,
                assertThrows(CompletionException.class, () -> gauge.read().join())
                        .getCause());
        failure = null;
        gauge.read().join();
    }

    @Test
    void closedManager_isToldAsSuch() {
        SystemGauge closed = new SystemGauge(
                time,
                task -> {
                    throw new RejectedExecutionException("closed");
                },
                this::look);
        for (int i = 0; i < 2; i++) {
            Throwable cause = assertThrows(
                            CompletionException.class, () -> closed.read().join())
                    .getCause();
            assertEquals("the process manager is closed; build another one", cause.getMessage());
        }
    }

    @Test
    void manager_tellsOfThisSystem() {
        try (ProcessManager manager = ProcessManager.builder().build()) {
            SystemUsage usage = manager.system();
            assertEquals(Runtime.getRuntime().availableProcessors(), usage.processors());
            assertTrue(usage.memoryTotal() > Runtime.getRuntime().maxMemory(), usage::toString);
            assertTrue(0 < usage.memoryAvailable() && usage.memoryAvailable() < usage.memoryTotal(), usage::toString);
            assertTrue(usage.swapUsed() <= usage.swapTotal(), usage::toString);
            assertTrue(usage.disks().stream().allMatch(disk -> disk.usable() <= disk.total()), usage::toString);
            assertEquals(OptionalDouble.empty(), usage.cpuPercent());
            assertSame(usage, manager.system(), "it is younger than a second");
        }
    }
}
