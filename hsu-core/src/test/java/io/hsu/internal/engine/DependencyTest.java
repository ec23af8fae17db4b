package io.hsu.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Dependency.Condition;
import io.hsu.ProcessEvent.ProcessStarted;
import io.hsu.ProcessEvent.StateChanged;
import io.hsu.ProcessEvent.Waiting;
import io.hsu.ProcessManager;
import io.hsu.ProcessManagerBuilder;
import io.hsu.ProcessSpec;
import io.hsu.ProcessStartException;
import io.hsu.ProcessStartException.Reason;
import io.hsu.ProcessState;
import io.hsu.Restart;
import io.hsu.TestBed;
import io.hsu.testkit.ScriptedCheck;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class DependencyTest {

    private final TestBed bed = new TestBed();
    private final ScriptedCheck health = new ScriptedCheck().answer(true, "fine");

    private ProcessManager diamond() {
        return bed.builder()
                .process("web", p -> p.command("x").dependsOn("api").dependsOn("cache"))
                .process("api", p -> p.command("x").dependsOn("db"))
                .process("cache", p -> p.command("x").dependsOn("db"))
                .process("db", p -> p.command("x").readinessCheck(health).restart(Restart.never()))
                .build();
    }

    private List<String> started() {
        return bed.events(ProcessStarted.class).stream()
                .map(ProcessStarted::processId)
                .toList();
    }

    private static Reason reasonOf(CompletableFuture<Void> start) {
        Throwable cause = assertThrows(CompletionException.class, start::join).getCause();
        return ((ProcessStartException) cause).reason();
    }

    @Test
    void start_goesAlongTheGraph() {
        ProcessManager manager = diamond();
        manager.start();
        assertEquals(List.of("db", "api", "cache", "web"), started());
    }

    @Test
    void dependants_waitUntilItIsReady() {
        health.answer(false, "recovering");
        ProcessManager manager = diamond();
        CompletableFuture<Void> start = manager.startAsync();
        bed.advance(Duration.ofSeconds(5));
        assertEquals(List.of("db"), started());
        assertEquals(
                "'db' to be started (now STARTING)",
                manager.status("api").waitingFor().orElseThrow());
        assertEquals(ProcessState.REGISTERED, manager.status("api").state());
        health.answer(true, "fine");
        bed.advance(Duration.ofSeconds(2));
        assertTrue(start.isDone());
        assertEquals(4, started().size());
    }

    @Test
    void startOfOne_startsWhatItDependsOn() {
        ProcessManager manager = diamond();
        manager.start("api");
        assertEquals(List.of("db", "api"), started());
        assertEquals(ProcessState.REGISTERED, manager.status("cache").state());
    }

    @Test
    void dependantsOfAFailedProcess_doNotStart_andSayWhy() {
        bed.launcher.fail("db", Reason.EXECUTABLE_NOT_FOUND);
        ProcessManager manager = diamond();
        ProcessStartException e = assertThrows(ProcessStartException.class, manager::start);
        assertTrue(e.getMessage().startsWith("4 of 4 processes did not start"), e.getMessage());
        assertEquals(List.of(), started());
        String why = manager.explain("web").toString();
        assertTrue(
                why.contains("it waits for 'api' to be started, but it waits for 'db' to be started, but it is FAILED"),
                why);
        assertTrue(why.contains("it starts as soon as that has come"), why);
    }

    @Test
    void whenTheFailedProcessIsMended_itsDependantsStart() {
        bed.launcher.fail("db", Reason.EXECUTABLE_NOT_FOUND);
        ProcessManager manager = diamond();
        assertThrows(ProcessStartException.class, manager::start);
        bed.launcher.fail("db", null);
        manager.start("db");
        assertEquals(List.of("db", "api", "cache", "web"), started());
    }

    @Test
    void aStoppedWaiter_isNotStartedByItsDependency() {
        bed.launcher.fail("db", Reason.EXECUTABLE_NOT_FOUND);
        ProcessManager manager = diamond();
        assertThrows(ProcessStartException.class, manager::start);
        manager.stop("api");
        bed.launcher.fail("db", null);
        manager.start("db");
        assertEquals(List.of("db", "cache"), started());
        assertTrue(manager.explain("web").toString().contains("'api' to be started, but it is not started"));
    }

    @Test
    void stop_goesInReverse_andSiblingsTogether() {
        ProcessManager manager = diamond();
        manager.start();
        List.of("web", "api", "cache", "db")
                .forEach(id -> bed.launcher.latest(id).ignoreTerm());
        CompletableFuture<Void> stop = manager.stopAsync();
        bed.advance(Duration.ofSeconds(30));
        assertTrue(stop.isDone(), "three levels of ten seconds each");
        List<String> stopping = bed.events(StateChanged.class).stream()
                .filter(event -> event.to() == ProcessState.STOPPING)
                .map(StateChanged::processId)
                .toList();
        assertEquals("web", stopping.get(0));
        assertEquals("db", stopping.get(3));
    }

    @Test
    void whileItsDependantsStop_aCrashIsNotFollowedByARestart() {
        ProcessManager manager = bed.builder()
                .process("db", p -> p.command("x").restart(Restart.always()))
                .process("api", p -> p.command("x").dependsOn("db"))
                .build();
        manager.start();
        bed.launcher.latest("api").ignoreTerm();
        CompletableFuture<Void> stop = manager.stopAsync();
        bed.launcher.latest("db").exit(1);
        bed.advance(Duration.ofHours(1));
        assertTrue(stop.isDone());
        assertEquals(1, bed.launcher.launches("db").size());
        assertEquals(ProcessState.STOPPED, manager.status("db").state());
    }

    @Test
    void completed_waitsForSuccess() {
        ProcessManager manager = bed.builder()
                .process("migrate", p -> p.command("x"))
                .process("api", p -> p.command("x").dependsOn("migrate", Condition.COMPLETED))
                .build();
        CompletableFuture<Void> start = manager.startAsync();
        assertEquals(List.of("migrate"), started());
        bed.launcher.latest("migrate").exit(0);
        assertTrue(start.isDone());
        assertEquals(List.of("migrate", "api"), started());

        manager.stop("api");
        manager.start("api");
        assertEquals(1, bed.launcher.launches("migrate").size(), "what is done is not done again");
    }

    @Test
    void completed_failsWithTheTask() {
        ProcessManager manager = bed.builder()
                .process("migrate", p -> p.command("x").restart(Restart.never()))
                .process("api", p -> p.command("x").dependsOn("migrate", Condition.COMPLETED))
                .build();
        CompletableFuture<Void> start = manager.startAsync("api");
        bed.launcher.latest("migrate").exit(2);
        assertEquals(Reason.DEPENDENCY_FAILED, reasonOf(start));
    }

    @Test
    void healthy_waitsForTheChecks() {
        health.answer(false, "cold");
        ProcessManager manager = bed.builder()
                .process(
                        "db",
                        p -> p.command("x")
                                .healthCheck(
                                        health,
                                        c -> c.every(Duration.ofSeconds(1)).failAfter(99)))
                .process("api", p -> p.command("x").dependsOn("db", Condition.HEALTHY))
                .build();
        manager.startAsync();
        bed.advance(Duration.ofSeconds(10));
        assertEquals(List.of("db"), started());
        health.answer(true, "warm");
        bed.advance(Duration.ofSeconds(1));
        assertEquals(List.of("db", "api"), started());
    }

    @Test
    void stoppedDependency_isStartedAgainBeforeItsDependant_thoughItHadEndedWell() {
        ProcessManager manager = bed.builder()
                .process("db", p -> p.command("x").readinessCheck(health))
                .process("api", p -> p.command("x").dependsOn("db"))
                .build();
        manager.start();
        bed.launcher.latest("db").exit(0);
        manager.stop();
        health.answer(false, "cold");
        CompletableFuture<Void> start = manager.startAsync();
        bed.advance(Duration.ofSeconds(4));
        assertEquals(1, bed.launcher.launches("api").size(), "the old run's good end does not count");
        health.answer(true, "warm");
        bed.advance(Duration.ofSeconds(2));
        assertTrue(start.isDone());
        assertEquals(2, bed.launcher.launches("api").size());
    }

    @Test
    void dependencyOnADisabledProcess_saysSo() {
        ProcessManager manager = bed.builder()
                .process("db", p -> p.command("x").enabled(false))
                .process("api", p -> p.command("x").dependsOn("db"))
                .build();
        assertThrows(ProcessStartException.class, manager::start);
        assertEquals(
                "'db' to be started, but it is not started",
                manager.status("api").waitingFor().orElseThrow());
        assertFalse(manager.status("api").state().isLive());
    }

    @Test
    void circle_isToldWithItsWay() {
        ProcessManagerBuilder builder = bed.builder()
                .process("a", p -> p.command("x").dependsOn("b"))
                .process("b", p -> p.command("x").dependsOn("c"))
                .process("c", p -> p.command("x").dependsOn("b"));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);
        assertEquals("dependencies lead in a circle: b -> c -> b; remove one of them", e.getMessage());
    }

    @Test
    void unknownDependency_andHealthWithoutACheck_areRefused() {
        IllegalArgumentException unknown = assertThrows(
                IllegalArgumentException.class,
                () -> bed.builder()
                        .process("a", p -> p.command("x").dependsOn("b"))
                        .build());
        assertTrue(
                unknown.getMessage().startsWith("process 'a' depends on 'b', which is not registered"),
                unknown.getMessage());
        IllegalArgumentException noCheck = assertThrows(
                IllegalArgumentException.class,
                () -> bed.builder()
                        .process("b", p -> p.command("x"))
                        .process("a", p -> p.command("x").dependsOn("b", Condition.HEALTHY))
                        .build());
        assertTrue(noCheck.getMessage().contains("'b' has no health check"), noCheck.getMessage());
    }

    @Test
    void processesAddedLater_takePart() {
        ProcessManager manager = diamond();
        manager.add(ProcessSpec.builder("extra").command("x").dependsOn("web").build());
        manager.start("extra");
        assertEquals(List.of("db", "api", "cache", "web", "extra"), started());
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> manager.remove("web"));
        assertEquals("process 'web' cannot be removed: extra depend on it; remove them first", e.getMessage());
    }

    @Test
    void aVeryLongChain_startsAndStops() {
        ProcessManagerBuilder builder = bed.builder();
        int length = 5_000;
        for (int number = length - 1; number >= 0; number--) {
            int next = number;
            builder.process("p" + number, p -> {
                p.command("x");
                if (next > 0) {
                    p.dependsOn("p" + (next - 1));
                }
            });
        }
        ProcessManager manager = builder.build();
        manager.start("p" + (length - 1));
        assertEquals(length, started().size());
        manager.close();
        assertTrue(bed.launcher.launches("p0").stream().noneMatch(process -> process.isAlive()));
    }

    @Test
    void waiting_isTold_andToldAgainWhenItChanges() {
        health.answer(false, "cold");
        ProcessManager manager = bed.builder()
                .process("db", p -> p.command("x").readinessCheck(health).restart(Restart.never()))
                .process("api", p -> p.command("x").dependsOn("db"))
                .build();
        manager.startAsync();
        bed.advance(Duration.ofSeconds(11));
        List<Waiting> told = bed.events(Waiting.class);
        assertEquals(
                List.of("'db' to be started (now STARTING)", "'db' to be started (now STOPPING)"),
                told.subList(told.size() - 3, told.size() - 1).stream()
                        .map(Waiting::waitingFor)
                        .toList());
        assertTrue(told.get(told.size() - 1).hopeless());
    }

    @Test
    void anEndBeforeItWasReady_isNoCompletion() {
        health.answer(false, "cold");
        ProcessManager manager = bed.builder()
                .process("db", p -> p.command("x").readinessCheck(health))
                .process("api", p -> p.command("x").dependsOn("db"))
                .build();
        CompletableFuture<Void> start = manager.startAsync();
        bed.launcher.latest("db").exit(0);
        assertTrue(start.isCompletedExceptionally());
        assertEquals(List.of("db"), started());
    }

    @Test
    void completionOfWhatIsAlwaysRestarted_isRefused() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> bed.builder()
                        .process("job", p -> p.command("x").restart(Restart.always()))
                        .process("api", p -> p.command("x").dependsOn("job", Condition.COMPLETED))
                        .build());
        assertEquals(
                "process 'api' waits until 'job' has completed, but its restart policy 'always' starts it again whenever it ends; take on-failure or never",
                e.getMessage());
    }

    @Test
    void twoStartsAtOnce_bothSucceed_thoughTheTaskIsDoneMeanwhile() {
        ProcessManager manager =
                bed.builder().process("job", p -> p.command("x")).build();
        bed.launcher.onLaunch(process -> process.exit(0));
        bed.executor.hold();
        CompletableFuture<Void> first = manager.startAsync();
        CompletableFuture<Void> second = manager.startAsync();
        bed.executor.runAll();
        first.join();
        second.join();
        assertEquals(ProcessState.STOPPED, manager.status("job").state());
    }

    @Test
    void twoStartsAtOnce_waitTogether() {
        health.answer(false, "cold");
        ProcessManager manager = diamond();
        bed.executor.hold();
        CompletableFuture<Void> first = manager.startAsync();
        CompletableFuture<Void> second = manager.startAsync();
        bed.executor.runAll();
        assertFalse(first.isDone() || second.isDone());
        health.answer(true, "warm");
        bed.advance(Duration.ofSeconds(2));
        first.join();
        second.join();
        assertEquals(4, started().size());
    }

    @Test
    void aChain_thatWasStopped_startsAgain() {
        ProcessManager manager = bed.builder()
                .process("base", p -> p.command("x").readinessCheck(health))
                .process("middle", p -> p.command("x").dependsOn("base"))
                .process("top", p -> p.command("x").dependsOn("middle"))
                .build();
        manager.start();
        manager.stop();
        health.answer(false, "cold");
        CompletableFuture<Void> start = manager.startAsync("top");
        bed.advance(Duration.ofSeconds(3));
        assertFalse(start.isDone());
        health.answer(true, "warm");
        bed.advance(Duration.ofSeconds(2));
        start.join();
        assertEquals(List.of("base", "middle", "top", "base", "middle", "top"), started());
    }

    @Test
    void whatIsAboutToBeStopped_isNoDependencyThatIsMet() {
        ProcessManager manager = diamond();
        manager.start();
        manager.stop("web");
        bed.launcher.latest("api").ignoreTerm();
        manager.stopAsync();
        CompletableFuture<Void> start = manager.startAsync("web");
        assertTrue(start.isCompletedExceptionally());
        bed.advance(Duration.ofMinutes(1));
        assertEquals(1, bed.launcher.launches("web").size());
    }
}
