package io.hsu.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** {@code process_manager}, with its defaults. */
record ManagerSettings(int port, LogLevel logLevel, Duration forceShutdownTimeout, Path logDirectory) {

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
                                block.read(
                                                "base_directory",
                                                value -> value.path().resolve("logs"))
                                        .orElse(logs)))
                .orElse(new ManagerSettings(PORT, LogLevel.INFO, FORCE_SHUTDOWN_TIMEOUT, logs));
    }
}
