package io.hsu.internal.engine;

import io.hsu.CheckStatus;
import io.hsu.DesiredState;
import io.hsu.ExitRecord;
import io.hsu.HealthStatus;
import io.hsu.LimitStatus;
import io.hsu.OutputCounters;
import io.hsu.ProcessState;
import io.hsu.ProcessStatus;
import io.hsu.StreamKind;
import io.hsu.internal.resource.ResourceMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** All that readers see of a process, as its mailbox left it. Fields that may be null are null, not Optional. */
record Snapshot(
        String id,
        ProcessState state,
        DesiredState desired,
        boolean startPending,
        boolean completed,
        Instant since,
        String reason,
        long launch,
        OptionalLong pid,
        Instant startedAt,
        OptionalInt port,
        HealthStatus health,
        List<CheckStatus> checks,
        ResourceMeter meter,
        List<LimitStatus> limits,
        long restarts,
        int retries,
        Instant nextStartAt,
        Instant circuitOpenUntil,
        String waitingFor,
        boolean waitingHopelessly,
        ExitRecord lastExit,
        String lastError) {

    ProcessStatus toStatus(Instant now, List<String> lastOutput, Map<StreamKind, OutputCounters> output) {
        return new ProcessStatus(
                id,
                state,
                desired,
                since,
                launch,
                pid,
                Optional.ofNullable(startedAt),
                startedAt == null ? Duration.ZERO : uptime(now),
                port,
                health,
                checks,
                meter == null ? Optional.empty() : meter.latest(),
                limits,
                restarts,
                retries,
                Optional.ofNullable(nextStartAt),
                Optional.ofNullable(circuitOpenUntil),
                Optional.ofNullable(waitingFor),
                Optional.ofNullable(lastExit),
                Optional.ofNullable(lastError),
                lastOutput,
                output);
    }

    /** {@return whether a process that waits for this one should look again} */
    boolean mattersToOthers(Snapshot before) {
        return state != before.state
                || desired != before.desired
                || startPending != before.startPending
                || completed != before.completed
                || health != before.health
                || waitingHopelessly != before.waitingHopelessly;
    }

    /** The clock of day may have been set back meanwhile. */
    private Duration uptime(Instant now) {
        return now.isAfter(startedAt) ? Duration.between(startedAt, now) : Duration.ZERO;
    }
}
