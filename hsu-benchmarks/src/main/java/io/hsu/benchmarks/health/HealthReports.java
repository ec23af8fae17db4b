package io.hsu.benchmarks.health;

import io.hsu.benchmarks.report.Column;
import io.hsu.benchmarks.report.Report;
import java.util.Comparator;
import java.util.List;

/** The tables: what checks cost, and what the JVM that makes them needs. */
final class HealthReports {

    private static final double KILOBYTES_PER_MEGABYTE = 1024;
    private static final double MICROS_PER_PERCENT = 10_000;

    private final Report cost;
    private final Report needs;

    /** The processor time of {@link Contenders#HTTP_CLIENT} in percent; null if it was not measured. */
    private final Double peer;

    /**
     * Begins.
     *
     * @param title what was measured
     */
    HealthReports(String title, List<Turns> all) {
        cost = new Report(
                title + ": cost",
                new Column("contender", "contender", "%s"),
                new Column("answered", "answers / s", "%.0f"),
                new Column("healthy", "healthy", "%d"),
                new Column("cpuPercent", "CPU %", "%.1f"),
                new Column("cpuPercentLeast", "least", "%.1f"),
                new Column("cpuPercentMost", "most", "%.1f"),
                new Column("cpuMicrosPerCheck", "µs / check", "%.0f"),
                new Column("timesHttpClient", "× HttpClient", "%.2f"),
                new Column("latencyP50Millis", "latency p50 ms", "%.2f"),
                new Column("latencyP99Millis", "p99 ms", "%.2f"));
        needs = new Report(
                title + ": needs",
                new Column("contender", "contender", "%s"),
                new Column("connections", "new connections / s", "%.0f"),
                new Column("hung", "hung / s", "%.0f"),
                new Column("threadsMost", "threads, most", "%d"),
                new Column("threadsMean", "mean", "%.1f"),
                new Column("pssMegabytes", "memory MB", "%.1f"),
                new Column("liveHeapMegabytes", "live heap MB", "%.1f"),
                new Column("cpuPercentByThread", "CPU % by thread", "%s"));
        peer = all.stream()
                .filter(turns -> turns.contender().key().equals(Contenders.HTTP_CLIENT))
                .flatMap(turns -> turns.middle().stream())
                .map(Measurement::cpuPercent)
                .findFirst()
                .orElse(null);
        all.forEach(this::add);
    }

    private void add(Turns turns) {
        String title = turns.contender().title();
        turns.failure().ifPresent(failure -> cost.note("%s: %s".formatted(title, failure)));
        turns.middle().ifPresent(middle -> {
            double perSecond = turns.contender().load().perSecond();
            cost.row(
                    title,
                    middle.answered(),
                    middle.healthy(),
                    middle.cpuPercent(),
                    turns.cpuPercent(Comparator.naturalOrder()),
                    turns.cpuPercent(Comparator.reverseOrder()),
                    perSecond > 0 ? middle.cpuPercent() * MICROS_PER_PERCENT / perSecond : null,
                    peer == null ? null : middle.cpuPercent() / peer,
                    middle.latencyP50(),
                    middle.latencyP99());
            needs.row(
                    title,
                    middle.connections(),
                    middle.hung(),
                    middle.threadsMost(),
                    middle.threadsMean(),
                    middle.pssKilobytes() / KILOBYTES_PER_MEGABYTE,
                    middle.liveHeapKilobytes() / KILOBYTES_PER_MEGABYTE,
                    middle.cpuByThread());
        });
    }

    /** {@return both} */
    List<Report> all() {
        return List.of(cost, needs);
    }
}
