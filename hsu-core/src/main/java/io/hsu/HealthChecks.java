package io.hsu;

import io.hsu.internal.health.BuiltInChecks;
import io.hsu.spi.HealthCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The health checks that need no library. HTTP and gRPC stand in {@code hsu-health}; your own are a lambda or a
 * {@link io.hsu.spi.HealthCheckProvider}.
 */
public final class HealthChecks {

    /** {@return a check that the process is alive and not a zombie} */
    public static HealthCheck process() {
        return create("process", Map.of());
    }

    /**
     * {@return a check that a TCP connection can be made}
     *
     * @param host a host name or address
     * @param port 1 to 65535
     */
    public static HealthCheck tcp(String host, int port) {
        return create("tcp", Map.of("address", host, "port", port));
    }

    /**
     * {@return a check that a command ends with code 0}
     *
     * <p>It runs in the process's environment and working directory, without a shell. One that is late is killed with
     * everything it started.
     */
    public static HealthCheck exec(String command, String... arguments) {
        return create("exec", Map.of("command", command, "args", List.of(arguments)));
    }

    /**
     * {@return a check that a line of this launch's output contains a match of a regular expression}
     *
     * <p>Once found, it stays healthy to the end of the launch.
     */
    public static HealthCheck logLine(String pattern) {
        return create("log-line", Map.of("pattern", pattern));
    }

    /** {@return a check that a file or directory exists} */
    public static HealthCheck file(Path path) {
        return create("file", Map.of("path", path.toString()));
    }

    /**
     * {@return a check of what the process says of itself by systemd's protocol, sd_notify(3)}
     *
     * <p>As a startup or readiness check it passes when the process has said {@code READY=1}, until it says {@code STOPPING=1} or
     * {@code RELOADING=1}. As a liveness check it fails when the process has not said {@code WATCHDOG=1} for one interval, which it
     * is told in {@code WATCHDOG_USEC}, or has said {@code WATCHDOG=trigger}. What it says as {@code STATUS} is shown with the
     * check's reason.
     *
     * <p>The socket is named in {@code NOTIFY_SOCKET}. Believed are the process itself, and whatever runs as the manager's user or
     * as root. Only the Linux launcher has it: with another one, the process is refused when it is registered.
     */
    public static HealthCheck systemdNotify() {
        return create("notify", Map.of());
    }

    /**
     * {@return the check that a {@link io.hsu.spi.HealthCheckProvider} makes}
     *
     * @param type the provider's type; an unknown one is refused when the process is registered
     * @param settings what it is to be made with
     */
    public static HealthCheck named(String type, Map<String, ?> settings) {
        return BuiltInChecks.named(type, settings);
    }

    private static HealthCheck create(String type, Map<String, ?> settings) {
        return BuiltInChecks.create(type, settings);
    }

    private HealthChecks() {}
}
