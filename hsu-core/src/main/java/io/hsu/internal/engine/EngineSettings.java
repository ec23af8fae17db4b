package io.hsu.internal.engine;

import io.hsu.ProcessEvent;
import io.hsu.ProcessSpec;
import io.hsu.spi.HealthCheckProvider;
import io.hsu.spi.RestartPolicyProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What the manager's builder has gathered. {@code logDirectory} may be null. */
public record EngineSettings(
        List<ProcessSpec> processes,
        List<Consumer<? super ProcessEvent>> listeners,
        List<RestartPolicyProvider> restartPolicies,
        List<HealthCheckProvider> healthChecks,
        ClassLoader classLoader,
        Path logDirectory,
        Duration forceShutdownTimeout) {}
