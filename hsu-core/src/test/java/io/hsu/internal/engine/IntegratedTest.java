package io.hsu.internal.engine;

import static io.hsu.testkit.Refusals.refusesArgument;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Backoff;
import io.hsu.HealthCheckSpec;
import io.hsu.HealthChecks;
import io.hsu.ProcessKind;
import io.hsu.ProcessManager;
import io.hsu.ProcessManagerBuilder;
import io.hsu.ProcessSpec;
import io.hsu.ProcessSpecBuilder;
import io.hsu.ProcessStartException;
import io.hsu.ProcessState;
import io.hsu.Restart;
import io.hsu.TestBed;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthCheckProvider;
import io.hsu.spi.Settings;
import io.hsu.spi.StopRequest;
import io.hsu.spi.StopRequestProvider;
import io.hsu.testkit.FakeProcess;
import io.hsu.testkit.ScriptedCheck;
import io.hsu.testkit.ScriptedStop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that take part: their port, and how they are asked to stop. */
class IntegratedTest {

    @TempDir
    private Path directory;

    private final TestBed bed = new TestBed();
    private final ScriptedCheck check = new ScriptedCheck().answer(true, "fine");
    private final ScriptedStop stopRequest = new ScriptedStop();
    private ProcessManager manager;

    private void manage(Consumer<ProcessSpecBuilder> process) {
        manager = builder()
                .integratedProcess(
                        "api",
                        p -> process.accept(p.command("api", "-v")
                                .restart(Restart.onFailure().backoff(Backoff.fixed(Duration.ofSeconds(1))))))
                .build();
    }

    private ProcessManagerBuilder builder() {
        return bed.builder().healthCheck(new Grpc()).stateDirectory(directory.resolve("state"));
    }

    private final class Grpc implements HealthCheckProvider {
        @Override
        public String type() {
            return "grpc";
        }

        @Override
        public HealthCheck create(Settings settings) {
            return check;
        }
    }

    private FakeProcess process() {
        return bed.launcher.latest("api");
    }

    private Path portFile() {
        return directory.resolve("state").resolve("api.port");
    }

    // Its port.

    @Test
    void port_isHandedOver_toldInTheStatus_andWrittenBeforeItRuns() throws IOException {
        bed.launcher.onLaunch(launched -> assertTrue(Files.exists(portFile()), "who runs can be found"));
        manage(p -> {});
        manager.start("api");
        assertEquals(
                List.of("api", "-v", "--port", "40001"), process().request().command());
        assertEquals(Map.of("HSU_PORT", "40001"), process().request().environment());
        assertEquals(OptionalInt.of(40001), manager.status("api").port());
        assertEquals("40001\n", Files.readString(portFile()));
        assertEquals(ProcessKind.INTEGRATED, manager.spec("api").kind());
        manager.stop("api");
        assertEquals(OptionalInt.empty(), manager.status("api").port());
        assertFalse(Files.exists(portFile()), "nobody is to look for it there");
    }

    @Test
    void port_staysTheSame_asLongAsNobodyElseTakesIt() throws IOException {
        manage(p -> {});
        manager.start("api");
        process().exit(1);
        bed.advance(Duration.ofMillis(500));
        assertEquals(ProcessState.RESTARTING, manager.status("api").state());
        assertEquals("40001\n", Files.readString(portFile()), "it comes back there");
        bed.advance(Duration.ofMillis(500));
        assertEquals(OptionalInt.of(40001), manager.status("api").port());

        bed.takenPorts.add(40001);
        process().exit(1);
        bed.advance(Duration.ofSeconds(1));
        assertEquals(OptionalInt.of(40002), manager.status("api").port());
        assertEquals("40002\n", Files.readString(portFile()));
        assertEquals(
                List.of("api", "-v", "--port", "40002"), process().request().command());
    }

    @Test
    void port_isGivenToOneProcessAtATime() {
        manager = builder()
                .integratedProcess("one", p -> p.command("one"))
                .integratedProcess("two", p -> p.command("two"))
                .build();
        manager.start();
        assertEquals(OptionalInt.of(40001), manager.status("one").port());
        assertEquals(OptionalInt.of(40002), manager.status("two").port());
    }

    @Test
    void launchThatWasGivenUpOn_looksForNoPort() {
        manage(p -> {});
        bed.executor.hold();
        manager.startAsync("api");
        bed.executor.runNewest(); // it is about to be prepared
        manager.stopAsync("api");
        bed.executor.runNewest();
        manager.startAsync("api");
        bed.executor.runNewest();
        bed.executor.runAll();
        assertEquals(1, bed.portLooks);
        assertEquals(OptionalInt.of(40001), manager.status("api").port());
        assertEquals(Map.of("HSU_PORT", "40001"), process().request().environment());
    }

    @Test
    void noPort_isAFailedStartThatSaysSo() {
        for (int port = 40_000; port <= 40_200; port++) {
            bed.takenPorts.add(port);
        }
        manage(p -> p.restart(Restart.never()));
        ProcessStartException failure = assertThrows(ProcessStartException.class, () -> manager.start("api"));
        assertEquals(
                "process 'api' cannot be started: there is no free port for it: port 40001 is taken",
                failure.getMessage());
    }

