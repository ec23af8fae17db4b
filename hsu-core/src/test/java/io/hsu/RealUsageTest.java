package io.hsu;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hsu.ProcessEvent.LimitAdjusted;
import io.hsu.ProcessEvent.LimitViolated;
import io.hsu.ProcessEvent.ProcessExited;
import io.hsu.ProcessEvent.RestartScheduled;
import io.hsu.internal.linux.LinuxSupport;
import io.hsu.internal.linux.ProcStat;
import io.hsu.spi.RestartTrigger;
import io.hsu.testkit.RealProcesses;
import io.hsu.testkit.ThrottlingHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes that take more than they may. */
@EnabledOnOs(OS.LINUX)
class RealUsageTest extends RealProcesses {

    /** A grandchild that keeps what it has read: 200 MB without an end of line. */
    private static final String HOG = "(head -c 200000000 /dev/zero; %s) | tail -n 1 > /dev/null; exec sleep 300";

    private static final Limit MEMORY = Limit.memory(Bytes.mib(100)).held(LimitEnforcement.WATCHED);

    private final List<LimitViolated> alerts = new CopyOnWriteArrayList<>();

    private void manageHog(String meanwhile, Limit limit, Consumer<ProcessSpecBuilder> more) {
        manage(m -> m.onAlert(alerts::add)
                .process(
                        "it",
                        p -> more.accept(sh(p, HOG.formatted(meanwhile))
                                .limit(limit)
                                .monitoring(Monitoring.DEFAULT.every(millis(200)))
                                .restart(Restart.onFailure()
                                        .startupGrace(Duration.ZERO)
                                        .sustainedViolation(Duration.ZERO)
                                        .onResourceViolation(RetryBudget.of(5, Backoff.fixed(millis(1))))))));
        manager.start("it");
    }

    @AfterEach
    void controlGroupsAsBefore() {
        System.clearProperty("hsu.cgroups");
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

    private List<LimitViolated> violations() {
        return events(LimitViolated.class).stream()
                .filter(violated -> violated.severity() != Severity.WARNING)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "LOG", "ALERT"})
    void whatEndsNobody_leavesItAlone(LimitAction action) {
        manageHog("sleep 300", MEMORY.then(action), p -> {});
        soon("its size").until(() -> rss() > Bytes.mib(180));
        if (action != LimitAction.NONE) {
            soon("word of it").until(() -> violations().size() == 1);
        }
        if (action == LimitAction.ALERT) {
            soon("the handler").until(() -> alerts.equals(violations()));
        }
        ResourceSample seen = manager.status("it").usage().orElseThrow();
        soon("another look")
                .until(() -> !manager.status("it").usage().orElseThrow().equals(seen));
        assertEquals(action == LimitAction.NONE ? 0 : 1, violations().size());
        assertEquals(action == LimitAction.ALERT ? 1 : 0, alerts.size());
        assertEquals(1, manager.status("it").launch());
        assertEquals(ProcessState.RUNNING, manager.status("it").state());
    }

    @Test
    void restartAdjusted_raisesTheLimitUntilItIsEnough() {
        manageHog("sleep 300", MEMORY.then(LimitAction.RESTART_ADJUSTED).adjust(1.5, Bytes.mib(400)), p -> {});
        soon("the third launch, which may").until(() -> manager.status("it").launch() == 3 && rss() > Bytes.mib(180));
        assertEquals(
                List.of(1.5 * Bytes.mib(100), 2.25 * Bytes.mib(100)),
                events(LimitAdjusted.class).stream()
                        .map(adjusted -> adjusted.to().amount())
                        .toList());
        assertEquals(
                2.25 * Bytes.mib(100),
                manager.status("it").limits().get(0).limit().amount());
        assertEquals(ProcessState.RUNNING, manager.status("it").state());
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

    /** Two of them in one tree; by the control group where there is one, and by stops. */
    @ParameterizedTest
    @ValueSource(strings = {"", "off"})
    void throttled_itKeepsToItsLimit(String controlGroups) {
        System.setProperty("hsu.cgroups", controlGroups);
        manage(
                "(while :; do :; done) & while :; do :; done",
                p -> p.limit(Limit.cpuPercent(40).then(LimitAction.THROTTLE))
                        .monitoring(Monitoring.DEFAULT.every(millis(300)))
                        .restart(Restart.never()));
        manager.start("it");
        boolean byKernel = manager.status("it").limits().get(0).isHeldByKernel();
        assertFalse(byKernel && controlGroups.equals("off"));
        soon("a violation, or the kernel").until(() -> byKernel || !violations().isEmpty());
        soon("a sample").until(() -> manager.status("it").usage().isPresent());
        // Less than the half, if others keep the processors busy; how close it is on a quiet machine, the benchmark
        // tells.
        soon("what it may, over two seconds")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(millis(1))
                .until(() -> Math.abs(cpuPercentOver(Duration.ofSeconds(2)) - 30) <= 18);
        manager.stop("it");
        assertFalse(manager.status("it").pid().isPresent());
        assertEquals(
                "killed by signal 15 (TERM)",
                events(ProcessExited.class).get(0).exit().status().toString(),
                "and not KILL: it was continued before");
    }

    private double cpuPercentOver(Duration time) {
        ResourceSample first = manager.status("it").usage().orElseThrow();
        ResourceSample[] last = {first};
        soon("so much time").until(() -> {
            last[0] = manager.status("it").usage().orElseThrow();
            return Duration.between(first.time(), last[0].time()).compareTo(time) >= 0;
        });
        double used = last[0].value(ResourceMetric.CPU_TIME).orElseThrow()
                - first.value(ResourceMetric.CPU_TIME).orElseThrow();
        return used * 100e3 / Duration.between(first.time(), last[0].time()).toMillis();
    }

    /** The kernel lets nobody go on by itself. */
    @Test
    void hostThatDiesWhileItThrottles_leavesNobodyStopped() throws Exception {
        assumeTrue(
                LinuxSupport.missing().isEmpty(), () -> LinuxSupport.missing().orElseThrow());
        Process host = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ThrottlingHost.class.getName(),
                        marked.mark())
                .redirectError(Redirect.DISCARD)
                .start();
        try (BufferedReader output = host.inputReader()) {
            long pid = Long.parseLong(output.readLine());
            for (int turn = 0; turn < 3; turn++) {
                soon("it is stopped").until(() -> ProcStat.of(pid).state() == 'T');
                soon("it goes on").until(() -> ProcStat.of(pid).state() == 'R');
            }
            soon("it is stopped").until(() -> ProcStat.of(pid).state() == 'T');
            host.destroyForcibly().waitFor();
            soon("it goes on without a manager").until(() -> ProcStat.of(pid).state() == 'R');
        } finally {
            host.destroyForcibly();
            marked.killAll();
            soon("its end").until(() -> marked.alive().isEmpty());
        }
    }
}
