package io.hsu.internal.health;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hsu.CheckStatus;
import io.hsu.HealthCheckSpec;
import io.hsu.HealthChecks;
import io.hsu.HealthStatus;
import io.hsu.ProcessStartException;
import io.hsu.ProcessStartException.Reason;
import io.hsu.ProcessState;
import io.hsu.Restart;
import io.hsu.spi.HealthCheck;
import io.hsu.testkit.RealProcesses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The built-in checks against real targets, run by a real manager. */
class RealChecksTest extends RealProcesses {

    @Test
    void process_alive() {
        watch(HealthChecks.process());
        assertFound(HealthStatus.HEALTHY, "process " + pid("it") + " is alive");
    }

    @Test
    void tcp_openPort() throws IOException {
        try (ServerSocket server = listen(50)) {
            watch(HealthChecks.tcp("127.0.0.1", server.getLocalPort()));
            assertFound(HealthStatus.HEALTHY, "127.0.0.1:%d accepts connections".formatted(server.getLocalPort()));
            server.setSoTimeout(10_000);
            try (Socket connection = server.accept()) {
                assertEquals(-1, connection.getInputStream().read(), "the check closes its connection");
            }
        }
    }

    @Test
    void tcp_closedPort() throws IOException {
        int port;
        try (ServerSocket server = listen(1)) {
            port = server.getLocalPort();
        }
        watch(HealthChecks.tcp("127.0.0.1", port));
        assertFound(HealthStatus.UNHEALTHY, "127.0.0.1:%d: Connection refused".formatted(port));
    }

    @Test
    void tcp_unknownHost() {
        watch(HealthChecks.tcp("a..b", 80));
        assertFound(HealthStatus.UNHEALTHY, "host a..b is unknown");
    }

    /** A server that does not accept, with its queue full: Linux does not answer those who knock then. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void tcp_serverThatHangs() throws IOException {
        List<Socket> queue = new ArrayList<>();
        try (ServerSocket server = listen(1)) {
            assumeTrue(fill(server, queue), "its queue can be filled");
            watch(HealthChecks.tcp("127.0.0.1", server.getLocalPort()));
            assertFound(
                    HealthStatus.UNHEALTHY,
                    "tcp 127.0.0.1:%d: no answer within 500ms".formatted(server.getLocalPort()));
        } finally {
            for (Socket socket : queue) {
                socket.close();
            }
        }
    }

    private static boolean fill(ServerSocket server, List<Socket> queue) throws IOException {
        for (int count = 0; count < 10; count++) {
            Socket socket = new Socket();
            queue.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 100);
            } catch (SocketTimeoutException e) {
                return true;
            }
        }
        return false;
    }

    @Test
    void file_thatAppears() throws IOException {
        watch(HealthChecks.file(directory.resolve("file")));
        assertFound(HealthStatus.UNHEALTHY, directory.resolve("file") + " does not exist");
        Files.createFile(directory.resolve("file"));
        assertFound(HealthStatus.HEALTHY, directory.resolve("file") + " exists");
    }

    @Test
    void exec_code0() {
        watch(HealthChecks.exec("/bin/sh", "-c", "exit 0"));
        assertFound(HealthStatus.HEALTHY, "/bin/sh exited with code 0");
    }

    @Test
    void exec_otherCodeShowsTheOutput() {
        watch(HealthChecks.exec("/bin/sh", "-c", "echo one; echo two; exit 1"));
        assertFound(HealthStatus.UNHEALTHY, "/bin/sh exited with code 1: one | two");
    }

    @Test
    void exec_runsInTheProcesssEnvironmentAndDirectory() throws IOException {
        manage(
                "exec sleep 300",
                p -> p.environment("COLOUR", "red")
                        .workingDirectory(directory)
                        .healthCheck(
                                HealthChecks.exec("/bin/sh", "-c", "echo $COLOUR in $(pwd -P); exit 1"),
                                RealChecksTest::quick));
        manager.start("it");
        assertFound(HealthStatus.UNHEALTHY, "/bin/sh exited with code 1: red in " + directory.toRealPath());
    }

    @Test
    void exec_missingCommand() {
        watch(HealthChecks.exec("/no/such/command"));
        soon("the reason").until(() -> check().reason().contains("executable '/no/such/command' does not exist"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void exec_lateIsKilledWithItsTree() {
        lookOnce(
                HealthChecks.exec(
                        "/bin/sh",
                        "-c",
                        "echo connecting; trap '' TERM; (setsid sleep 300 &); sleep 300 & sleep 300; true"),
                Duration.ofSeconds(1));
        soon("the command with its children").until(() -> marked.alive().size() == 5);
        soon("the verdict")
                .until(() -> check().reason().endsWith("no answer within 1s; its output so far: connecting"));
        soon("the end of the command").untilAsserted(() -> assertEquals(Set.of(pid("it")), marked.alive()));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void exec_whatACommandLeavesBehindIsKilled() {
        lookOnce(HealthChecks.exec("/bin/sh", "-c", "(setsid sleep 300 &); exit 0"), Duration.ofMinutes(1));
        awaitState("it", ProcessState.RUNNING);
        soon("the end of what was left").untilAsserted(() -> assertEquals(Set.of(pid("it")), marked.alive()));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void exec_underWayIsKilledWhenTheProcessIsStopped() {
        lookOnce(HealthChecks.exec("/bin/sh", "-c", "sleep 300; true"), Duration.ofMinutes(1));
        soon("the command").until(() -> marked.alive().size() == 3);
        manager.stop("it");
        soon("the end of all").until(() -> marked.alive().isEmpty());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void exec_underWayIsKilledWhenTheManagerIsClosed() {
        lookOnce(HealthChecks.exec("/bin/sh", "-c", "(setsid sleep 300 &); sleep 300; true"), Duration.ofMinutes(1));
        soon("the command").until(() -> marked.alive().size() == 4);
        manager.close();
        assertEquals(Set.of(), marked.alive());
    }

    /** Lets a process run that a check looks at once; it is not ready before that. */
    private void lookOnce(HealthCheck check, Duration timeout) {
        manage(
                "exec sleep 300",
                p -> p.startTimeout(Duration.ofMinutes(5))
                        .readinessCheck(
                                check, c -> c.every(Duration.ofMinutes(5)).timeout(timeout)));
        manager.startAsync("it");
    }

