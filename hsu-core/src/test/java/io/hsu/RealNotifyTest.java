package io.hsu;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hsu.internal.linux.LinuxSupport;
import io.hsu.internal.linux.NotifySocket;
import io.hsu.testkit.Marked;
import io.hsu.testkit.NotifyingChild;
import io.hsu.testkit.RealProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Real processes that speak sd_notify(3). */
@EnabledOnOs(OS.LINUX)
class RealNotifyTest extends RealProcesses {

    @BeforeEach
    void needsTheLauncher() {
        assumeTrue(
                LinuxSupport.missing().isEmpty(), () -> LinuxSupport.missing().orElseThrow());
    }

    private void manageNotifying(Consumer<ProcessSpecBuilder> options, String... says) {
        manage(m -> m.process(
                "it",
                p -> options.accept(p.command(NotifyingChild.command(says))
                        .environment(Marked.VARIABLE, marked.mark())
                        .restart(Restart.onFailure().startupGrace(Duration.ZERO).backoff(Backoff.fixed(millis(1))))
                        .startTimeout(Duration.ofSeconds(60)))));
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    @Test
    void ready_endsTheStart_andStopping_theReadiness() throws IOException {
        manageNotifying(
                p -> p.readinessCheck(
                        HealthChecks.systemdNotify(), c -> c.every(millis(200)).timeout(millis(100))),
                "say:STATUS=loading",
                "await:" + file("go"),
                "say:READY=1;STATUS=serving",
                "await:" + file("end"),
                "say:STOPPING=1",
                "await:" + file("never"));
        CompletableFuture<Void> start = manager.startAsync("it");
        soon("its status")
                .untilAsserted(() -> assertTrue(
                        manager.status("it").checks().stream()
                                .anyMatch(check -> check.reason().contains("loading")),
                        manager.status("it")::toString));
        assertFalse(start.isDone());
        Files.createFile(file("go"));
        start.join();
        assertEquals(ProcessState.RUNNING, manager.status("it").state());
        assertTrue(manager.status("it").checks().get(0).reason().contains("it is ready, status: serving"));
        Files.createFile(file("end"));
        soon("readiness to end")
                .untilAsserted(() -> assertEquals(
                        HealthStatus.UNHEALTHY, manager.status("it").health()));
    }

    @Test
    void watchdog_missed_replacesTheProcess() throws IOException {
        manageNotifying(
                p -> p.readinessCheck(HealthChecks.systemdNotify())
                        .healthCheck(
                                HealthChecks.systemdNotify(),
                                c -> c.every(millis(1_000))
                                        .initialDelay(Duration.ZERO)
                                        .timeout(millis(100))
                                        .failAfter(1)),
                "say:READY=1",
                "beat:" + file("hang"),
                "await:" + file("never"));
        manager.start("it");
        soon("a second look")
                .untilAsserted(() ->
                        assertTrue(manager.status("it").checks().get(1).reason().startsWith("last sign of life")));
        assertEquals(1, manager.status("it").launch());
        Files.createFile(file("hang"));
        soon("its replacement")
                .untilAsserted(() -> assertTrue(manager.status("it").launch() > 1));
        assertTrue(manager.healthHistory("it").stream()
                .anyMatch(change -> change.reason().contains("no sign of life (WATCHDOG=1) for 1")));
    }

    @Test
    void lastWords_areHeardBeforeTheExit_andTheSocketIsGone() throws IOException {
        manageNotifying(
                p -> p.restart(Restart.never())
                        .readinessCheck(HealthChecks.systemdNotify(), c -> c.every(Duration.ofSeconds(5))),
                "say:READY=1");
        manager.start("it"); // would fail, were the exit told first
        awaitState("it", ProcessState.STOPPED);
        assertFalse(Files.readString(Path.of("/proc/net/unix")).contains("@hsu-notify-"), "no socket is left");
    }

    @Test
    void socket_namesItsSenders_andPassesOverWhatIsTooLong() throws Exception {
        NotifySocket socket =
                NotifySocket.open("hsu-test-" + ProcessHandle.current().pid());
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(NotifyingChild.command("say:READY=1;X=ä", "say:" + "x".repeat(10_000)));
            builder.environment()
                    .put("NOTIFY_SOCKET", "@hsu-test-" + ProcessHandle.current().pid());
            Process sender = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertEquals(0, sender.waitFor());
            NotifySocket.Message message = socket.next().orElseThrow();
            assertEquals("READY=1\nX=ä", message.text());
            assertEquals(sender.pid(), message.pid());
            assertEquals(NotifySocket.ownUid(), message.uid());
            assertEquals("", socket.next().orElseThrow().text());
            assertTrue(socket.next().isEmpty());
        } finally {
            socket.close();
        }
    }
}
