package io.hsu;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.ProcessStartException.Reason;
import io.hsu.testkit.RealProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Real processes are stopped, with all that came out of them. */
class RealStopTest extends RealProcesses {

    private static final String LOOP = "while :; do sleep 0.02; done";

    @Test
    void stop_sendsTerm() {
        manage("trap 'echo asked; exit 5' TERM; echo ready; " + LOOP, p -> ready(p));
        manager.start("it");
        manager.stop("it");
        assertEquals(new ExitStatus.Exited(5), lastExit());
        assertEquals(ProcessState.STOPPED, manager.status("it").state());
        assertEquals(DesiredState.STOPPED, manager.status("it").desired());
        assertTrue(manager.status("it").lastOutput().contains("asked"));
    }

    @Test
    void stop_sendsTheSignalThatIsSet() {
        manage("trap 'exit 6' INT; echo ready; " + LOOP, p -> ready(p).stopSignal(Signal.INT));
        manager.start("it");
        manager.stop("it");
        assertEquals(new ExitStatus.Exited(6), lastExit());
    }

    @Test
    void stop_killsAtOnceWithoutATimeout() {
        manage("trap '' TERM; echo ready; " + LOOP, p -> ready(p).stopTimeout(millis(0)));
        manager.start("it");
        manager.stop("it");
        assertEquals(new ExitStatus.Killed(9), lastExit());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void stop_leavesNothingOfATreeThatIgnoresTerm() {
        manage(
                "trap '' TERM; sleep 300 & (sleep 300 &); setsid sleep 300 & (setsid sh -c 'sleep 300; true' &); "
                        + "echo ready; " + LOOP,
                p -> ready(p).stopTimeout(millis(300)));
        manager.start("it");
        soon("the whole tree").until(() -> marked.alive().size() >= 6);

        manager.stop("it");

        assertEquals(Set.of(), marked.alive());
        assertEquals(new ExitStatus.Killed(9), lastExit());
        soon("the event").until(() -> !events(ProcessEvent.StopEscalated.class).isEmpty());
        assertTrue(
                events(ProcessEvent.StopEscalated.class).get(0).pids().size() >= 6,
                () -> "the event names them: " + events(ProcessEvent.StopEscalated.class));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void stop_catchesUpWithATreeThatGoesOnForking() {
        manage(
                "trap '' TERM; echo ready; while :; do (setsid sleep 300 &); sleep 0.01; done",
                p -> ready(p).stopTimeout(millis(200)));
        manager.start("it");
        manager.stop("it");
        assertEquals(Set.of(), marked.alive());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void stop_endsWhatHasLeftTheTreeEvenIfTheProcessEndsWell() {
        manage("(setsid sleep 300 &); trap 'exit 0' TERM; echo ready; " + LOOP, p -> ready(p));
        manager.start("it");
        manager.stop("it");
        assertEquals(Set.of(), marked.alive());
        assertEquals(new ExitStatus.Exited(0), lastExit());
    }

    @Test
    void stopCommand_comesBeforeTheSignal() throws IOException {
        manage(
                "trap '' TERM; echo ready; while [ ! -e \"$1/stop\" ]; do sleep 0.02; done; exit 9",
                p -> ready(p).environment("WHERE", directory.toString())
                        .workingDirectory(directory)
                        .stopCommand("/bin/sh", "-c", "pwd -P > \"$WHERE/stop\""));
        manager.start("it");
        manager.stop("it");
        assertEquals(new ExitStatus.Exited(9), lastExit());
        assertEquals(
                directory.toRealPath() + "\n",
                Files.readString(directory.resolve("stop")),
                "it runs in the process's environment and directory");
    }

    @Test
    void stopCommand_thatFailsIsFollowedByTheSignal() {
        manage("trap 'exit 5' TERM; echo ready; " + LOOP, p -> ready(p).stopCommand("/no/such/command"));
        manager.start("it");
        manager.stop("it");
        assertEquals(new ExitStatus.Exited(5), lastExit());
    }

    @Test
    void stopCommand_thatHangsSharesTheTimeout() {
        manage(
                "trap '' TERM; echo ready; " + LOOP,
                p -> ready(p).stopTimeout(millis(300)).stopCommand("/bin/sh", "-c", "trap '' TERM; sleep 300"));
        manager.start("it");
        manager.stop("it");
        assertEquals(new ExitStatus.Killed(9), lastExit());
        soon("the end of the command too").until(() -> marked.alive().isEmpty());
    }

    @Test
    void stop_whileItStarts() {
        manage(
                "exec sleep 300",
                p -> p.readinessCheck(HealthChecks.file(directory.resolve("ready")), c -> c.every(millis(20))));
        CompletableFuture<Void> start = manager.startAsync("it");
        soon("the launch").until(() -> marked.alive().size() == 1);
        assertEquals(ProcessState.STARTING, manager.status("it").state());

        manager.stop("it");

        assertEquals(Set.of(), marked.alive());
        assertEquals(ProcessState.STOPPED, manager.status("it").state());
        Throwable failure = assertThrows(CompletionException.class, start::join).getCause();
        assertEquals(
                Reason.STOPPED,
                assertInstanceOf(ProcessStartException.class, failure).reason());
    }

    @Test
    void stop_rightAfterTheStartWasAskedFor() {
        manage("exec sleep 300", p -> {});
        for (int round = 0; round < 10; round++) {
            CompletableFuture<Void> start = manager.startAsync("it");
            manager.stop("it");
            assertEquals(Set.of(), marked.alive(), "round " + round);
            soon("an answer").until(start::isDone);
            assertFalse(manager.status("it").state().isLive(), "it stays so, launched or not");
            assertEquals(Set.of(), marked.alive(), "round " + round);
        }
    }

    @Test
    void stop_whileItWaitsForItsRestart() {
        manage("exit 1", p -> p.restart(Restart.always().backoff(Backoff.fixed(java.time.Duration.ofMinutes(1)))));
        manager.startAsync("it");
        awaitState("it", ProcessState.RESTARTING);
        manager.stop("it");
        assertEquals(ProcessState.STOPPED, manager.status("it").state());
        assertFalse(manager.status("it").nextStartAt().isPresent());
    }

    private ProcessSpecBuilder ready(ProcessSpecBuilder process) {
        return process.readinessCheck(HealthChecks.logLine("^ready$"));
    }

    private ExitStatus lastExit() {
        return manager.status("it").lastExit().orElseThrow().status();
    }
}
