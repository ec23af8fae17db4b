package io.hsu.examples;

import static java.time.Duration.ofSeconds;

import io.hsu.Dependency;
import io.hsu.HealthChecks;
import io.hsu.ProcessManager;
import io.hsu.health.HttpHealthCheck;

/** Checks in all three roles, and a process that takes part. */
public final class HealthExample {

    public static void main(String[] args) {
        try (ProcessManager manager = manager()) {
            manager.start(); // returns when both run and are ready
            manager.status("api").checks().forEach(System.out::println);
            manager.healthHistory("api").forEach(System.out::println);
        }
    }

    /** {@return a manager of a service that starts slowly, and of one that waits for it} */
    public static ProcessManager manager() {
        return ProcessManager.builder()
                .process(
                        "api",
                        p -> p.command("./api", "--port", "8080")
                                .startupCheck(HealthChecks.logLine("migrations done"), c -> c.failAfter(150))
                                .readinessCheck(HttpHealthCheck.get("http://localhost:8080/ready"))
                                .healthCheck(
                                        HttpHealthCheck.get("http://localhost:8080/health")
                                                .expectBody("\"UP\""),
                                        c -> c.every(ofSeconds(10))
                                                .timeout(ofSeconds(2))
                                                .failAfter(3)))
                .integratedProcess(
                        "greeter", p -> p.command("./greeter").dependsOn("api", Dependency.Condition.HEALTHY))
                .build();
    }

    private HealthExample() {}
}
