package io.hsu;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hsu.ProcessEvent.ProcessExited;
import io.hsu.internal.linux.LinuxSupport;
import io.hsu.testkit.Marked;
import io.hsu.testkit.RealProcesses;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Many processes, and bad ones, with the Linux launcher. */
@EnabledOnOs(OS.LINUX)
class RealLinuxTest extends RealProcesses {

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
    void evilChild_leavesNothing_withControlGroups() {
        assertNothingIsLeftOfAnEvilChild();
    }

    @Test
    void evilChild_leavesNothing_withoutControlGroups() {
        System.setProperty("hsu.cgroups", "off");
        assertNothingIsLeftOfAnEvilChild();
    }

    /** It ignores TERM and forks twice into a session of its own, where fifty more do the same. */
    private void assertNothingIsLeftOfAnEvilChild() {
        manage("""
                trap '' TERM HUP INT
                (setsid sh -c '
                    i=0
                    while [ $i -lt 50 ]; do (setsid sleep 300 &); i=$((i+1)); done
                    while :; do sleep 1; done' &)
                echo ready
                while :; do sleep 1; done
                """, p -> p.readinessCheck(HealthChecks.logLine("^ready$")).stopTimeout(millis(200)));
        manager.start("it");
        soon("all fifty, and who started them").until(() -> marked.alive().size() >= 52);

        manager.stop("it");

        assertEquals(Set.of(), marked.alive());
        assertEquals(List.of(), events(ProcessEvent.SurvivorsLeft.class));
    }

    @Test
    void childThatHidesEverywhere_isFoundInItsControlGroup() throws IOException {
        Path file = directory.resolve("pid");
        manage(
                // After a moment: where the C library is old, a child is put into its group when it runs already.
                "sleep 0.3; (env -i setsid sh -c 'trap \"\" TERM; echo $$ > \"$0/pid\"; while :; do sleep 1; done' \"$1\" &); "
                        + "exec sleep 300",
                p -> p.stopTimeout(millis(100)));
        assumeTrue(!ownControlGroups().isEmpty(), "there are no control groups that this user may make");
        manager.start("it");
        soon("the hidden one").until(() -> Files.exists(file) && Files.size(file) > 1);
        long hidden = Long.parseLong(Files.readString(file).strip());
        assertFalse(marked.alive().contains(hidden), "it carries no mark");

        manager.stop("it");

        assertTrue(Marked.isDead(hidden));
    }

    @Test
    void controlGroups_areGoneWithTheManager() throws IOException {
        manage("(setsid sleep 300 &); exec sleep 300", p -> {});
        assumeTrue(!ownControlGroups().isEmpty(), "there are no control groups that this user may make");
        manager.start("it");
        manager.close();
        assertEquals(List.of(), ownControlGroups());
    }

    /** Other managers' groups come and go meanwhile. */
    private static List<Path> ownControlGroups() throws IOException {
        String name = "hsu-" + ProcessHandle.current().pid() + "-";
        List<Path> own = new ArrayList<>();
        Files.walkFileTree(Path.of("/sys/fs/cgroup"), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path group, BasicFileAttributes attributes) {
                if (group.getFileName().toString().startsWith(name)) {
                    own.add(group);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path group, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return own;
    }

    @Test
    void fourThousandCycles_leaveNothingBehind() throws IOException {
        List<String> ids = List.of("one", "two", "three", "four");
        manage(m -> {
            ids.forEach(id -> m.process(
                    id,
                    p -> p.command("/bin/true")
                            .restart(Restart.always().unlimitedRetries().backoff(Backoff.none()))));
            m.process("sleeper", p -> sh(p, "exec sleep 300"));
        });
        manager.startAsync();
        soon("a first sample: all is loaded and opened that is so once")
                .until(() -> manager.status("sleeper").usage().isPresent());
        int descriptors = descriptors().size();
        long before = launches();

        soon("four thousand launches").atMost(Duration.ofMinutes(2)).until(() -> launches() >= before + 4_000);

        ids.forEach(manager::stop);
        // A loaded machine makes the pools grow for a while: what counts is that they shrink again.
        soon("few threads").until(() -> threads().size() <= 8);
        soon("the descriptors of the beginning").until(() -> descriptors().size() <= descriptors);
        assertEquals(List.of(), zombies());
        Set<String> told = new HashSet<>();
        events(ProcessExited.class)
                .forEach(event ->
                        assertTrue(told.add(event.processId() + event.exit().launch()), "an exit is told once"));
    }

    private long launches() {
        return manager.list().stream().mapToLong(ProcessStatus::launch).sum();
    }

    @Test
    void twoThousandKilledAtOnce_eachExitIsSeenOnce() throws IOException {
        int count = 2000;
        manage(m -> IntStream.range(0, count)
                .forEach(i -> m.process("p" + i, p -> sh(p, "exec sleep 300").restart(Restart.never()))));
        manager.start();
        Set<Long> pids = manager.list().stream()
                .map(status -> status.pid().orElseThrow())
                .collect(Collectors.toSet());
        assertEquals(count, pids.size());
        soon("few threads, which processes do not add to").until(() -> threads().size() <= 8);

        pids.forEach(pid -> ProcessHandle.of(pid).orElseThrow().destroyForcibly());

        soon("all exits")
                .atMost(Duration.ofMinutes(1))
                .until(() -> events(ProcessExited.class).size() >= count);
        List<ExitRecord> exits =
                events(ProcessExited.class).stream().map(ProcessExited::exit).toList();
        assertEquals(count, exits.size());
        assertEquals(pids, exits.stream().map(ExitRecord::pid).collect(Collectors.toSet()));
        assertTrue(exits.stream().allMatch(exit -> exit.status().equals(new ExitStatus.Killed(9))));
        assertEquals(List.of(), zombies());
    }

    private static List<String> descriptors() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.map(file -> file + " " + file.toFile().getName()).toList();
        }
    }

    private static List<Long> zombies() {
        return ProcessHandle.current()
                .children()
                .map(ProcessHandle::pid)
                .filter(Marked::isZombie)
                .toList();
    }
}
