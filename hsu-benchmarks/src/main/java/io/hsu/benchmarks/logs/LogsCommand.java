package io.hsu.benchmarks.logs;

import io.hsu.benchmarks.proc.ProcFs;
import io.hsu.benchmarks.report.Report;
import io.hsu.benchmarks.report.ReportOptions;
import io.hsu.benchmarks.support.CannotMeasureException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code logs}: the output of children on its way into files and memory. */
@Command(
        name = "logs",
        description = "Log capture: throughput beside other loggers, plain and with time and rotation; fairness among"
                + " many children; a line that is too long.")
public final class LogsCommand implements Callable<Integer> {

    private static final long BYTES_PER_MEGABYTE = 1_000_000;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "which scenarios (plain, enhanced, fairness, long-line) and contenders; all without it")
    private List<String> only = List.of();

    @Option(
            names = "--megabytes",
            paramLabel = "N",
            description = "what the child of plain and enhanced writes (${DEFAULT-VALUE})")
    private int megabytes = 300;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "how often it does for each contender (${DEFAULT-VALUE})")
    private int rounds = 5;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "where output is written, in directories that are removed (${DEFAULT-VALUE})")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--children", paramLabel = "N", description = "the children of fairness (${DEFAULT-VALUE})")
    private int children = 1000;

    @Option(names = "--seconds", paramLabel = "S", description = "how long they write (${DEFAULT-VALUE})")
    private int seconds = 10;

    @Option(names = "--no-files", description = "they have no files, only the last lines in memory")
    private boolean noFiles;

    @Option(names = "--line-megabytes", paramLabel = "N", description = "the line of long-line (${DEFAULT-VALUE})")
    private int lineMegabytes = 100;

    @Mixin
    private ReportOptions output;

    @Override
    public Integer call() throws Exception {
        ProcFs.requireAvailable();
        requireAtLeastOne("--megabytes", megabytes);
        requireAtLeastOne("--rounds", rounds);
        requireAtLeastOne("--children", children);
        requireAtLeastOne("--seconds", seconds);
        requireAtLeastOne("--line-megabytes", lineMegabytes);
        if (!Files.isDirectory(directory)) {
            throw new CannotMeasureException("--directory: there is no directory '%s'".formatted(directory));
        }
        List<Scenario> scenarios = scenarios();
        Selection selection = Selection.of(only, scenarios);
        List<Report> reports = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            if (selection.has(scenario)) {
                System.err.println(scenario.key());
                Report report = scenario.measure(selection);
                output.print(report);
                System.out.println();
                reports.add(report);
            }
        }
        output.write(reports);
        return 0;
    }

    private static void requireAtLeastOne(String option, int value) {
        if (value < 1) {
            throw new CannotMeasureException("%s must be 1 or more, but is %d".formatted(option, value));
        }
    }

    private List<Scenario> scenarios() {
        CaptureScenario.Setting setting =
                new CaptureScenario.Setting(megabytes * BYTES_PER_MEGABYTE, rounds, directory);
        Captures captures = new Captures(setting.bytes());
        return List.of(
                new CaptureScenario("plain", "Plain", captures.plain(), Captures.CAT, setting),
                new CaptureScenario("enhanced", "Enhanced", captures.enhanced(), Captures.S6, setting),
                new Fairness(children, Duration.ofSeconds(seconds), !noFiles, directory),
                new LongLine(lineMegabytes * BYTES_PER_MEGABYTE, directory));
    }
}
