package io.hsu.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.DesiredState;
import io.hsu.ExitRecord;
import io.hsu.ExitStatus;
import io.hsu.HsuException;
import io.hsu.IllegalProcessStateException;
import io.hsu.Operation;
import io.hsu.ProcessEvent;
import io.hsu.ProcessManager;
import io.hsu.ProcessNotFoundException;
import io.hsu.ProcessSpec;
import io.hsu.ProcessStartException;
import io.hsu.ProcessStartException.Reason;
import io.hsu.ProcessState;
import io.hsu.ProcessStatus;
import io.hsu.ProcessStopException;
import io.hsu.Restart;
import io.hsu.Signal;
import io.hsu.TestBed;
import io.hsu.Transition;
import io.hsu.testkit.FakeProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class LifecycleTest {

    private final TestBed bed = new TestBed();
    private final ProcessManager manager = bed.builder()
            .process("api", p -> p.command("api-server", "--port", "8080").restart(Restart.never()))
            .build();

    @Test
    void start_runsWithTheCommandAsWritten() {
        manager.start("api");

        ProcessStatus status = manager.status("api");
        assertEquals(ProcessState.RUNNING, status.state());
        assertEquals(DesiredState.RUNNING, status.desired());
        assertEquals(1000, status.pid().orElseThrow());
        assertEquals(1, status.launch());
        assertEquals(
                List.of("api-server", "--port", "8080"),
                bed.launcher.latest("api").request().command());
    }

    @Test
    void uptime_countsFromTheLaunch() {
        manager.start("api");
        bed.advance(Duration.ofSeconds(42));

        assertEquals(Duration.ofSeconds(42), manager.status("api").uptime());
    }

    @Test
    void start_whileRunning_isRefusedWithWhatToDo() {
        manager.start("api");

        IllegalProcessStateException e = assertThrows(IllegalProcessStateException.class, () -> manager.start("api"));
        assertEquals(
                "process 'api' is RUNNING: cannot start it; it runs already; use restart, or stop it first",
                e.getMessage());
        assertEquals(Operation.START, e.operation());
        assertEquals(ProcessState.RUNNING, e.state());
    }

    @Test
    void unknownProcess_isToldWithTheKnownOnes() {
        ProcessNotFoundException e = assertThrows(ProcessNotFoundException.class, () -> manager.start("apo"));
        assertEquals("process 'apo' is not registered; known are api", e.getMessage());
        assertEquals("apo", e.processId().orElseThrow());
    }

    @Test
    void stop_asksFirstAndIsIdempotent() {
        manager.start("api");
        manager.stop("api");
        manager.stop("api");

        assertEquals(ProcessState.STOPPED, manager.status("api").state());
        assertEquals(List.of(Signal.TERM), bed.launcher.latest("api").signals());
        assertFalse(bed.launcher.latest("api").isAlive());
    }

    @Test
    void stop_beforeTheFirstStart_doesNothing() {
        manager.stop("api");
        assertEquals(ProcessState.REGISTERED, manager.status("api").state());
    }

    @Test
    void stop_ofWhatHasFailed_leavesTheFailureToBeSeen() {
        manager.start("api");
        bed.launcher.latest("api").exit(1);
        manager.stop("api");
        assertEquals(ProcessState.FAILED, manager.status("api").state());
        assertEquals(DesiredState.STOPPED, manager.status("api").desired());
    }

    @Test
    void stop_killsWhenTheTimeIsOver_andSaysSo() {
        manager.start("api");
        bed.launcher.latest("api").ignoreTerm();

        CompletableFuture<Void> stop = manager.stopAsync("api");
        bed.advance(Duration.ofMillis(9_999));
        assertFalse(stop.isDone());
        assertEquals(ProcessState.STOPPING, manager.status("api").state());
        bed.advance(Duration.ofMillis(1));

        assertTrue(stop.isDone());
        assertEquals(
                List.of(Signal.TERM, Signal.KILL), bed.launcher.latest("api").signals());
        assertEquals(
                List.of(1000L),
                bed.events(ProcessEvent.StopEscalated.class).get(0).pids());
    }

    @Test
    void stop_waitsForTheWholeTree() {
        manager.start("api");
        FakeProcess process = bed.launcher.latest("api");
        process.spawnChild(true);

        CompletableFuture<Void> stop = manager.stopAsync("api");
        bed.advance(Duration.ofSeconds(9));
        assertFalse(process.isAlive());
        assertFalse(stop.isDone(), "a child that ignores TERM is still there");
        assertEquals(ProcessState.STOPPING, manager.status("api").state());

        bed.advance(Duration.ofSeconds(1));
        assertTrue(stop.isDone());
        assertTrue(process.members().isEmpty());
        assertEquals(ProcessState.STOPPED, manager.status("api").state());
    }

    @Test
    void stop_reportsWhatWillNotDie() {
        manager.start("api");
        bed.launcher.latest("api").hang();

        CompletableFuture<Void> stop = manager.stopAsync("api");
        bed.advance(Duration.ofSeconds(15));

        ProcessStopException e = (ProcessStopException)
                assertThrows(CompletionException.class, stop::join).getCause();
        assertEquals(List.of(1000L), e.survivors());
        assertTrue(e.getMessage().contains("process 'api' could not be stopped: processes [1000]"), e.getMessage());
        assertEquals(ProcessState.FAILED, manager.status("api").state());
        assertEquals(1, bed.events(ProcessEvent.SurvivorsLeft.class).size());
    }

    @Test
    void stopSignalAndZeroTimeout_areHonoured() {
        manager.add(
                ProcessSpec.builder("quit").command("x").stopSignal(Signal.QUIT).build());
        manager.add(ProcessSpec.builder("now")
                .command("x")
                .stopTimeout(Duration.ZERO)
                .build());
        manager.start();
        manager.stop();

        assertEquals(List.of(Signal.QUIT), bed.launcher.latest("quit").signals());
        assertEquals(List.of(Signal.KILL), bed.launcher.latest("now").signals());
    }

    @Test
    void stopCommand_runsBeforeTheSignal() {
        manager.add(ProcessSpec.builder("db")
                .command("db")
                .stopCommand("db-ctl", "shutdown")
                .build());
        manager.start("db");
        manager.stop("db");

        assertEquals(List.of(List.of("db-ctl", "shutdown")), bed.launcher.commands());
        assertEquals(List.of(Signal.TERM), bed.launcher.latest("db").signals());
    }

    @Test
    void exit_isRecordedWithItsLastOutput() {
        manager.start("api");
        bed.launcher.latest("api").print("no such table");
        bed.advance(Duration.ofSeconds(3));
        bed.launcher.latest("api").exit(7);

        ExitRecord exit = manager.status("api").lastExit().orElseThrow();
        assertEquals(new ExitStatus.Exited(7), exit.status());
        assertEquals(Duration.ofSeconds(3), exit.uptime());
        assertEquals(List.of("no such table"), exit.lastOutput());
        assertFalse(exit.success());
        assertEquals("exited with code 7", manager.status("api").lastError().orElseThrow());
        assertTrue(manager.status("api").pid().isEmpty());
    }

    @Test
    void whatADeadProcessLeavesBehind_isEndedToo() {
        manager.start("api");
        FakeProcess process = bed.launcher.latest("api");
        process.spawnChild(false);
        process.exit(7);

        assertTrue(process.members().isEmpty());
        assertEquals(ProcessState.FAILED, manager.status("api").state());
    }

    @Test
    void stop_isAcknowledgedOnlyWhenNothingOfEarlierLaunchesIsLeft() {
        manager.start("api");
        FakeProcess process = bed.launcher.latest("api");
        process.spawnChild(true);
        process.exit(7);

        CompletableFuture<Void> stop = manager.stopAsync("api");
        bed.advance(Duration.ofSeconds(9));
        assertFalse(stop.isDone());
        bed.advance(Duration.ofSeconds(1));
        assertTrue(stop.isDone());
        assertTrue(process.members().isEmpty());
    }

    @Test
    void failedLaunch_isToldWithItsReason() {
        bed.launcher.fail("api", Reason.EXECUTABLE_NOT_FOUND);

        ProcessStartException e = assertThrows(ProcessStartException.class, () -> manager.start("api"));
        assertEquals(Reason.EXECUTABLE_NOT_FOUND, e.reason());
        assertEquals(ProcessState.FAILED, manager.status("api").state());
        assertEquals(1, bed.events(ProcessEvent.StartFailed.class).size());

        bed.launcher.fail("api", null);
        manager.start("api");
        assertTrue(manager.status("api").lastError().isEmpty());
    }

    @Test
    void start_continuesWithTheOthersWhenOneFails() {
        manager.add(ProcessSpec.builder("bad").command("x").build());
        bed.launcher.fail("bad", Reason.NOT_EXECUTABLE);

        ProcessStartException e = assertThrows(ProcessStartException.class, manager::start);
        assertEquals(Reason.SEVERAL, e.reason());
        assertTrue(e.getMessage().startsWith("1 of 2 processes did not start: process 'bad'"), e.getMessage());
        assertEquals(
                1,
                List.of(e.getSuppressed()).stream()
                        .filter(ProcessStartException.class::isInstance)
                        .count());
        assertEquals(ProcessState.RUNNING, manager.status("api").state());
    }

    @Test
    void restart_stopsAndStartsAnew() {
        manager.start("api");
        manager.restart("api");

        assertEquals(2, bed.launcher.launches("api").size());
        assertFalse(bed.launcher.launches("api").get(0).isAlive());
        assertEquals(ProcessState.RUNNING, manager.status("api").state());
        assertEquals(
                List.of(
                        ProcessState.STARTING,
                        ProcessState.RUNNING,
                        ProcessState.STOPPING,
                        ProcessState.RESTARTING,
                        ProcessState.STARTING,
                        ProcessState.RUNNING),
                manager.history("api").stream().map(Transition::to).toList());
    }

    @Test
    void stop_duringARestart_wins() {
        manager.start("api");
        bed.launcher.latest("api").ignoreTerm();
        CompletableFuture<Void> restart = manager.restartAsync("api", false);
        CompletableFuture<Void> stop = manager.stopAsync("api");
        bed.advance(Duration.ofSeconds(10));

        assertTrue(stop.isDone());
        ProcessStartException e = (ProcessStartException)
                assertThrows(CompletionException.class, restart::join).getCause();
        assertEquals(Reason.STOPPED, e.reason());
        assertEquals(1, bed.launcher.launches("api").size());
        assertEquals(ProcessState.STOPPED, manager.status("api").state());
    }

    @Test
    void history_saysWhatCausedEachMove() {
        manager.start("api");
        bed.launcher.latest("api").exit(0);

        List<Transition> history = manager.history("api");
        assertEquals(Transition.Cause.OPERATOR, history.get(0).cause());
        assertEquals(Transition.Cause.LAUNCH, history.get(1).cause());
        assertEquals(Transition.Cause.EXIT, history.get(2).cause());
        assertEquals("exited with code 0", history.get(2).reason());
    }

    @Test
    void history_isBounded() {
        for (int round = 0; round < 60; round++) {
            manager.start("api");
            manager.stop("api");
        }
        assertEquals(100, manager.history("api").size());
    }

    @Test
    void remove_whileRunning_isRefused() {
        manager.start("api");

        IllegalProcessStateException e = assertThrows(IllegalProcessStateException.class, () -> manager.remove("api"));
        assertEquals("process 'api' is RUNNING: cannot remove it; call stop(\"api\") first", e.getMessage());

        manager.stop("api");
        manager.remove("api");
        assertThrows(ProcessNotFoundException.class, () -> manager.status("api"));
        assertEquals(1, bed.events(ProcessEvent.ProcessRemoved.class).size());
    }

    @Test
    void add_twice_isRefused() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> manager.add(ProcessSpec.builder("api").command("x").build()));
        assertTrue(e.getMessage().startsWith("process 'api' is registered already"), e.getMessage());
    }

    @Test
    void isAllowed_answersWithoutTrying() {
        assertTrue(manager.isAllowed("api", Operation.START));
        manager.start("api");
        assertFalse(manager.isAllowed("api", Operation.START));
        assertFalse(manager.isAllowed("api", Operation.REMOVE));
        assertTrue(manager.isAllowed("api", Operation.STOP));
    }

    @Test
    void events_comeInOrder() {
        manager.start("api");
        bed.launcher.latest("api").exit(0);

        assertEquals(
                List.of(
                        "ProcessAdded",
                        "StateChanged",
                        "ProcessStarted",
                        "StateChanged",
                        "ProcessExited",
                        "StateChanged"),
                bed.events.stream()
                        .map(event -> event.getClass().getSimpleName())
                        .toList());
    }

    @Test
    void aListenerThatThrows_harmsNobody() {
        manager.addListener(event -> {
            throw new IllegalStateException("listener");
        });
        manager.start("api");
        assertEquals(ProcessState.RUNNING, manager.status("api").state());
        assertEquals(4, bed.events.size());
    }

    @Test
    void closedSubscription_hearsNothingMore() {
        List<ProcessEvent> heard = new java.util.ArrayList<>();
        manager.addListener(heard::add).close();
        manager.start("api");
        assertTrue(heard.isEmpty());
    }

    @Test
    void afterClose_changesAreRefused() {
        manager.start("api");
        manager.close();

        assertFalse(bed.launcher.latest("api").isAlive());
        assertThrows(IllegalStateException.class, () -> manager.start("api"));
        manager.close();
    }

    @Test
    void disabledProcess_isStartedOnlyByItsName() {
        manager.add(ProcessSpec.builder("off").command("x").enabled(false).build());
        manager.start();
        assertEquals(ProcessState.REGISTERED, manager.status("off").state());
        manager.start("off");
        assertEquals(ProcessState.RUNNING, manager.status("off").state());
    }

    @Test
    void explain_saysWhyAndWhatIsNext() {
        assertEquals(
                "api is REGISTERED: registered (for 0s)\n  next: nothing, until it is started",
                manager.explain("api").toString());
        manager.start("api");
        bed.launcher.latest("api").print("boom");
        bed.launcher.latest("api").exit(3);
        bed.advance(Duration.ofSeconds(2));
        assertEquals(
                "api is FAILED: exited with code 3 (for 2s)\n"
                        + "  next: nothing: mend what is wrong and start it again\n  last output:\n    boom",
                manager.explain("api").toString());
    }

    @Test
    void interruptedWaiting_leavesTheOperationGoing() {
        bed.executor.hold();
        Thread.currentThread().interrupt();
        assertThrows(HsuException.class, () -> manager.start("api"));
        assertTrue(Thread.interrupted());
        bed.executor.runAll();
        assertEquals(ProcessState.RUNNING, manager.status("api").state());
    }

    @Test
    void whatWouldNotDie_isTriedAgain_andKeepsFromStarting() {
        manager.start("api");
        FakeProcess process = bed.launcher.latest("api").hang();
        manager.stopAsync("api");
        bed.advance(Duration.ofSeconds(15));
        assertEquals(ProcessState.FAILED, manager.status("api").state());

        IllegalProcessStateException e = assertThrows(IllegalProcessStateException.class, () -> manager.start("api"));
        assertTrue(e.getMessage().contains("something of its last run is still alive; call stop"), e.getMessage());
        assertThrows(IllegalProcessStateException.class, () -> manager.remove("api"));

        process.mortal();
        manager.stop("api");
        assertEquals(ProcessState.STOPPED, manager.status("api").state());
        assertFalse(process.isAlive());
        manager.start("api");
        assertEquals(ProcessState.RUNNING, manager.status("api").state());
    }

    @Test
    void whenTheEngineItselfFails_theProcessIsEnded_andNobodyWaitsForEver() {
        manager.add(ProcessSpec.builder("odd")
                .command("x")
                .restart(Restart.policy(context -> {
                    throw new StackOverflowError("policy");
                }))
                .build());
        manager.start("odd");
        bed.launcher.latest("odd").exit(1);
        assertEquals(ProcessState.RESTARTING, manager.status("odd").state(), "on-failure answers instead");
        manager.stop("odd");
        assertEquals(ProcessState.STOPPED, manager.status("odd").state());
    }

    @Test
    void stop_beforeTheSystemWasCalled_isHonouredAtOnce() {
        bed.systemHangs = true;
        CompletableFuture<Void> start = manager.startAsync("api");
        manager.stop("api");
        assertEquals(ProcessState.STOPPED, manager.status("api").state());
        assertTrue(start.isCompletedExceptionally());
    }

    @Test
    void stop_reportsWhatAnEarlierRunHasLeftBehind_andWillNotDie() {
        manager.start("api");
        FakeProcess process = bed.launcher.latest("api").hang();
        process.spawnChild(true);
        process.exit(1);
        CompletableFuture<Void> stop = manager.stopAsync("api");
        bed.advance(Duration.ofSeconds(15));
        ProcessStopException e = (ProcessStopException)
                assertThrows(CompletionException.class, stop::join).getCause();
        assertEquals(List.of(process.pid() * 100), e.survivors());
    }
}
