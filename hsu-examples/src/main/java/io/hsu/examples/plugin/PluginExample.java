package io.hsu.examples.plugin;

import io.hsu.Backoff;
import io.hsu.CheckStatus;
import io.hsu.HealthChecks;
import io.hsu.ProcessManager;
import io.hsu.Restart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Uses the policy and the check by the names under which {@link java.util.ServiceLoader} finds them. */
public final class PluginExample {

    public static void main(String[] args) throws IOException, InterruptedException {
        Path spool = Files.createTempDirectory("spool");
        try (ProcessManager manager = manager(spool)) {
            manager.start();
            Thread.sleep(2_000);
            CheckStatus depth = manager.status("worker").checks().get(0);
            System.out.printf("worker: %s, %s%n", depth.status(), depth.reason());
            System.out.println(manager.explain("misconfigured"));
        } finally {
            Files.delete(spool);
        }
    }

    /** {@return a manager whose processes use both plug-ins} */
    public static ProcessManager manager(Path spool) {
        return ProcessManager.builder()
                .process(
                        "worker",
                        p -> p.command("sleep", "60")
                                .healthCheck(
                                        HealthChecks.named(
                                                "queue-depth", Map.of("directory", spool.toString(), "max", 10)),
                                        c -> c.every(Duration.ofMillis(500)).initialDelay(Duration.ZERO)))
                .process(
                        "misconfigured",
                        p -> p.command("sh", "-c", "echo 'port is not a number'; exit 78")
                                .restart(Restart.policy("give-up-on-config-error")
                                        .backoff(Backoff.fixed(Duration.ofMillis(100)))))
                .build();
    }

    private PluginExample() {}
}
