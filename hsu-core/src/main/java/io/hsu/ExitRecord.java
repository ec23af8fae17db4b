package io.hsu;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One ended run of a process.
 *
 * @param launch the number of the launch that ended, from 1
 * @param pid the process id it had
 * @param status how it ended
 * @param success whether that counts as success ({@link ProcessSpecBuilder#successExitCodes})
 * @param at when the manager saw it
 * @param uptime how long it had run
 * @param usage what it has used; empty where the launcher cannot tell (only {@link LauncherType#LINUX} can)
 * @param lastOutput its last lines of output, oldest first, at most 10
 */
public record ExitRecord(
        long launch,
        long pid,
        ExitStatus status,
        boolean success,
        Instant at,
        Duration uptime,
        Optional<ResourceUsage> usage,
        List<String> lastOutput) {

    public ExitRecord {
        lastOutput = List.copyOf(lastOutput);
    }
}
