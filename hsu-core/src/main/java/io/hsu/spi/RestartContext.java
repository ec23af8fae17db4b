package io.hsu.spi;

import io.hsu.ExitRecord;
import io.hsu.ProcessProfile;
import io.hsu.Severity;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything a restart policy is told when it is asked.
 *
 * @param processId the process
 * @param trigger what the question comes from
 * @param reason the same in words
 * @param exit how the run ended; empty if there was no run, or it is still to be ended
 * @param permanent whether the failure is one that trying again cannot mend, such as a missing executable
 * @param severity how bad it is
 * @param profile what kind of work the process does
 * @param uptime how long the run lasted
 * @param retries restarts in a row already made for this kind of cause
 * @param maxRetries how many the settings allow, severity and profile counted in; empty: no limit
 * @param delay the delay that the settings give for the next restart: back-off, severity, profile, cap and jitter
 * @param totalRestarts restarts since the process was registered, for any cause
 */
public record RestartContext(
        String processId,
        RestartTrigger trigger,
        String reason,
        Optional<ExitRecord> exit,
        boolean permanent,
        Severity severity,
        ProcessProfile profile,
        Duration uptime,
        int retries,
        OptionalInt maxRetries,
        Duration delay,
        long totalRestarts) {

    /** {@return whether the settings allow one more restart for this kind of cause} */
    public boolean retriesLeft() {
        return maxRetries.isEmpty() || retries < maxRetries.getAsInt();
    }
}
