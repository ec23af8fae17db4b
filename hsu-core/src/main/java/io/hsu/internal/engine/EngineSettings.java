package io.hsu.internal.engine;

import io.hsu.ProcessEvent;
import io.hsu.ProcessSpec;
import io.hsu.internal.log.OutputSettings;
import io.hsu.spi.Providers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What the manager's builder has gathered. {@code stateDirectory} and {@code alerts} may be null. */
public record EngineSettings(
        List<ProcessSpec> processes,
        List<Consumer<? super ProcessEvent>> listeners,
        Providers providers,
        OutputSettings output,
        Path stateDirectory,
        Consumer<? super ProcessEvent.LimitViolated> alerts,
        Duration forceShutdownTimeout) {}