    @Test
    void portFileThatCannotBeWritten_isAFailedStart() throws IOException {
        Files.createDirectories(portFile().resolve("in the way"));
        manage(p -> p.restart(Restart.never()));
        ProcessStartException failure = assertThrows(ProcessStartException.class, () -> manager.start("api"));
        assertTrue(
                failure.getMessage()
                        .startsWith("process 'api' cannot be started: its port file '" + portFile() + "' cannot"),
                failure.getMessage());
        assertEquals(List.of(), bed.launcher.launches("api"));
    }

    @Test
    void commandsBesideIt_knowItsPort() {
        manage(p -> p.stopCommand("bye").healthCheck(HealthChecks.exec("look"), c -> c.initialDelay(Duration.ZERO)));
        manager.start("api");
        manager.stop("api");
        assertEquals(List.of(List.of("look"), List.of("bye")), bed.launcher.commands());
        bed.launcher
                .commandRequests()
                .forEach(command -> assertEquals(Map.of("HSU_PORT", "40001"), command.environment()));
    }

    @Test
    void otherProcesses_haveNone() {
        manager = builder().process("api", p -> p.command("api", "-v")).build();
        manager.start("api");
        assertEquals(List.of("api", "-v"), process().request().command());
        assertEquals(Map.of(), process().request().environment());
        assertEquals(OptionalInt.empty(), manager.status("api").port());
        assertFalse(Files.exists(portFile()));
    }

    // How it is checked.

    @Test
    void withoutALivenessCheck_itIsCheckedOverGrpc() {
        manage(p -> p.readinessCheck(check));
        manager.start("api");
        bed.advance(Duration.ofSeconds(10));
        assertEquals(
                List.of("readiness", "liveness"),
                manager.spec("api").healthChecks().stream()
                        .map(HealthCheckSpec::name)
                        .toList());
        assertTrue(check.looks().size() >= 2);
    }

    @Test
    void itsBuilder_mayBeUsedAgain() {
        ProcessSpecBuilder builder = ProcessSpec.builder("api").integrated().command("api");
        ProcessSpec first = builder.build();
        assertEquals(first, builder.build());
        assertEquals(first, first.toBuilder().build());
        assertEquals(
                1,
                builder.healthCheck(HealthChecks.process())
                        .build()
                        .healthChecks()
                        .size());
    }

    @Test
    void withoutTheModuleForIt_itIsRefused() {
        refusesArgument(
                "process 'api': unknown health check type 'grpc'; available are exec, file, log-line, notify, process, tcp; "
                        + "add the module that provides it, or a HealthCheckProvider",
                () -> bed.builder()
                        .integratedProcess("api", p -> p.command("api"))
                        .build());
    }

    // How it is stopped.

    private void runWithStopRequest() {
        manage(p -> p.stopRequest(stopRequest).stopTimeout(Duration.ofSeconds(10)));
        manager.start("api");
    }

    @Test
    void stopRequest_agreedTo_needsNoSignal() {
        runWithStopRequest();
        CompletableFuture<Void> stop = manager.stopAsync("api");
        bed.executor.runAll();
        assertEquals(OptionalInt.of(40001), stopRequest.targets.get(0).port());
        assertEquals(Duration.ofSeconds(5), stopRequest.targets.get(0).timeout());
        stopRequest.asked.get(0).complete(true);
        bed.advance(Duration.ofSeconds(4));
        assertEquals(List.of(), process().signals());
        process().exit(0);
        bed.executor.runAll();
        assertTrue(stop.isDone());
        assertEquals(List.of(), process().signals());
        assertEquals(ProcessState.STOPPED, manager.status("api").state());
    }

    @Test
    void stopRequest_agreedToButNotKept_isFollowedByTheSignals() {
        runWithStopRequest();
        process().ignoreTerm();
        CompletableFuture<Void> stop = manager.stopAsync("api");
        bed.executor.runAll();
        stopRequest.asked.get(0).complete(true);
        bed.advance(Duration.ofMillis(4_999));
        assertEquals(List.of(), process().signals());
        bed.advance(Duration.ofMillis(1));
        assertEquals("[TERM]", process().signals().toString());
        bed.advance(Duration.ofMillis(4_999));
        assertEquals("[TERM]", process().signals().toString());
        bed.advance(Duration.ofMillis(1));
        assertEquals("[TERM, KILL]", process().signals().toString());
        bed.advance(Duration.ofMillis(100));
        assertTrue(stop.isDone());
    }

    @Test
    void stopRequest_refusedOrFailed_isFollowedByTheSignalAtOnce() {
        runWithStopRequest();
        CompletableFuture<Void> first = manager.stopAsync("api");
        bed.executor.runAll();
        stopRequest.asked.get(0).complete(false);
        bed.executor.runAll();
        assertEquals("[TERM]", process().signals().toString());
        bed.advance(Duration.ofMillis(100));
        assertTrue(first.isDone());

        manager.start("api");
        CompletableFuture<Void> second = manager.stopAsync("api");
        bed.executor.runAll();
        stopRequest.asked.get(1).completeExceptionally(new IOException("no such service"));
        bed.executor.runAll();
        assertEquals("[TERM]", process().signals().toString());
        bed.advance(Duration.ofMillis(100));
        assertTrue(second.isDone());
    }