    @Test
    void logLine_isNoticedWhenItComesNotAtTheNextLook() throws IOException {
        manage(
                "echo starting; while [ ! -e \"$1/go\" ]; do sleep 0.02; done; echo 'now ready, really'; exec sleep 300",
                p -> p.startTimeout(Duration.ofMinutes(5))
                        .readinessCheck(
                                HealthChecks.logLine("ready"),
                                c -> c.every(Duration.ofMinutes(2)).timeout(Duration.ofMinutes(1))));
        CompletableFuture<Void> start = manager.startAsync("it");
        soon("its output").until(() -> manager.logs("it").tail(1).size() == 1);
        assertEquals(ProcessState.STARTING, manager.status("it").state());

        Files.createFile(directory.resolve("go"));
        soon("the start, long before the next look").until(start::isDone);
        assertFound(HealthStatus.HEALTHY, "found: now ready, really");
    }

    @Test
    void logLine_thatCameBeforeTheFirstLook() {
        manage(
                "echo ready; exec sleep 300",
                p -> p.startTimeout(Duration.ofMinutes(5))
                        .readinessCheck(
                                HealthChecks.logLine("^ready$"),
                                c -> c.initialDelay(millis(300)).every(Duration.ofMinutes(2))));
        manager.start("it");
        assertFound(HealthStatus.HEALTHY, "found: ready");
    }

    @Test
    void logLine_thatDoesNotCome() {
        manage(
                "echo starting; exec sleep 300",
                p -> p.restart(Restart.never())
                        .startTimeout(millis(500))
                        .readinessCheck(HealthChecks.logLine("^ready$"), c -> c.every(millis(50))));
        ProcessStartException e = assertThrows(ProcessStartException.class, () -> manager.start("it"));
        assertEquals(Reason.TIMEOUT, e.reason());
        assertTrue(e.getMessage().contains("log-line /^ready$/"), e.getMessage());
        assertEquals(List.of("starting"), e.lastOutput());
    }

    @Test
    void logLine_ofAnEarlierLaunchDoesNotCount() {
        manage(
                "[ -e \"$1/second\" ] || echo ready; touch \"$1/second\"; exec sleep 300",
                p -> p.restart(Restart.never())
                        .startTimeout(millis(500))
                        .readinessCheck(HealthChecks.logLine("^ready$"), c -> c.every(millis(50))));
        manager.start("it");
        ProcessStartException e = assertThrows(ProcessStartException.class, () -> manager.restart("it"));
        assertEquals(Reason.TIMEOUT, e.reason());
    }

    /** Java's regular expressions recurse: a long line and a careless pattern overflow the stack. */
    @Test
    void logLine_patternThatOverflowsTheStackDoesNotStopTheOutput() {
        manage(
                "head -c 60000 /dev/zero | tr '\\0' a; echo; echo next; exec sleep 300",
                p -> p.healthCheck(HealthChecks.logLine("(a|b)*c"), RealChecksTest::quick));
        manager.start("it");
        soon("the next line").until(() -> manager.status("it").lastOutput().contains("next"));
        assertEquals(ProcessState.RUNNING, manager.status("it").state());
    }

    /** Lets a process run that a check looks at and that is never replaced. */
    private void watch(HealthCheck check) {
        manage("exec sleep 300", p -> p.healthCheck(check, RealChecksTest::quick));
        manager.start("it");
    }

    private static void quick(HealthCheckSpec.Builder options) {
        options.initialDelay(Duration.ZERO).every(millis(600)).timeout(millis(500));
    }

    private static ServerSocket listen(int backlog) throws IOException {
        ServerSocket server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), backlog);
        return server;
    }

    private void assertFound(HealthStatus status, String reason) {
        soon("the check's verdict").untilAsserted(() -> {
            assertEquals(reason, check().reason());
            assertEquals(status, check().status());
        });
    }

    private CheckStatus check() {
        return manager.status("it").checks().get(0);
    }
}
