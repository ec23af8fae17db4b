package io.hsu.examples;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.StringValue;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import io.hsu.ExitRecord;
import io.hsu.ExitStatus;
import io.hsu.HealthStatus;
import io.hsu.LogTarget;
import io.hsu.ProcessEvent;
import io.hsu.ProcessManager;
import io.hsu.ProcessState;
import io.hsu.ProcessStatus;
import io.hsu.config.HsuConfig;
import io.hsu.examples.integrated.GreeterService;
import io.hsu.examples.integrated.IntegratedExample;
import io.hsu.examples.plugin.PluginExample;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples do what they show. */
class ExamplesTest {

    /** Maven runs a module's tests in the module's directory. */
    private static final Path MODULE = Path.of("").toAbsolutePath();

    @Test
    void readme_showsTheQuickStartAsItIs() throws IOException {
        String readme = Files.readString(MODULE.resolve("../README.md"));
        String shown = readme.substring(readme.indexOf("```java") + 7);
        shown = shown.substring(0, shown.indexOf("```"));
        String source = Files.readString(MODULE.resolve("src/main/java/io/hsu/examples/QuickStart.java"));

        assertTrue(shown.lines().count() >= 10, shown);
        assertTrue(withoutSpace(source).contains(withoutSpace(shown)), shown);
    }

    /** The formatter breaks lines otherwise than a README does. */
    private static String withoutSpace(String code) {
        return code.replaceAll("\\s+", "");
    }

    @ParameterizedTest
    @CsvSource({"output.md, OutputExample", "health.md, HealthExample", "limits.md, LimitsExample"})
    void page_showsItsExampleAsItIs(String file, String example) throws IOException {
        String page = Files.readString(MODULE.resolve("../docs").resolve(file));
        String shown = page.substring(page.indexOf("```java") + 7);
        shown = shown.substring(0, shown.indexOf("```"));
        String source = Files.readString(MODULE.resolve("src/main/java/io/hsu/examples/" + example + ".java"));

        assertTrue(shown.lines().count() >= 10, shown);
        assertTrue(withoutSpace(source).contains(withoutSpace(shown)), shown);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void outputExample_filtersForItsTargetsOnly(@TempDir Path logs) throws Exception {
        assertEquals(List.of("INFO: listening", "DEBUG: heartbeat"), OutputExample.run(logs));
        assertEquals("INFO: listening\n", Files.readString(logs.resolve("managed_processes/api-stdout.log")));
        String json = Files.readString(logs.resolve("all.json"));
        assertTrue(
                json.matches("\\{\"time\":\"[^\"]+\",\"process\":\"api\",\"stream\":\"stdout\","
                        + "\"level\":\"info\",\"message\":\"INFO: listening\"}\n"),
                json);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void limitsExample_raisesALimit() throws Exception {
        BlockingQueue<ProcessEvent> events = new LinkedBlockingQueue<>();
        try (ProcessManager manager = LimitsExample.manager(events::add, words -> {})) {
            manager.start();
            ProcessEvent event = events.poll(30, TimeUnit.SECONDS);
            while (event != null && !(event instanceof ProcessEvent.LimitAdjusted)) {
                event = events.poll(30, TimeUnit.SECONDS);
            }
            assertEquals(
                    80.0 * 1024 * 1024,
                    assertInstanceOf(ProcessEvent.LimitAdjusted.class, event)
                            .to()
                            .amount());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void syslogTarget_sendsEachLine() throws IOException {
        try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                ProcessManager manager = ProcessManager.builder()
                        .process(
                                "worker",
                                p -> p.command("sh", "-c", "echo 'ERROR: no disk'; sleep 60")
                                        .output(o -> o.to(LogTarget.of(
                                                "syslog",
                                                Map.of(
                                                        "host",
                                                                receiver.getLocalAddress()
                                                                        .getHostAddress(),
                                                        "port", receiver.getLocalPort())))))
                        .build()) {
            receiver.setSoTimeout(10_000);
            manager.start("worker");
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            receiver.receive(packet);
            String message = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            assertTrue(message.matches("<27>1 \\S+Z - worker - stdout - ERROR: no disk"), message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"config-example.yaml", "quickstart.yaml", "plugin-example.yaml"})
    void configurations_loadWithoutAWarning(String file) {
        HsuConfig config = HsuConfig.load(MODULE.resolve(file));
        assertEquals(List.of(), config.warnings());
        config.toBuilder().build().close();
    }

    @Test
    void healthExample_isAccepted() {
        try (ProcessManager manager = HealthExample.manager()) {
            assertEquals(3, manager.spec("api").healthChecks().size());
            assertEquals(1, manager.spec("greeter").healthChecks().size());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void quickStart_endsByItself() throws InterruptedException {
        QuickStart.main(new String[0]);
        assertTrue(ProcessHandle.current().children().findAny().isEmpty());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void yamlQuickStart_runsInOrder_withWhatTheApplicationAdds() {
        List<ProcessStatus> statuses = YamlQuickStart.run(MODULE.resolve("quickstart.yaml"));
        assertEquals(
                List.of("prepare STOPPED", "service RUNNING", "extra RUNNING"),
                statuses.stream()
                        .map(status -> status.id() + " " + status.state())
                        .toList());
    }

    @Test
    void integratedExample_greetsAtItsPort_andEndsWhenAsked() {
        try (ProcessManager manager = IntegratedExample.manager()) {
            manager.start("greeter");
            int port = manager.status("greeter").port().orElseThrow();
            assertEquals(StringValue.of("Hello, world"), greet(port, StringValue.of("world")));

            manager.stop("greeter");
            ExitRecord exit = manager.status("greeter").lastExit().orElseThrow();
            assertEquals(new ExitStatus.Exited(0), exit.status());
            assertTrue(exit.lastOutput().contains("asked to end"), exit::toString);
        }
    }

    private static StringValue greet(int port, StringValue name) {
        ManagedChannel channel = Grpc.newChannelBuilderForAddress(
                        "localhost", port, InsecureChannelCredentials.create())
                .build();
        try {
            return ClientCalls.blockingUnaryCall(
                    channel, GreeterService.unary("examples.Greeter/Greet", name), CallOptions.DEFAULT, name);
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void plugins_areFoundByTheirNames(@TempDir Path spool) throws IOException {
        try (ProcessManager manager = PluginExample.manager(spool)) {
            manager.start();
            await().until(() -> manager.status("worker").health() == HealthStatus.HEALTHY);
            await().until(() -> manager.status("misconfigured").state() == ProcessState.FAILED);
            assertEquals(1, manager.status("misconfigured").launch());
            assertTrue(manager.explain("misconfigured").toString().contains("it says that its configuration is wrong"));

            for (int file = 0; file < 11; file++) {
                Files.createFile(spool.resolve("job" + file));
            }
            await().until(() -> manager.status("worker").health() == HealthStatus.UNHEALTHY);
            assertEquals(
                    "11 files wait in " + spool + ", 10 may",
                    manager.status("worker").checks().get(0).reason());
        }
    }
}
