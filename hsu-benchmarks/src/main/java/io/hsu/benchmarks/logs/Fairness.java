package io.hsu.benchmarks.logs;

import io.hsu.OutputCounters;
import io.hsu.ProcessStatus;
import io.hsu.benchmarks.report.Column;
import io.hsu.benchmarks.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Many children of one manager that all write as fast as they can: does each get its share? */
final class Fairness implements Scenario {

    private final int children;
    private final Duration time;
    private final boolean files;
    private final Path directory;

    /**
     * @param time how long they write
     * @param files whether each has a file, besides its last lines in memory
     * @param directory where these go
     */
    Fairness(int children, Duration time, boolean files, Path directory) {
        this.children = children;
        this.time = time;
        this.files = files;
        this.directory = directory;
    }

    @Override
    public String key() {
        return "fairness";
    }

    @Override
    public List<String> contenders() {
        return List.of();
    }

    @Override
    public Report measure(Selection selection) throws IOException, InterruptedException {
        Report report = new Report(
                "Fairness: %d children write for %d s, into %s"
                        .formatted(children, time.toSeconds(), files ? "memory and a file each" : "memory"),
                new Column("figure", "figure", "%s"),
                new Column("value", "value", "%s"));
        try (Chatter chatter = Chatter.compile();
                ChattyChildren chatty = new ChattyChildren(children, chatter, time, files, directory)) {
            fill(report, chatty.run());
            report.note("the children are written in " + chatter.language());
        }
        return report;
    }

    private void fill(Report report, ChattyChildren.Outcome outcome) throws IOException {
        long[] lines = outcome.children().stream()
                .mapToLong(child -> total(child).lines())
                .sorted()
                .toArray();
        long median = lines[(lines.length - 1) / 2];
        report.row("lines per child, least", lines[0]);
        report.row("lines per child, p50", median);
        report.row("lines per child, most", lines[lines.length - 1]);
        report.row("least / p50", ratio(lines[0], median));
        report.row("most / p50", ratio(lines[lines.length - 1], median));
        report.row("lines in all", Arrays.stream(lines).sum());
        long bytes = outcome.children().stream()
                .mapToLong(child -> total(child).bytes())
                .sum();
        report.row("MB/s in all", "%.0f".formatted(bytes / 1e6 / (outcome.time().toNanos() / 1e9)));
        report.row("threads of HSU", outcome.threads());
        report.row(
                "dropped lines",
                outcome.children().stream()
                        .mapToLong(child -> total(child).dropped())
                        .sum());
        report.row("children with a fault in the file", files ? outcome.faults().size() : null);
        report.note("processor time of these threads: " + outcome.threadTimes());
        outcome.faults().stream().findFirst().ifPresent(report::note);
    }

    private static String ratio(long lines, long median) {
        return median == 0 ? null : "%.2f".formatted((double) lines / median);
    }

    /** {@return what has come from both streams} */
    static OutputCounters total(ProcessStatus child) {
        return child.output().values().stream()
                .reduce(
                        OutputCounters.NONE,
                        (a, b) -> new OutputCounters(
                                a.lines() + b.lines(),
                                a.bytes() + b.bytes(),
                                a.dropped() + b.dropped(),
                                a.split() + b.split(),
                                a.passedThrough() + b.passedThrough()));
    }
}
