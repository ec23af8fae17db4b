package io.hsu;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.ProcessEvent.LimitViolated;
import io.hsu.ProcessEvent.ProcessExited;
import io.hsu.ProcessEvent.RestartScheduled;
import io.hsu.spi.RestartTrigger;
import io.hsu.testkit.RealProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Real processes that take more than they may. */
@EnabledOnOs(OS.LINUX)
class RealLimitsTest extends RealProcesses {

    /** A grandchild that keeps what it has read: 200 MB without an end of line. */
    private static final String HOG = "(head -c 200000000 /dev/zero; %s) | tail -n 1 > /dev/null; exec sleep 300";

    private static final Limit MEMORY = Limit.memory(Bytes.mib(100)).held(LimitEnforcement.WATCHED);

    private void manageHog(String meanwhile, Limit limit, Consumer<ProcessSpecBuilder> more) {
        manage(
                HOG.formatted(meanwhile),
                p -> more.accept(p.limit(limit)
                        .monitoring(Monitoring.DEFAULT.every(millis(200)))
                        .restart(Restart.onFailure()
                                .startupGrace(Duration.ZERO)
                                .sustainedViolation(Duration.ZERO)
                                .onResourceViolation(RetryBudget.of(3, Backoff.fixed(millis(1)))))));
        manager.start("it");
    }

    @Test
    void grandchild_isCountedAndActedUpon() {
        manageHog("sleep 300", MEMORY.then(LimitAction.RESTART), p -> {});
        soon("its replacement").until(() -> manager.status("it").launch() > 1);
        RestartScheduled scheduled = events(RestartScheduled.class).get(0);
        assertEquals(RestartTrigger.RESOURCE_VIOLATION, scheduled.trigger());
        assertTrue(scheduled.reason().startsWith("memory is 1"), scheduled.reason());
    }

    @Test
    void spike_isNot() throws IOException {
        manageHog(
                "while [ ! -e \"$1/over\" ]; do sleep 0.05; done",
                MEMORY.then(LimitAction.RESTART),
                p -> p.restart(Restart.onFailure()
                        .startupGrace(Duration.ZERO)
                        .spikeTolerance(Duration.ofSeconds(30))
                        .sustainedViolation(Duration.ZERO)));
        soon("the spike").until(() -> rss() > Bytes.mib(150));
        Files.createFile(directory.resolve("over"));
        soon("its end").until(() -> rss() < Bytes.mib(50));
        assertEquals(1, manager.status("it").launch());
        assertTrue(events(LimitViolated.class).stream().allMatch(e -> e.severity() == Severity.WARNING));
        assertTrue(
                manager.resources("it").peak(ResourceMetric.RSS).orElseThrow().value() > 150.0 * 1024 * 1024);
    }

    private long rss() {
        return manager.status("it").usage().map(usage -> usage.rss().orElse(0)).orElse(0L);
    }

    @Test
    void gracefulShutdown_staysStopped() {
        manageHog("sleep 300", MEMORY.then(LimitAction.GRACEFUL_SHUTDOWN), p -> {});
        awaitState("it", ProcessState.STOPPED);
        assertEquals(
                "killed by signal 15 (TERM)",
                events(ProcessExited.class).get(0).exit().status().toString());
    }

    @Test
    void immediateKill_kills() {
        manageHog("sleep 300", MEMORY.then(LimitAction.IMMEDIATE_KILL), p -> {});
        soon("its replacement").until(() -> manager.status("it").launch() > 1);
        assertEquals(
                "killed by signal 9 (KILL)",
                events(ProcessExited.class).get(0).exit().status().toString());
    }

    @Test
    void throttled_itKeepsToItsLimit() throws IOException {
        manage(
                "while :; do :; done",
                p -> p.limit(Limit.cpuPercent(50).then(LimitAction.THROTTLE).held(LimitEnforcement.WATCHED))
                        .monitoring(Monitoring.DEFAULT.every(millis(500)))
                        .restart(Restart.never()));
        manager.start("it");
        soon("a violation")
                .until(() -> events(LimitViolated.class).stream()
                        .anyMatch(violated -> violated.severity() != Severity.WARNING));
        soon("what it may").until(() -> {
            double percent = manager.status("it")
                    .usage()
                    .flatMap(usage -> usage.cpuPercent().isPresent()
                            ? java.util.Optional.of(usage.cpuPercent().getAsDouble())
                            : java.util.Optional.empty())
                    .orElse(0.0);
            return percent > 40 && percent < 60;
        });
        manager.stop("it");
        assertFalse(manager.status("it").pid().isPresent());
        assertEquals(
                "killed by signal 15 (TERM)",
                events(ProcessExited.class).get(0).exit().status().toString(),
                "and not KILL: it was continued before");
    }
}
