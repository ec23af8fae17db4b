package io.hsu;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.ProcessStartException.Reason;
import io.hsu.testkit.RealProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Real processes are started, watched and replaced. */
class RealProcessTest extends RealProcesses {

    @Test
    void start_process_isThereAndItsOutputToo() {
        manage("echo hello; echo oh >&2; exec sleep 300", p -> {});
        manager.start("it");

        ProcessStatus status = manager.status("it");
        assertEquals(ProcessState.RUNNING, status.state());
        assertEquals(Set.of(pid("it")), marked.alive());
        soon("its output").until(() -> manager.logs("it").tail(10).size() == 2);
        assertEquals(Set.of("hello", "oh"), new HashSet<>(manager.status("it").lastOutput()));
    }

    @Test
    void files_holdTheOutputOfAllLaunches() throws IOException {
        manage(m -> m.logDirectory(directory)
                .process("it", p -> sh(p, "echo $$; exec sleep 300").output(o -> o.toFiles())));
        manager.start("it");
        long first = pid("it");
        soon("the first line").until(() -> manager.logs("it").tail(10).size() == 1);
        manager.restart("it");
        long second = pid("it");
        assertNotEquals(first, second);
        // In the file: what is kept in memory has a line before the file has.
        soon("both lines")
                .untilAsserted(() -> assertEquals(
                        List.of(Long.toString(first), Long.toString(second)),
                        Files.readAllLines(directory.resolve("managed_processes/it-stdout.log"))));
    }

    @Test
    void killedProcess_isReplacedAfterItsDelay() {
        manage("exec sleep 300", p -> p.restart(Restart.onFailure().backoff(Backoff.fixed(millis(300)))));
        manager.start("it");
        long killed = pid("it");

        ProcessHandle.of(killed).orElseThrow().destroyForcibly();

        soon("another launch")
                .until(() -> manager.status("it").launch() == 2
                        && manager.status("it").state() == ProcessState.RUNNING);
        ProcessStatus status = manager.status("it");
        assertEquals(1, status.restarts());
        assertEquals(new ExitStatus.Killed(9), status.lastExit().orElseThrow().status());
        assertNotEquals(killed, pid("it"));
        assertEquals(Set.of(pid("it")), marked.alive());

        soon("the event").until(() -> events(ProcessEvent.ProcessStarted.class).size() == 2);
        Instant exited = events(ProcessEvent.ProcessExited.class).get(0).at();
        Instant again = events(ProcessEvent.ProcessStarted.class).get(1).at();
        assertTrue(
                Duration.between(exited, again).compareTo(millis(300)) >= 0, () -> "from " + exited + " to " + again);
    }

    @Test
    void exit_isNoticedThoughAChildHoldsTheOutputOpen() {
        manage("sleep 300 & echo bye; exit 7", p -> p.restart(Restart.never()).stopTimeout(millis(500)));
        manager.start("it");
        awaitState("it", ProcessState.FAILED);

        ExitRecord exit = manager.status("it").lastExit().orElseThrow();
        assertEquals(new ExitStatus.Exited(7), exit.status());
        assertEquals(List.of("bye"), exit.lastOutput());
        Instant bye = manager.logs("it").tail(1).get(0).at();
        Duration took = Duration.between(bye, exit.at());
        assertTrue(took.compareTo(millis(500)) < 0, () -> "within 500 ms, but it took " + took);

        manager.stop("it");
        assertEquals(Set.of(), marked.alive(), "the child is gone when stop() returns");
    }

    @Test
    void cleanExit_isAnEnd() {
        manage("echo done", p -> {});
        manager.start("it");
        awaitState("it", ProcessState.STOPPED);
        assertEquals(0, manager.status("it").restarts());
        assertTrue(manager.status("it").lastExit().orElseThrow().success());
    }

