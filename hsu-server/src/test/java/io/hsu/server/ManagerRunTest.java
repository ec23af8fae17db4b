package io.hsu.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.hsu.ProcessManager;
import io.hsu.ProcessStopException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.InOrder;

/** The order of things, with a manager that only notes what is asked of it. */
@Timeout(30)
class ManagerRunTest {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(7);

    private final ProcessManager manager = mock(ProcessManager.class);
    private final Runnable onStopping = mock(Runnable.class);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final ManagerRun run = new ManagerRun(
            manager,
            new Console(new PrintStream(out, true, StandardCharsets.UTF_8), Clock.systemUTC(), List.of()),
            onStopping,
            STOP_TIMEOUT);

    @BeforeEach
    void manager() {
        when(manager.list()).thenReturn(List.of());
        when(manager.startAsync()).thenReturn(started);
        when(manager.shutdownAsync(STOP_TIMEOUT)).thenReturn(stopped);
        when(manager.shutdownAsync(Duration.ZERO)).thenReturn(stopped);
    }

    @Test
    void signal_stopsInOrder() throws Exception {
        CompletableFuture<Integer> code = begin(Optional.empty());
        started.complete(null);
        await().until(() -> said("Process manager started successfully: 0 running"));
        run.signal("TERM");
        verify(manager, timeout(10_000)).shutdownAsync(STOP_TIMEOUT);
        stopped.complete(null);
        assertEquals(ExitCodes.DONE, code.get(10, TimeUnit.SECONDS));
        InOrder order = inOrder(manager, onStopping);
        order.verify(manager).startAsync();
        order.verify(onStopping).run();
        order.verify(manager).shutdownAsync(STOP_TIMEOUT);
        verify(manager, never()).shutdownAsync(Duration.ZERO);
        assertTrue(said("STOPPED    nothing is left"), out::toString);
    }

    @Test
    void signal_beforeTheStartIsDone() throws Exception {
        CompletableFuture<Integer> code = begin(Optional.empty());
        run.signal("INT");
        verify(manager, timeout(10_000)).shutdownAsync(STOP_TIMEOUT);
        started.completeExceptionally(new IllegalStateException("stopped"));
        stopped.complete(null);
        assertEquals(ExitCodes.DONE, code.get(10, TimeUnit.SECONDS));
        assertFalse(said("successfully"), out::toString);
    }

    @Test
    void secondSignal_kills() throws Exception {
        CompletableFuture<Integer> code = begin(Optional.empty());
        run.signal("INT");
        run.signal("TERM");
        verify(manager, timeout(10_000)).shutdownAsync(Duration.ZERO);
        stopped.complete(null);
        assertEquals(ExitCodes.DONE, code.get(10, TimeUnit.SECONDS));
    }

    @Test
    void runDuration_endsIt_andASignalThenDoesNotKillYet() throws Exception {
        CompletableFuture<Integer> code = begin(Optional.of(Duration.ofMillis(1)));
        verify(manager, timeout(10_000)).shutdownAsync(STOP_TIMEOUT);
        run.signal("TERM");
        assertTrue(said("signal TERM: already stopping; the next INT or TERM kills at once"), out::toString);
        verify(manager, never()).shutdownAsync(Duration.ZERO);
        stopped.complete(null);
        assertEquals(ExitCodes.DONE, code.get(10, TimeUnit.SECONDS));
    }

    @Test
    void survivors_areExitCode1() throws Exception {
        CompletableFuture<Integer> code = begin(Optional.empty());
        run.signal("TERM");
        stopped.completeExceptionally(new ProcessStopException("api", "process 'api' lives on", List.of(7L)));
        assertEquals(ExitCodes.FAILED, code.get(10, TimeUnit.SECONDS));
        assertTrue(said("FAILED     process 'api' lives on"), out::toString);
    }

    private CompletableFuture<Integer> begin(Optional<Duration> most) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return run.toTheEnd(most);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private boolean said(String part) {
        return out.toString(StandardCharsets.UTF_8).contains(part);
    }
}
