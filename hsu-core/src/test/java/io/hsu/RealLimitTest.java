package io.hsu;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hsu.ProcessEvent.RestartScheduled;
import io.hsu.internal.linux.LinuxSupport;
import io.hsu.spi.RestartTrigger;
import io.hsu.testkit.RealProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Limits that the kernel holds, as a host application sees them. */
@EnabledOnOs(OS.LINUX)
class RealLimitTest extends RealProcesses {

    private static final Limit MEMORY =
            Limit.memory(Bytes.mib(40)).then(LimitAction.IMMEDIATE_KILL).held(LimitEnforcement.KERNEL);

    @BeforeEach
    void needsTheLauncher() {
        assumeTrue(
                LinuxSupport.missing().isEmpty(), () -> LinuxSupport.missing().orElseThrow());
    }

    @AfterEach
    void controlGroupsAsBefore() {
        System.clearProperty("hsu.cgroups");
    }

    @Override
    protected LauncherType launcher() {
        return LauncherType.LINUX;
    }

    @Test
    void withoutControlGroups_whatTakesThemIsRefused() {
        System.setProperty("hsu.cgroups", "off");
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> manage("exec sleep 300", p -> p.limit(MEMORY)));
        assertEquals(
                "process 'it': the kernel is to hold the limit 'memory 40 MiB (immediate kill)', and cannot here: control "
                        + "groups are switched off; have it watched instead (held(AUTO)), or tolerate this with bestEffort()",
                e.getMessage());
        manage("exec sleep 300", p -> p.limit(MEMORY.bestEffort()));
        manager.start("it");
        assertEquals(ProcessState.RUNNING, manager.status("it").state());
    }

    @Test
    void memoryKill_isTheReasonThatIsTold() throws IOException {
        List<String> groups = groups();
        try {
            manage(
                    "exec dd if=/dev/zero of=/dev/null bs=100M count=1",
                    p -> p.limit(MEMORY)
                            .limit(Limit.swap(0).bestEffort()) // nobody is killed who can be swapped out
                            .restart(Restart.never()));
        } catch (IllegalArgumentException e) {
            // where the host has no control groups for the manager
            assumeFalse(e.getMessage().contains("the kernel is to hold the limit 'memory"), e.getMessage());
            throw e;
        }
        manager.startAsync("it");
        awaitState("it", ProcessState.FAILED);
        String reason = "killed by signal 9 (KILL): out of memory, the limit of its control group is 40 MiB";
        assertEquals(
                reason, manager.status("it").lastExit().orElseThrow().status().toString());
        assertTrue(manager.status("it").lastError().orElseThrow().contains(reason));
        assertTrue(manager.explain("it").toString().contains("out of memory"));
        manager.close();
        assertEquals(groups, groups(), "no control group is left");
    }

    /** {@return the control groups of managers, wherever they are} */
    private static List<String> groups() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("/sys/fs/cgroup"), 6)) {
            return all.map(Path::toString)
                    .filter(path ->
                            path.contains("/hsu-" + ProcessHandle.current().pid() + "-"))
                    .sorted()
                    .collect(Collectors.toList());
        } catch (java.io.UncheckedIOException e) {
            return List.of(); // one was removed meanwhile
        }
    }

    /** Who was ended by the kernel for a limit was ended for a violation. */
    @Test
    void cpuTime_isARestartForAViolation() {
        manage(
                "while :; do :; done",
                p -> p.limit(Limit.cpuTime(Duration.ofSeconds(1)).then(LimitAction.IMMEDIATE_KILL))
                        .restart(Restart.onFailure()
                                .startupGrace(Duration.ZERO)
                                .onResourceViolation(RetryBudget.of(1, Backoff.fixed(millis(1))))));
        manager.start("it");
        awaitState("it", ProcessState.FAILED);
        assertEquals(2, manager.status("it").launch(), "one retry is all that the budget for violations has");
        RestartScheduled scheduled = events(RestartScheduled.class).get(0);
        assertEquals(RestartTrigger.RESOURCE_VIOLATION, scheduled.trigger());
        assertTrue(scheduled.reason().contains("the limit of its CPU time is 1s"), scheduled.reason());
    }

    @Test
    void openFiles_areHeldFromTheFirstMoment() {
        manage("ulimit -n; exec sleep 300", p -> p.limit(Limit.openFiles(77)));
        manager.start("it");
        soon("the line")
                .until(() -> manager.logs("it").tail(1).stream()
                        .anyMatch(line -> line.text().equals("77")));
    }
}
