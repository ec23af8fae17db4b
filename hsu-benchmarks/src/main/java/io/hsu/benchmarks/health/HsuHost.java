package io.hsu.benchmarks.health;

import io.hsu.HealthCheckSpec;
import io.hsu.HealthChecks;
import io.hsu.HealthStatus;
import io.hsu.ProcessManager;
import io.hsu.ProcessManagerBuilder;
import io.hsu.ProcessSpecBuilder;
import io.hsu.Restart;
import io.hsu.benchmarks.support.Programs;
import io.hsu.health.HttpHealthCheck;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A manager with a process for each check, which does nothing. */
final class HsuHost implements CheckHost {

    private static final String CHILD_SECONDS = "100000";

    /** What hangs shall be looked at again and again, not be replaced. */
    private static final int NEVER = Integer.MAX_VALUE;

    private ProcessManager manager;

    @Override
    public void start(Load load, List<URI> targets) {
        String sleep = Programs.require("sleep").toString();
        ProcessManagerBuilder builder = ProcessManager.builder();
        for (int i = 0; i < load.checks(); i++) {
            URI target = targets.get(i);
            builder.process("child-" + i, process -> {
                process.command(sleep, CHILD_SECONDS).restart(Restart.never());
                addCheck(process, load, target);
            });
        }
        manager = builder.build();
        manager.start();
    }

    private static void addCheck(ProcessSpecBuilder process, Load load, URI target) {
        switch (load.kind()) {
            case NONE -> {
                // The manager with nothing to look at.
            }
            case PROCESS -> process.healthCheck(HealthChecks.process(), check -> configure(check, load));
            case HTTP -> process.healthCheck(HttpHealthCheck.get(target.toString()), check -> configure(check, load));
        }
    }

    private static void configure(HealthCheckSpec.Builder check, Load load) {
        check.initialDelay(Duration.ZERO)
                .every(load.interval())
                .timeout(Load.TIMEOUT)
                .failAfter(NEVER);
    }

    @Override
    public long[] latencies() {
        return manager.list().stream()
                .flatMap(process -> process.checks().stream())
                .filter(check -> check.status() == HealthStatus.HEALTHY)
                .mapToLong(check -> check.latency().toNanos())
                .toArray();
    }
}
