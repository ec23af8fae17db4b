package io.hsu.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.ExitRecord;
import io.hsu.ExitStatus;
import io.hsu.HealthChecks;
import io.hsu.HealthStatus;
import io.hsu.ProcessEvent;
import io.hsu.ProcessEvent.CircuitClosed;
import io.hsu.ProcessEvent.CircuitOpened;
import io.hsu.ProcessEvent.EventsDropped;
import io.hsu.ProcessEvent.HealthChanged;
import io.hsu.ProcessEvent.ProcessAdded;
import io.hsu.ProcessEvent.ProcessExited;
import io.hsu.ProcessEvent.ProcessStarted;
import io.hsu.ProcessEvent.RestartScheduled;
import io.hsu.ProcessEvent.StartFailed;
import io.hsu.ProcessEvent.StateChanged;
import io.hsu.ProcessEvent.StopEscalated;
import io.hsu.ProcessEvent.SurvivorsLeft;
import io.hsu.ProcessEvent.Waiting;
import io.hsu.ProcessSpec;
import io.hsu.ProcessStartException;
import io.hsu.ProcessState;
import io.hsu.spi.RestartTrigger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventPrinterTest {

    private static final Instant AT = Instant.parse("2026-01-02T11:00:00.1239Z");

    private final EventPrinter printer = new EventPrinter(ZoneId.of("Europe/Paris"), List.of(spec("api"), gated("db")));

    @Test
    void stateChanged() {
        assertEquals(
                "2026-01-02 12:00:00.123 api        RUNNING    started, pid 4711",
                line(new StateChanged("api", AT, ProcessState.STARTING, ProcessState.RUNNING, "started, pid 4711")));
        assertEquals(
                "2026-01-02 12:00:00.123 db         FAILED     gave up after 3 retries",
                line(new StateChanged(
                        "db", AT, ProcessState.STARTING, ProcessState.FAILED, "gave up after 3 retries")));
    }

    /** The launch, the exit and the delay are told by lines that say more. */
    @Test
    void stateChanged_thatOtherLinesTell() {
        assertTrue(printer.line(new StateChanged("api", AT, ProcessState.REGISTERED, ProcessState.STARTING, "x"))
                .isEmpty());
        assertTrue(printer.line(new StateChanged("api", AT, ProcessState.RUNNING, ProcessState.RESTARTING, "x"))
                .isEmpty());
    }

    @Test
    void waiting() {
        assertEquals(
                "WAITING    for 'db' to be started (now STARTING)",
                text(new Waiting("api", AT, "'db' to be started (now STARTING)", false)));
        assertEquals(
                "WAITING    for 'db' to be healthy, but it is FAILED: gave up after 3 retries",
                text(new Waiting("api", AT, "'db' to be healthy, but it is FAILED: gave up after 3 retries", true)));
    }

    @Test
    void started() {
        assertEquals("LAUNCHED   pid 4711", text(new ProcessStarted("db", AT, 1, 4711)));
        assertEquals("LAUNCHED   pid 4712, launch 2", text(new ProcessStarted("db", AT, 2, 4712)));
        assertEquals("LAUNCHED   pid 4713", text(new ProcessStarted("added", AT, 1, 4713)));
    }

    /** Its move to RUNNING comes at once, and tells the pid. */
    @Test
    void started_withoutReadiness() {
        assertTrue(printer.line(new ProcessStarted("api", AT, 1, 4711)).isEmpty());
    }

    @Test
    void startFailed_isOneLine() {
        ProcessStartException failure = new ProcessStartException(
                "api",
                ProcessStartException.Reason.EXITED,
                "process 'api' exited before it was ready",
                List.of("boom", "\u001b[31mred"),
                null);
        assertEquals(
                "NO START   process 'api' exited before it was ready; its last output: | boom | ?[31mred",
                text(new StartFailed("api", AT, 1, failure)));
    }

    /** The move to FAILED that follows has the same text. */
    @Test
    void startFailed_forGood() {
        ProcessStartException failure = new ProcessStartException(
                "api", ProcessStartException.Reason.EXECUTABLE_NOT_FOUND, "not found", List.of(), null);
        assertTrue(printer.line(new StartFailed("api", AT, 1, failure)).isEmpty());
    }

    @Test
    void exited() {
        assertEquals(
                "EXITED     exited with code 0 after 1m2.5s, pid 7",
                text(new ProcessExited("api", AT, exit(new ExitStatus.Exited(0), true))));
        assertEquals(
                "EXITED     killed by signal 9 (KILL) after 1m2.5s, pid 7; last output: out of memory",
                text(new ProcessExited("api", AT, exit(new ExitStatus.Killed(9), false))));
        assertEquals(
                "EXITED     killed by signal 15 (TERM) after 1m2.5s, pid 7",
                text(new ProcessExited("api", AT, exit(new ExitStatus.Killed(15), false))));
    }

    @Test
    void health() {
        assertEquals(
                "UNHEALTHY  liveness check: HTTP 503 from http://localhost:8080/health (was DEGRADED)",
                text(new HealthChanged(
                        "api",
                        AT,
                        1,
                        "liveness",
                        HealthStatus.DEGRADED,
                        HealthStatus.UNHEALTHY,
                        "HTTP 503 from http://localhost:8080/health",
                        Duration.ofMillis(3))));
    }

    @Test
    void restarts() {
        assertEquals(
                "RESTARTING in 1.5s, retry 2: exited with code 1",
                text(new RestartScheduled(
                        "api", AT, RestartTrigger.FAILURE_EXIT, 2, Duration.ofMillis(1500), "exited with code 1")));
        assertEquals(
                "HELD BACK  it failed too often: circuit breaker open for 5m",
                text(new CircuitOpened("api", AT, AT.plusSeconds(300))));
        assertEquals("RELEASED   circuit breaker closed", text(new CircuitClosed("api", AT)));
    }

    @Test
    void stops() {
        assertEquals("KILLED     did not end in time: pid 7, 8", text(new StopEscalated("api", AT, List.of(7L, 8L))));
        assertEquals(
                "SURVIVED   could not be ended, still alive: pid 9", text(new SurvivorsLeft("api", AT, List.of(9L))));
    }

    @Test
    void others() {
        assertEquals("ADDED", text(new ProcessAdded("api", AT)));
        assertEquals(
                "MISSED     5 events: they came faster than they could be printed", text(new EventsDropped("", AT, 5)));
    }

    @Test
    void columns_areAsWideAsTheLongestId() {
        EventPrinter wide = new EventPrinter(ZoneId.of("UTC"), List.of(spec("a-rather-long-id"), gated("b")));
        assertEquals(
                "2026-01-02 11:00:00.123 b                LAUNCHED   pid 1",
                wide.line(new ProcessStarted("b", AT, 1, 1)).orElseThrow());
        assertEquals("2026-01-02 11:00:00.123 hsu              READY      yes", wide.line(AT, "hsu", "READY", "yes"));
    }

    private static ProcessSpec spec(String id) {
        return ProcessSpec.builder(id).command("x").build();
    }

    private static ProcessSpec gated(String id) {
        return ProcessSpec.builder(id)
                .command("x")
                .readinessCheck(HealthChecks.process())
                .build();
    }

    private static ExitRecord exit(ExitStatus status, boolean success) {
        return new ExitRecord(
                1,
                7,
                status,
                success,
                AT,
                Duration.ofMillis(62_500),
                Optional.empty(),
                List.of("first", "out of memory"));
    }

    private String line(ProcessEvent event) {
        return printer.line(event).orElseThrow();
    }

    /** The line without the columns that are the same in all. */
    private String text(ProcessEvent event) {
        return line(event)
                .substring("2026-01-02 12:00:00.123 api        ".length())
                .strip();
    }
}
