package io.hsu.health;

import static io.hsu.health.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Backoff;
import io.hsu.ExitRecord;
import io.hsu.ExitStatus;
import io.hsu.HealthCheckSpec;
import io.hsu.HealthStatus;
import io.hsu.LogLine;
import io.hsu.ProcessEvent;
import io.hsu.ProcessManager;
import io.hsu.ProcessManagerBuilder;
import io.hsu.Restart;
import io.hsu.StreamKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A manager, and a process that takes part. */
@Timeout(120)
class IntegratedProcessTest {

    private static final String ID = "service";

    @TempDir
    Path directory;

    private final List<ProcessEvent> events = new CopyOnWriteArrayList<>();

    @Test
    void life() throws IOException {
        Path portFile = directory.resolve("state").resolve(ID + ".port");
        try (ProcessManager manager =
                builder("polite").stateDirectory(directory.resolve("state")).build()) {
            manager.start(ID);
            awaitHealthy(manager, 1);
            int port = manager.status(ID).port().orElseThrow();
            assertEquals(port + "\n", Files.readString(portFile));
            assertEquals(
                    "serving at " + port + ", told " + port, output(manager).get(0));

            Files.createFile(directory.resolve("files").resolve("enough"));
            awaitHealthy(manager, 2);
            assertEquals(port, manager.status(ID).port().orElseThrow(), "clients may know it");
            assertEquals(port + "\n", Files.readString(portFile));
            assertTrue(
                    events.stream().anyMatch(event -> event.toString().contains("NOT_SERVING from localhost:" + port)),
                    events::toString);

            manager.stop(ID);
            assertEquals(new ExitStatus.Exited(0), exit(manager).status());
            String served = "serving at " + port + ", told " + port;
            assertEquals(List.of(served, "not well", "asked", served, "asked"), output(manager), "and not signalled");
            soon().until(() -> !Files.exists(portFile)); // beside the stop
        }
        soon().until(() -> Soon.threads("hsu-grpc-check").isEmpty());
    }

    @Test
    void withoutAShutdownMethod_isSignalledAtOnce() throws IOException {
        try (ProcessManager manager = builder("deaf").build()) {
            manager.start(ID);
            awaitHealthy(manager, 1);
            long before = System.nanoTime();
            manager.stop(ID);
            Duration taken = Duration.ofNanos(System.nanoTime() - before);
            assertTrue(
                    taken.compareTo(Duration.ofSeconds(25)) < 0, "half of the stop timeout was waited for: " + taken);
            assertEquals(List.of("signalled"), output(manager).subList(1, 2));
        }
    }

    private ProcessManagerBuilder builder(String manners) throws IOException {
        Path files = Files.createDirectory(directory.resolve("files"));
        return ProcessManager.builder()
                .integratedProcess(
                        ID,
                        p -> p.command(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:TieredStopAtLevel=1",
                                        "-XX:+UseSerialGC",
                                        IntegratedChild.class.getName(),
                                        files.toString(),
                                        manners)
                                .environment("CLASSPATH", System.getProperty("java.class.path"))
                                .startupCheck(GrpcHealthCheck.atAllocatedPort(), IntegratedProcessTest::oftenAndLong)
                                .healthCheck(
                                        GrpcHealthCheck.atAllocatedPort(),
                                        c -> c.initialDelay(Duration.ZERO)
                                                .every(Duration.ofMillis(1000))
                                                .timeout(Duration.ofMillis(950)))
                                .restart(Restart.onFailure()
                                        .backoff(Backoff.fixed(Duration.ofMillis(10)))
                                        .startupGrace(Duration.ZERO))
                                .stopTimeout(Duration.ofSeconds(50)))
                .listener(events::add);
    }

    private static void oftenAndLong(HealthCheckSpec.Builder check) {
        check.every(Duration.ofMillis(200)).failAfter(1000);
    }

    private static void awaitHealthy(ProcessManager manager, long launch) {
        soon().atMost(Duration.ofSeconds(60)).until(() -> {
            var status = manager.status(ID);
            return status.launch() == launch && status.health() == HealthStatus.HEALTHY;
        });
    }

    private static ExitRecord exit(ProcessManager manager) {
        return manager.status(ID).lastExit().orElseThrow();
    }

    private static List<String> output(ProcessManager manager) {
        return manager.logs(ID).tail(100).stream()
                .filter(line -> line.stream() == StreamKind.STDOUT) // the other one may have warnings of Java's
                .map(LogLine::text)
                .toList();
    }
}
