package io.hsu.examples;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.hsu.Backoff;
import io.hsu.HealthChecks;
import io.hsu.ProcessManager;
import io.hsu.Restart;

/** The smallest useful host application: one process that crashes, and is looked after. */
public final class QuickStart {

    public static void main(String[] args) throws InterruptedException {
        try (ProcessManager manager = ProcessManager.builder()
                .process(
                        "greeter",
                        p -> p.command("sh", "-c", "echo hello; sleep 2; echo out of words; exit 1")
                                .environment("GREETING", "hello")
                                .readinessCheck(HealthChecks.logLine("hello"), c -> c.every(ofMillis(500)))
                                .restart(Restart.onFailure()
                                        .maxRetries(3)
                                        .backoff(Backoff.exponential(ofSeconds(1), 1.5)))
                                .stopTimeout(ofSeconds(5)))
                .listener(System.out::println)
                .build()) {
            manager.start("greeter"); // returns when it runs and is ready
            Thread.sleep(5_000); // the application's own work; meanwhile the greeter crashes and comes back
            System.out.println(manager.status("greeter"));
            System.out.println(manager.explain("greeter"));
        } // stops it, with everything it has started
    }

    private QuickStart() {}
}