    @Test
    void stopRequest_thatThrows_isFollowedByTheSignalAtOnce() {
        manage(p -> p.stopRequest(target -> {
            throw new IllegalStateException("broken");
        }));
        manager.start("api");
        manager.stop("api");
        assertEquals("[TERM]", process().signals().toString());
    }

    @Test
    void stopRequest_unanswered_isCancelledAfterHalfTheTime() {
        runWithStopRequest();
        manager.stopAsync("api");
        bed.advance(Duration.ofMillis(4_999));
        assertFalse(stopRequest.asked.get(0).isDone());
        bed.advance(Duration.ofMillis(1));
        assertTrue(stopRequest.asked.get(0).isCancelled());
        assertEquals("[TERM]", process().signals().toString());
    }

    @Test
    void stopRequest_ofAProcessThatEndsByItselfMeanwhile_isCancelled() {
        runWithStopRequest();
        CompletableFuture<Void> stop = manager.stopAsync("api");
        bed.executor.runAll();
        process().exit(0);
        bed.executor.runAll();
        assertTrue(stopRequest.asked.get(0).isCancelled());
        bed.advance(Duration.ofMillis(100));
        assertTrue(stop.isDone());
    }

    @Test
    void kill_whileItIsAsked_doesNotWaitForTheAnswer() {
        runWithStopRequest();
        manager.stopAsync("api");
        bed.executor.runAll();
        manager.shutdownAsync(Duration.ZERO);
        bed.advance(Duration.ofMillis(100));
        assertEquals("[KILL]", process().signals().toString());
        assertTrue(stopRequest.asked.get(0).isCancelled());
    }

    @Test
    void cancellingIt_isItsOwnCode_andHoldsUpNeitherTheTimerNorTheMailbox() {
        runWithStopRequest();
        manager.stopAsync("api");
        bed.executor.runAll();
        bed.executor.hold();
        bed.time.advance(Duration.ofSeconds(5), () -> {});
        assertFalse(stopRequest.asked.get(0).isDone(), "not by the timer");
        bed.executor.runAll();
        assertTrue(stopRequest.asked.get(0).isCancelled());
    }

    @Test
    void commandsOfARequest_endWithIt() {
        bed.launcher.commandsHang();
        manage(p -> p.stopRequest(target -> {
            CompletableFuture<Boolean> derived = target.run(List.of("ask")).thenApply(asked -> true);
            stopRequest.targets.add(target);
            return derived;
        }));
        manager.start("api");
        CompletableFuture<Void> stop = manager.stopAsync("api");
        bed.advance(Duration.ofSeconds(6));
        assertTrue(stop.isDone());
        assertEquals(List.of(false), bed.launcher.commandsAlive());
        stopRequest.targets.get(0).run(List.of("ask", "again"));
        bed.executor.runAll();
        assertEquals(List.of(false, false), bed.launcher.commandsAlive(), "nor goes one on that comes late");
    }

    @Test
    void stopRequest_withNoThreadToAskOn_isFollowedByTheSignalAtOnce() {
        runWithStopRequest();
        bed.noThreads = true;
        CompletableFuture<Void> stop = manager.stopAsync("api");
        bed.advance(Duration.ofMillis(100));
        assertEquals("[TERM]", process().signals().toString());
        assertTrue(stop.isDone() && !stop.isCompletedExceptionally());
    }

    @Test
    void stopRequestAndStopCommand_oneAfterTheOther() {
        manage(p -> p.stopRequest(stopRequest).stopCommand("bye").stopTimeout(Duration.ofSeconds(10)));
        manager.start("api");
        manager.stopAsync("api");
        bed.executor.runAll();
        assertEquals(List.of(), bed.launcher.commands());
        stopRequest.asked.get(0).complete(false);
        bed.executor.runAll();
        assertEquals(List.of(List.of("bye")), bed.launcher.commands());
        assertEquals("[TERM]", process().signals().toString());
    }

    @Test
    void provider_ofTypeGrpc_isUsedUnlessSomethingElseIsSaid() {
        StopRequestProvider provider = new StopRequestProvider() {
            @Override
            public String type() {
                return "grpc";
            }

            @Override
            public StopRequest create(Settings settings) {
                return stopRequest;
            }
        };
        manager = builder()
                .stopRequest(provider)
                .integratedProcess("api", p -> p.command("api"))
                .integratedProcess("told", p -> p.command("told").stopCommand("bye"))
                .process("other", p -> p.command("other"))
                .build();
        manager.start();
        manager.stopAsync();
        bed.executor.runAll();
        assertEquals(
                List.of("api"),
                stopRequest.targets.stream().map(t -> t.processId()).toList());
    }
}
