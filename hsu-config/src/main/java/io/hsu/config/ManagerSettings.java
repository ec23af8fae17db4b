package io.hsu.config;

import io.hsu.ProcessManagerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** {@code process_manager}, with its defaults. */
record ManagerSettings(
        int port, LogLevel logLevel, Duration forceShutdownTimeout, Optional<Path> baseDirectory, Path userLogs) {

    private static final int PORT = 50055;
    private static final Duration FORCE_SHUTDOWN_TIMEOUT = Duration.ofSeconds(30);

    static ManagerSettings read(Block file, Map<String, String> environment) {
        Path logs = DefaultDirectory.logs(
                environment, System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
        return file.block(
                        "process_manager",
                        Section.PROCESS_MANAGER,
                        block -> new ManagerSettings(
                                block.read("port", value -> value.integer(1, 65535))
                                        .orElse(PORT),
                                block.read("log_level", value -> value.word(LogLevel.class))
                                        .orElse(LogLevel.INFO),
                                block.read("force_shutdown_timeout", Value::duration)
                                        .orElse(FORCE_SHUTDOWN_TIMEOUT),
                                block.read("base_directory", Value::path),
                                logs))
                .orElse(new ManagerSettings(PORT, LogLevel.INFO, FORCE_SHUTDOWN_TIMEOUT, Optional.empty(), logs));
    }

    /** {@return where relative log files lie} */
    Path logDirectory() {
        return baseDirectory.map(base -> base.resolve("logs")).orElse(userLogs);
    }

    /** {@return where what must outlive the manager lies} Only where the file says so: it makes processes outlive it, too. */
    Optional<Path> stateDirectory() {
        return baseDirectory.map(base -> base.resolve("state"));
    }

    void applyTo(ProcessManagerBuilder builder) {
        builder.logDirectory(logDirectory()).forceShutdownTimeout(forceShutdownTimeout);
        stateDirectory().ifPresent(builder::stateDirectory);
    }
}
