package io.hsu.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.ProcessManager;
import io.hsu.ProcessState;
import io.hsu.ProcessStopException;
import io.hsu.Signal;
import io.hsu.TestBed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ShutdownTest {

    private final TestBed bed = new TestBed();
    private final ProcessManager manager = bed.builder()
            .process("db", p -> p.command("x").stopTimeout(Duration.ofMinutes(5)))
            .process("api", p -> p.command("x").dependsOn("db").stopTimeout(Duration.ofMinutes(5)))
            .build();

    @Test
    void shutdown_killsWhatIsLeftWhenTheTimeIsOver() {
        manager.start();
        bed.launcher.latest("api").ignoreTerm();
        bed.launcher.latest("db").ignoreTerm();
        CompletableFuture<Void> shutdown = manager.shutdownAsync(Duration.ofSeconds(30));
        bed.advance(Duration.ofSeconds(29));
        assertFalse(shutdown.isDone());
        bed.advance(Duration.ofSeconds(1));

        assertTrue(shutdown.isDone());
        assertEquals(
                List.of(Signal.TERM, Signal.KILL), bed.launcher.latest("api").signals());
        assertEquals(List.of(Signal.KILL), bed.launcher.latest("db").signals(), "its turn had not come");
        assertEquals(0, bed.time.pending());
    }

    @Test
    void aSecondCall_canOnlyShortenTheTime() {
        manager.start();
        bed.launcher.latest("api").ignoreTerm();
        CompletableFuture<Void> shutdown = manager.shutdownAsync(Duration.ofSeconds(30));
        manager.shutdownAsync(Duration.ofHours(1));
        assertFalse(shutdown.isDone());
        CompletableFuture<Void> now = manager.shutdownAsync(Duration.ZERO);
        bed.advance(Duration.ofMillis(100));
        assertTrue(shutdown.isDone());
        assertTrue(now.isDone());
    }

    @Test
    void shutdown_duringStart_leavesNothing() {
        bed.executor.hold();
        manager.startAsync();
        CompletableFuture<Void> shutdown = manager.shutdownAsync(Duration.ofSeconds(30));
        bed.executor.runAll();
        bed.advance(Duration.ofSeconds(1));
        assertTrue(shutdown.isDone());
        assertTrue(bed.launcher.launches("db").stream().noneMatch(process -> process.isAlive()));
        assertEquals(ProcessState.REGISTERED, manager.status("api").state());
    }

    @Test
    void shutdown_reportsSurvivors_andStillEnds() {
        manager.start("db");
        bed.launcher.latest("db").hang();
        CompletableFuture<Void> shutdown = manager.shutdownAsync(Duration.ofSeconds(1));
        bed.advance(Duration.ofSeconds(10));
        Throwable cause =
                assertThrows(CompletionException.class, shutdown::join).getCause();
        assertEquals(List.of(1000L), ((ProcessStopException) cause).survivors());
    }

    @Test
    void shutdown_endsEvenIfTheSystemHangs() {
        manager.start("db");
        bed.systemHangs = true;
        CompletableFuture<Void> shutdown = manager.shutdownAsync(Duration.ofSeconds(1));
        bed.advance(Duration.ofSeconds(11));
        Throwable cause =
                assertThrows(CompletionException.class, shutdown::join).getCause();
        assertEquals("processes [db] did not come to an end; look at what they wait for", cause.getMessage());
    }
}
