package io.hsu.internal.restart;

import io.hsu.ExitRecord;
import io.hsu.Severity;
import io.hsu.spi.RestartTrigger;
import java.time.Duration;
import java.util.Optional;

/**
 * Something after which a process may have to be restarted.
 *
 * @param trigger what it was
 * @param reason the same in words
 * @param exit how the run ended, if it has
 * @param permanent whether trying again cannot help
 * @param severity how bad it is
 * @param uptime how long the run lasted
 */
public record Incident(
        RestartTrigger trigger,
        String reason,
        Optional<ExitRecord> exit,
        boolean permanent,
        Severity severity,
        Duration uptime) {}
