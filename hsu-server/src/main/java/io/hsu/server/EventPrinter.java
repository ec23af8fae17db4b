package io.hsu.server;

import io.hsu.CheckRole;
import io.hsu.ExitRecord;
import io.hsu.ExitStatus;
import io.hsu.ProcessEvent;
import io.hsu.ProcessSpec;
import io.hsu.ProcessState;
import io.hsu.Signal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Turns events into lines that a person reads as they come: when, which process, what, and why.
 *
 * <pre>
 * 2026-01-02 12:00:00.123 api        RUNNING    started, pid 4711
 * </pre>
 *
 * <p>Immutable; prints nothing itself.
 */
final class EventPrinter {

    static final String TIME = "uuuu-MM-dd HH:mm:ss.SSS";

    /** What the manager's own lines bear in the place of a process id. */
    static final String MANAGER = "hsu";

    private static final int LEAST_ID_WIDTH = 10;
    private static final int WORD_WIDTH = 10;
    private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R\\s*");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final DateTimeFormatter time;
    private final int idWidth;
    private final Set<String> readyAtOnce;

    /**
     * @param zone the zone that times are shown in
     * @param processes the processes, so that the columns are as wide as they need to be, and nothing is told twice
     */
    EventPrinter(ZoneId zone, List<ProcessSpec> processes) {
        this.time = DateTimeFormatter.ofPattern(TIME, Locale.ROOT).withZone(zone);
        this.idWidth =
                processes.stream().mapToInt(process -> process.id().length()).reduce(LEAST_ID_WIDTH, Math::max);
        this.readyAtOnce = processes.stream()
                .filter(EventPrinter::isReadyAtOnce)
                .map(ProcessSpec::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isReadyAtOnce(ProcessSpec process) {
        return process.healthChecks().stream()
                .noneMatch(check -> check.enabled() && check.role() != CheckRole.LIVENESS);
    }

    /** {@return an event as a line; empty if another event's line says it too} */
    Optional<String> line(ProcessEvent event) {
        return entry(event).map(entry -> line(event.at(), event.processId(), entry.word(), entry.text()));
    }

    /** {@return a line} */
    String line(Instant at, String id, String word, String text) {
        return time.format(at) + ' ' + padded(id, idWidth) + ' ' + padded(word, WORD_WIDTH) + ' ' + oneLine(text);
    }

    private static String padded(String word, int width) {
        return word + " ".repeat(Math.max(0, width - word.length()));
    }

    private record Entry(String word, String text) {}

    private Optional<Entry> entry(ProcessEvent event) {
        return isToldByAnother(event) ? Optional.empty() : Optional.of(ownEntry(event));
    }

    /** Whether another event, about the same moment, says the same and more. */
    private boolean isToldByAnother(ProcessEvent event) {
        if (event instanceof ProcessEvent.StateChanged e) {
            return e.to() == ProcessState.STARTING || e.to() == ProcessState.RESTARTING;
        }
        if (event instanceof ProcessEvent.ProcessStarted) {
            return readyAtOnce.contains(event.processId());
        }
        return event instanceof ProcessEvent.StartFailed e
                && e.failure().reason().isPermanent();
    }

    private static Entry ownEntry(ProcessEvent event) {
        if (event instanceof ProcessEvent.StateChanged e) {
            return new Entry(e.to().name(), e.reason());
        }
        if (event instanceof ProcessEvent.Waiting e) {
            // If it is hopeless, the words say why: "'db' to be started, but it is FAILED: ...".
            return new Entry("WAITING", "for " + e.waitingFor());
        }
        if (event instanceof ProcessEvent.ProcessStarted e) {
            return new Entry("LAUNCHED", "pid %d%s".formatted(e.pid(), e.launch() > 1 ? ", launch " + e.launch() : ""));
        }
        if (event instanceof ProcessEvent.StartFailed e) {
            return new Entry("NO START", String.valueOf(e.failure().getMessage()));
        }
        if (event instanceof ProcessEvent.ProcessExited e) {
            return new Entry("EXITED", exit(e.exit()));
        }
        if (event instanceof ProcessEvent.HealthChanged e) {
            return new Entry(e.to().name(), "%s check: %s (was %s)".formatted(e.check(), e.reason(), e.from()));
        }
        if (event instanceof ProcessEvent.LimitViolated e) {
            return new Entry(e.severity().name(), e.reason());
        }
        if (event instanceof ProcessEvent.LimitKept e) {
            return new Entry(
                    "RECOVERED",
                    e.limit().kind().label() + " is " + e.limit().kind().text(e.value()));
        }
        if (event instanceof ProcessEvent.MonitoringFailed e) {
            return new Entry("UNWATCHED", "its limits cannot be watched: " + e.reason());
        }
        if (event instanceof ProcessEvent.MonitoringRecovered) {
            return new Entry("WATCHED", "its limits are watched again");
        }
        if (event instanceof ProcessEvent.LimitAdjusted e) {
            return new Entry("ADJUSTED", "the limit '%s' is '%s' now: %s".formatted(e.from(), e.to(), e.reason()));
        }
        if (event instanceof ProcessEvent.RestartScheduled e) {
            return new Entry("RESTARTING", "in %s, retry %d: %s".formatted(duration(e.delay()), e.retry(), e.reason()));
        }
        if (event instanceof ProcessEvent.CircuitOpened e) {
            Duration rest = Duration.between(e.at(), e.until());
            return new Entry("HELD BACK", "it failed too often: circuit breaker open for " + duration(rest));
        }
        if (event instanceof ProcessEvent.CircuitClosed) {
            return new Entry("RELEASED", "circuit breaker closed");
        }
        if (event instanceof ProcessEvent.StopEscalated e) {
            return new Entry("KILLED", "did not end in time: " + pids(e.pids()));
        }
        if (event instanceof ProcessEvent.SurvivorsLeft e) {
            return new Entry("SURVIVED", "could not be ended, still alive: " + pids(e.pids()));
        }
        if (event instanceof ProcessEvent.EventsDropped e) {
            return new Entry("MISSED", e.count() + " events: they came faster than they could be printed");
        }
        if (event instanceof ProcessEvent.ProcessAdded) {
            return new Entry("ADDED", "");
        }
        if (event instanceof ProcessEvent.ProcessRemoved) {
            return new Entry("REMOVED", "");
        }
        return new Entry(event.getClass().getSimpleName(), "");
    }

    private static String exit(ExitRecord exit) {
        String text = "%s after %s, pid %d".formatted(exit.status(), duration(exit.uptime()), exit.pid());
        // What it wrote last explains a failure of its own; that somebody asked it to end needs no explanation.
        boolean asked = exit.status().equals(new ExitStatus.Killed(Signal.TERM.number()));
        return exit.success() || asked || exit.lastOutput().isEmpty()
                ? text
                : text + "; last output: "
                        + exit.lastOutput().get(exit.lastOutput().size() - 1);
    }

    private static String pids(List<Long> pids) {
        return "pid " + pids.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** {@code 1m30s}, {@code 2.5s}. */
    static String duration(Duration duration) {
        return duration.truncatedTo(ChronoUnit.MILLIS).toString().substring(2).toLowerCase(Locale.ROOT);
    }

    /** Output of a process may be in it: it must neither break the columns nor steer the terminal. */
    private static String oneLine(String text) {
        return CONTROL.matcher(LINE_BREAK.matcher(text.strip()).replaceAll(" | "))
                .replaceAll("?");
    }
}
