package io.hsu;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * All that is known of a process at one moment. Immutable; the components may grow in number, so make none yourself.
 *
 * @param id the process
 * @param state where it is in its life
 * @param desired what the operator wants of it
 * @param since when it entered its state
 * @param launch the number of the latest launch; 0 before the first
 * @param pid its process id while it lives
 * @param startedAt when the living process was launched
 * @param uptime how long it has been alive; zero if it is not
 * @param port the port it was given, while it lives; empty if it is not {@linkplain ProcessKind#INTEGRATED integrated}
 * @param health the worst of its checks
 * @param checks its checks, in the order of the specification; empty while it is not alive
 * @param usage what it uses, with everything that came out of it, by the latest sample; empty before the first one, about a second
 *     after its launch, and while it does not live
 * @param limits how each of its limits is held
 * @param restarts automatic restarts since it was registered
 * @param retries restarts in a row for the same kind of cause
 * @param nextStartAt when it is started again, in {@link ProcessState#RESTARTING}
 * @param circuitOpenUntil until when the circuit breaker holds it back
 * @param waitingFor what it waits for before it starts, in words
 * @param lastExit how its latest ended run ended
 * @param lastError what went wrong last; gone after the next successful start
 * @param lastOutput its last lines of output, oldest first, at most 10
 * @param output what has come from each of its streams
 */
public record ProcessStatus(
        String id,
        ProcessState state,
        DesiredState desired,
        Instant since,
        long launch,
        OptionalLong pid,
        Optional<Instant> startedAt,
        Duration uptime,
        OptionalInt port,
        HealthStatus health,
        List<CheckStatus> checks,
        Optional<ResourceSample> usage,
        List<LimitStatus> limits,
        long restarts,
        int retries,
        Optional<Instant> nextStartAt,
        Optional<Instant> circuitOpenUntil,
        Optional<String> waitingFor,
        Optional<ExitRecord> lastExit,
        Optional<String> lastError,
        List<String> lastOutput,
        Map<StreamKind, OutputCounters> output) {

    public ProcessStatus {
        output = Map.copyOf(output);
        checks = List.copyOf(checks);
        limits = List.copyOf(limits);
        lastOutput = List.copyOf(lastOutput);
    }
}
