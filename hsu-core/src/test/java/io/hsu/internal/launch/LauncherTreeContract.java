package io.hsu.internal.launch;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.ExitStatus;
import io.hsu.Signal;
import io.hsu.testkit.Marked;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract's part on process trees: what belongs to a launch, and what its signals reach. */
abstract class LauncherTreeContract extends LauncherContract {

    @Test
    void members_processAlone() {
        Launch launch = sh("exec sleep 300");
        assertEquals(Set.of(launch.process().pid()), launch.members());
        assertTrue(launch.process().isAlive());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a child                       | 2 | sleep 300 & wait",
                "a grandchild                  | 3 | sh -c 'sleep 300; true' & wait",
                "several                       | 4 | sleep 300 & sleep 300 & sleep 300 & wait",
                "a double fork                 | 2 | (sleep 300 &); exec sleep 300",
                "a double fork below a child   | 3 | sh -c '(sleep 300 &); exec sleep 300' & wait"
            })
    void members_haveWhatIsBelow(String what, int count, String script) {
        assertMembers(sh(script), count);
    }

    @EnabledOnOs(OS.LINUX)
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a child in a session of its own             | 2 | setsid sleep 300 & wait",
                "a double fork in a session of its own       | 2 | (setsid sleep 300 &); exec sleep 300",
                "a double fork whose child has another child | 3 | (setsid sh -c 'sleep 300; true' &); exec sleep 300",
                "a child that hides its environment          | 2 | env -i sleep 300 & wait"
            })
    void members_haveWhatHasLeftTheSession(String what, int count, String script) {
        Launch launch = sh(script);
        soon(what).untilAsserted(() -> assertEquals(count, launch.members().size()));
        assertTrue(launch.members().containsAll(marked.alive()), what);
    }

    @EnabledOnOs(OS.LINUX)
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a child                               | sleep 300 & exit 0",
                "a child in a session of its own       | setsid sleep 300 & exit 0",
                "a double fork in a session of its own | (setsid sleep 300 &); exit 0",
            })
    void members_outliveTheProcess(String what, String script) {
        Launch launch = sh(script);
        assertEquals(new ExitStatus.Exited(0), launch.exit());
        assertFalse(launch.process().isAlive());
        assertMembers(launch, 1);
        assertFalse(launch.members().contains(launch.process().pid()), "it is not among them itself");
    }

    @Test
    void members_areNotThoseOfOthers() {
        Launch one = sh("sleep 300 & wait");
        Launch other = sh("sleep 300 & wait");
        soon("both trees")
                .until(() -> one.members().size() == 2 && other.members().size() == 2);
        Set<Long> both = one.members();
        both.retainAll(other.members());
        assertEquals(Set.of(), both);

        one.signalAll(Signal.KILL);
        one.exit();
        assertTrue(other.process().isAlive());
        assertFalse(other.members().contains(ProcessHandle.current().pid()), "and least of all this JVM");
    }

    @Test
    void members_noneWhenAllIsOver() {
        Launch launch = sh("sleep 0.01 & wait");
        launch.over();
        launch.untilMembers(Set.of());
        launch.signalAll(Signal.KILL); // and a signal to nobody is no error
        launch.signalAll(Signal.INT);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void members_zombiesAreDead() {
        // sleep never looks after the child it has inherited from the shell
        Launch launch = sh("sleep 0 & exec sleep 300");
        ProcessHandle process = ProcessHandle.of(launch.process().pid()).orElseThrow();
        soon("a zombie").until(() -> process.children().anyMatch(child -> Marked.isZombie(child.pid())));
        assertEquals(Set.of(process.pid()), launch.members());
    }

    @Test
    void members_deathIsNoticedByThoseHandedOut() {
        Launch launch = sh("exec sleep 300");
        LaunchedProcess.TreeMember member = launch.process().members().get(0);
        assertTrue(member.isAlive());
        launch.signalAll(Signal.KILL);
        soon("its death").until(() -> !member.isAlive());
    }

    @ParameterizedTest
    @EnumSource(names = {"TERM", "KILL", "HUP", "QUIT", "INT"})
    void signal_reachesTheProcess(Signal signal) {
        Launch launch = sh("trap 'exit 42' HUP INT QUIT TERM; echo ready; while :; do sleep 0.05; done");
        launch.untilOutput("ready").process().signal(launch.process().members(), signal);
        ExitStatus expected =
                signal == Signal.KILL ? new ExitStatus.Killed(signal.number()) : new ExitStatus.Exited(42);
        assertEquals(expected, launch.exit());
    }

    @ParameterizedTest
    @EnumSource(names = {"TERM", "KILL"})
    void signal_reachesTheWholeTree(Signal signal) {
        Launch launch = sh("(setsid sleep 300 &); sleep 300 & sh -c 'sleep 300; true'");
        // All three sleeps: what is on its way to become one would be missed by a signal that is sent once.
        soon("the tree").until(() -> launch.members().size() == 5 && sleeping(launch) == 3);
        launch.signalAll(signal);
        soon("the end of all").until(() -> marked.alive().isEmpty());
        assertEquals(new ExitStatus.Killed(signal.number()), launch.exit());
    }

    private static long sleeping(Launch launch) {
        return launch.members().stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(process -> process.info()
                        .arguments()
                        .map(arguments -> arguments[0].equals("300"))
                        .orElse(false))
                .count();
    }

    @Test
    void signal_onlyToTheMembersGiven() {
        Launch launch = sh("sleep 300 & wait; echo over; exec sleep 300");
        soon("the tree").until(() -> launch.members().size() == 2);
        launch.process()
                .signal(
                        launch.process().members().stream()
                                .filter(member ->
                                        member.pid() != launch.process().pid())
                                .toList(),
                        Signal.TERM);
        launch.untilOutput("over");
        assertTrue(launch.process().isAlive());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void session_isItsOwn() {
        Launch launch = sh("echo ready; exec sleep 300").untilOutput("ready");
        long pid = launch.process().pid();
        assertEquals(pid, Marked.session(pid), "it leads a session");
        assertNotEquals(Marked.session(ProcessHandle.current().pid()), Marked.session(pid));
    }

    private void assertMembers(Launch launch, int count) {
        soon("the tree").untilAsserted(() -> {
            assertEquals(count, marked.alive().size());
            assertEquals(marked.alive(), launch.members());
        });
    }
}