    @Test
    void start_missingExecutableDoesNotKeepTheOthersBack() {
        manage(m -> m.process("one", p -> sh(p, "exec sleep 300"))
                .process("bad", p -> p.command(directory + "/missing"))
                .process("two", p -> sh(p, "exec sleep 300")));

        ProcessStartException e = assertThrows(ProcessStartException.class, manager::start);

        assertEquals(Reason.SEVERAL, e.reason());
        assertTrue(e.getMessage().startsWith("1 of 3 processes did not start: process 'bad' "), e.getMessage());
        List<Reason> reasons = Arrays.stream(e.getSuppressed())
                .filter(ProcessStartException.class::isInstance)
                .map(failure -> ((ProcessStartException) failure).reason())
                .toList();
        assertEquals(List.of(Reason.EXECUTABLE_NOT_FOUND), reasons);
        assertEquals(ProcessState.RUNNING, manager.status("one").state());
        assertEquals(ProcessState.RUNNING, manager.status("two").state());
        assertEquals(ProcessState.FAILED, manager.status("bad").state());
    }

    @Test
    void start_failureShowsTheLastOutput() {
        manage(
                "echo 'cannot bind port' >&2; exit 3",
                p -> p.restart(Restart.never()).readinessCheck(HealthChecks.logLine("never")));
        ProcessStartException e = assertThrows(ProcessStartException.class, () -> manager.start("it"));
        assertEquals(Reason.EXITED, e.reason());
        assertEquals(List.of("cannot bind port"), e.lastOutput());
        assertEquals(Optional.of("it"), e.processId());
    }

    @Test
    void start_notReadyInTime() {
        manage(
                "exec sleep 300",
                p -> p.restart(Restart.never())
                        .startTimeout(millis(200))
                        .readinessCheck(HealthChecks.file(directory.resolve("ready")), c -> c.every(millis(20))));
        ProcessStartException e = assertThrows(ProcessStartException.class, () -> manager.start("it"));
        assertEquals(Reason.TIMEOUT, e.reason());
        assertTrue(e.getMessage().contains("it was not ready within 200ms"), e.getMessage());
        assertEquals(Set.of(), marked.alive());
    }

    @Test
    void manyProcesses_startAndStop() {
        int count = 50;
        manage(m -> IntStream.range(0, count).forEach(i -> m.process("p" + i, p -> sh(p, "exec sleep 300"))));
        manager.start();
        // Not at once: while the shell becomes the sleep, its environment cannot be read.
        soon("all of them")
                .untilAsserted(() -> assertEquals(count, marked.alive().size()));
        assertTrue(manager.list().stream().allMatch(status -> status.state() == ProcessState.RUNNING));

        manager.stop();
        assertEquals(Set.of(), marked.alive());
        assertTrue(manager.list().stream().allMatch(status -> status.state() == ProcessState.STOPPED));
        assertTrue(events(ProcessEvent.StopEscalated.class).isEmpty(), "TERM was enough for all");
    }

    @Test
    void close_leavesNothing() {
        manage(m -> IntStream.range(0, 5)
                .forEach(i -> m.process("p" + i, p -> sh(p, "(setsid sleep 300 &); sleep 300 & wait"))));
        manager.start();
        assertFalse(threads().isEmpty());

        manager.close();

        assertEquals(Set.of(), marked.alive());
        soon("the end of all threads").until(() -> threads().isEmpty());
        assertThrows(IllegalStateException.class, () -> manager.start("p0"));
    }

    @Test
    void close_whileProcessesAreStarting() {
        manage(m -> IntStream.range(0, 20)
                .forEach(i -> m.process(
                        "p" + i,
                        p -> sh(p, "sleep 300 & wait")
                                .readinessCheck(
                                        HealthChecks.file(directory.resolve("ready")), c -> c.every(millis(20))))));
        CompletableFuture<Void> start = manager.startAsync();
        soon("the first launch").until(() -> !marked.alive().isEmpty());

        manager.close();

        assertEquals(Set.of(), marked.alive());
        soon("an answer").until(start::isDone);
        assertTrue(start.isCompletedExceptionally(), "whoever waits for the start is told");
    }

    @Test
    void close_rightAfterTheStartWasAskedFor() {
        manage(m -> IntStream.range(0, 20).forEach(i -> m.process("p" + i, p -> sh(p, "sleep 300 & wait"))));
        CompletableFuture<Void> start = manager.startAsync();
        manager.close();
        assertEquals(Set.of(), marked.alive());
        soon("an answer").until(start::isDone);
    }
}
