package io.hsu.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged jar with real processes. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the processes are shell scripts, and the signals POSIX's")
class HsuServerIT {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"flat", "nested", "mixed"})
    void sixProcesses_inEachShape_untilTerm(String shape) throws Exception {
        AtomicInteger status = new AtomicInteger(200);
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        web.start();
        String url = "http://127.0.0.1:" + web.getAddress().getPort() + "/health";
        Path file = Files.writeString(directory.resolve("hsu.yaml"), YamlShapes.sixProcesses(shape, url));
        try (HsuJar hsu = HsuJar.run(directory, "--config", file.toString(), "--port", "0")) {
            assertTrue(hsu.awaitStarted().contains("successfully: 6 running"), hsu.out()::toString);
            String address = hsu.managementAddress();
            assertEquals(ServingStatus.SERVING, serving(address, ""));
            assertEquals(ServingStatus.SERVING, serving(address, "worker"));
            hsu.awaitLine("liveness check: HTTP 200 from " + url);
            status.set(503);
            hsu.awaitLine("HTTP 503 from " + url);
            status.set(200);
            hsu.awaitLine("[worker] working");
            hsu.noteDescendants();
            hsu.signal("TERM");
            hsu.awaitExit(ExitCodes.DONE);
            hsu.assertNothingIsLeft();
            assertTrue(hsu.out().get(hsu.out().size() - 1).contains("STOPPED    nothing is left"), hsu.out()::toString);
            assertEquals("", hsu.err());
        } finally {
            web.stop(0);
        }
    }

    @Test
    void intTwice_killsWhatIgnoresTheFirst() throws Exception {
        config("""
                process_manager: {force_shutdown_timeout: "10m"}
                managed_processes:
                """ + stubborn("one") + stubborn("two"));
        try (HsuJar hsu = HsuJar.run(directory, "run", "hsu.yaml", "--port", "0")) {
            hsu.awaitStarted();
            String signal = interrupts() ? "INT" : "TERM";
            hsu.signal(signal);
            hsu.awaitLine("signal " + signal + ": everything is stopped, within 10m");
            hsu.awaitLine("one        STOPPING");
            hsu.awaitLine("two        STOPPING");
            hsu.signal(signal);
            hsu.awaitLine("killed now");
            hsu.awaitExit(ExitCodes.DONE);
            hsu.assertNothingIsLeft();
        }
    }

    @Test
    void term_whileAProcessIsNotReady() throws Exception {
        config("managed_processes:\n" + process("slow", "sleep 1000")
                + "  readiness_check: {type: log-line, log-line: {pattern: never}}\n");
        try (HsuJar hsu = HsuJar.run(directory, "run", "hsu.yaml", "--port", "0")) {
            hsu.awaitLine("slow       LAUNCHED   pid ");
            hsu.noteDescendants();
            hsu.signal("TERM");
            hsu.awaitExit(ExitCodes.DONE);
            hsu.assertNothingIsLeft();
            assertTrue(hsu.out().stream().noneMatch(line -> line.contains("successfully")), hsu.out()::toString);
        }
    }

    /** The JVM's own end: another exit code, and yet no process is left. */
    @Test
    void hup_leavesNothing() throws Exception {
        config("managed_processes:\n" + process("one", "sleep 1000"));
        try (HsuJar hsu = HsuJar.run(directory, "run", "hsu.yaml", "--port", "0")) {
            hsu.awaitStarted();
            hsu.signal("HUP");
            hsu.awaitExit(129);
            hsu.assertNothingIsLeft();
        }
    }

    @Test
    void runDuration_endsByItself() throws Exception {
        config("managed_processes:\n" + process("one", "sleep 1000"));
        try (HsuJar hsu = HsuJar.run(directory, "run", "hsu.yaml", "--port", "0", "--run-duration", "3", "--debug")) {
            hsu.awaitStarted();
            hsu.awaitExit(ExitCodes.DONE);
            hsu.assertNothingIsLeft();
            hsu.awaitLine("the run duration of 3s is over");
            assertFalse(hsu.err().contains("java.lang"), hsu::err);
        }
    }

    @Test
    void missingExecutable_keepsNoOtherFromStarting() throws Exception {
        config("managed_processes:\n" + process("good", "sleep 1000") + """
                - id: bad
                  type: standard_managed
                  management:
                    control: {executable: no-such-executable-anywhere}
                """);
        try (HsuJar hsu = HsuJar.run(directory, "run", "hsu.yaml", "--port", "0")) {
            assertTrue(hsu.awaitStarted().contains("1 running, 1 failed (bad)"), hsu.out()::toString);
            hsu.awaitLine("bad        FAILED     process 'bad' cannot be started: ");
            assertEquals(ServingStatus.NOT_SERVING, serving(hsu.managementAddress(), "bad"));
            assertEquals(ServingStatus.SERVING, serving(hsu.managementAddress(), "good"));
            hsu.signal("TERM");
            hsu.awaitExit(ExitCodes.DONE);
            hsu.assertNothingIsLeft();
        }
    }

    @Test
    void nothingStarts_andTheManagerStays() throws Exception {
        config("""
                managed_processes:
                - id: bad
                  type: standard_managed
                  management:
                    control: {executable: no-such-executable-anywhere}
                """);
        try (HsuJar hsu = HsuJar.run(directory, "run", "hsu.yaml", "--port", "0")) {
            assertTrue(hsu.awaitStarted().contains("0 running, 1 failed (bad)"), hsu.out()::toString);
            assertEquals(ServingStatus.SERVING, serving(hsu.managementAddress(), ""));
            hsu.signal("TERM");
            hsu.awaitExit(ExitCodes.DONE);
        }
    }

    @Test
    void health_followsTheProcess() throws Exception {
        config("managed_processes:\n" + process("one", "sleep 1000") + "    restart_policy: {strategy: never}\n");
        try (HsuJar hsu = HsuJar.run(directory, "run", "hsu.yaml", "--port", "0")) {
            hsu.awaitStarted();
            String address = hsu.managementAddress();
            assertEquals(ServingStatus.SERVING, serving(address, "one"));
            String line = hsu.awaitLine("one        RUNNING    started, pid ");
            ProcessHandle.of(Long.parseLong(line.substring(line.indexOf("pid ") + 4)))
                    .orElseThrow()
                    .destroyForcibly();
            await().until(() -> serving(address, "one") == ServingStatus.NOT_SERVING);
            hsu.awaitLine("one        EXITED     killed by signal 9 (KILL)");
            hsu.signal("TERM");
            hsu.awaitExit(ExitCodes.DONE);
        }
    }

    @Test
    void portTaken_isExitCode1_andNothingIsStarted() throws Exception {
        config("managed_processes:\n" + process("one", "touch started"));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                HsuJar hsu = HsuJar.run(directory, "run", "hsu.yaml", "--port", "" + taken.getLocalPort())) {
            hsu.awaitExit(ExitCodes.FAILED);
            assertTrue(hsu.err().contains("management port " + taken.getLocalPort() + " "), hsu::err);
            assertTrue(hsu.err().contains("--port"), hsu::err);
            assertTrue(hsu.err().contains("process_manager.port"), hsu::err);
            assertNothingStarted(hsu);
        }
    }

    @Test
    void lenient_unknownKeyIsAWarning() throws Exception {
        config("managed_processes:\n" + process("one", "sleep 1000") + "  colour: red\n");
        try (HsuJar hsu = HsuJar.run(directory, "run", "hsu.yaml", "--port", "0", "--lenient")) {
            assertTrue(hsu.awaitStarted().contains("1 running"), hsu.out()::toString);
            assertTrue(hsu.err().contains("hsu: warning: hsu.yaml:"), hsu::err);
            hsu.signal("TERM");
            hsu.awaitExit(ExitCodes.DONE);
            hsu.assertNothingIsLeft();
        }
    }

    @Test
    void wrongConfiguration_missingFile() throws Exception {
        try (HsuJar hsu = HsuJar.run(directory, "--config", "no-such.yaml", "--port", "0")) {
            hsu.awaitExit(ExitCodes.WRONG_INPUT);
            assertTrue(hsu.err().contains("no-such.yaml:1:1: does not exist"), hsu::err);
        }
    }

    @Test
    void wrongConfiguration_empty() throws Exception {
        assertRefused("", "hsu.yaml:1:1: is empty");
    }

    @Test
    void wrongConfiguration_notYaml() throws Exception {
        assertRefused("{{{{: [", "hsu.yaml:1:5: is not YAML");
    }

    @Test
    void wrongConfiguration_duplicateKey() throws Exception {
        assertRefused(
                "managed_processes:\n" + process("one", "touch started") + "  id: two\n",
                "hsu.yaml:6:3: managed_processes[0].id: 'id' is there twice");
    }

    /** Every problem is told, not the first only. */
    @Test
    void wrongConfiguration_unknownKeys() throws Exception {
        assertRefused(
                "colour: red\nmanaged_processes:\n" + process("one", "touch started") + "  enabeld: true\n",
                "hsu.yaml:1:1: colour: unknown key",
                "hsu.yaml:7:3: managed_processes[0].enabeld: unknown key 'enabeld'; did you mean 'enabled'?");
    }

    @Test
    void wrongConfiguration_duplicateId() throws Exception {
        assertRefused(
                "managed_processes:\n" + process("one", "touch started") + process("one", "touch started"),
                "hsu.yaml:6:7: managed_processes[1].id: ");
    }

    @Test
    void wrongConfiguration_cycle() throws Exception {
        assertRefused(
                "managed_processes:\n" + process("one", "touch started") + "  depends_on: [two]\n"
                        + process("two", "touch started") + "  depends_on: [one]\n"
                        + process("three", "touch started"),
                "hsu.yaml:11:16: managed_processes[1].depends_on[0]: ",
                "one -> two -> one");
    }

    private void assertRefused(String yaml, String... messages) throws Exception {
        config(yaml);
        try (HsuJar hsu = HsuJar.run(directory, "--config", "hsu.yaml", "--port", "0")) {
            hsu.awaitExit(ExitCodes.WRONG_INPUT);
            for (String message : messages) {
                assertTrue(hsu.err().contains(message), hsu::err);
            }
            assertNothingStarted(hsu);
        }
    }

    private void assertNothingStarted(HsuJar hsu) {
        assertEquals(List.of(), hsu.out());
        assertFalse(Files.exists(directory.resolve("started")));
    }

    private void config(String yaml) throws IOException {
        Files.writeString(directory.resolve("hsu.yaml"), yaml);
    }

    /** Five lines. */
    private static String process(String id, String script) {
        return """
                - id: %s
                  type: standard_managed
                  management:
                    control: {executable: sh, arguments: ["-c", "exec %s"]}
                """.formatted(id, script);
    }

    private static String stubborn(String id) {
        return """
                - id: %s
                  type: standard_managed
                  management:
                    control:
                      executable: sh
                      arguments: ["-c", "trap '' TERM INT; echo deaf; while :; do sleep 1; done"]
                      shutdown_timeout: "9m"
                  readiness_check: {type: log-line, log-line: {pattern: deaf}}
                """.formatted(id);
    }

    private static ServingStatus serving(String address, String service) throws InterruptedException {
        ManagedChannel channel = Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
                .build();
        try {
            return HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(10, TimeUnit.SECONDS)
                    .check(HealthCheckRequest.newBuilder().setService(service).build())
                    .getStatus();
        } finally {
            channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    /** Whoever runs the tests in the background of a shell script has INT ignored, and so have all processes below. */
    private static boolean interrupts() throws IOException {
        Path own = Path.of("/proc/self/status");
        return !Files.exists(own)
                || Files.readAllLines(own).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .noneMatch(line -> (Long.parseUnsignedLong(
                                                line.substring("SigIgn:".length())
                                                        .strip(),
                                                16)
                                        & 2)
                                != 0);
    }
}
