package io.hsu.benchmarks.managers;

import io.hsu.benchmarks.proc.ProcFs;
import io.hsu.benchmarks.report.Column;
import io.hsu.benchmarks.report.Report;
import io.hsu.benchmarks.report.ReportOptions;
import io.hsu.benchmarks.report.Samples;
import io.hsu.benchmarks.support.CannotMeasureException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code managers}: whole process managers with idle children. */
@Command(
        name = "managers",
        description = "Whole process managers with N idle children: start, memory, threads, idle load, replacement.")
public final class ManagersCommand implements Callable<Integer> {

    /** Threads that have nothing to do end after five seconds; what is measured is what stays. */
    private static final Duration SETTLING = Duration.ofSeconds(7);

    private static final double KILOBYTES_PER_MEGABYTE = 1024;

    @Option(names = "--children", paramLabel = "N", split = ",", description = "how many children (${DEFAULT-VALUE})")
    private List<Integer> children = List.of(200, 1000);

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "which managers; all without it")
    private List<String> only = List.of();

    @Option(names = "--idle-seconds", paramLabel = "S", description = "time of the idle load (${DEFAULT-VALUE})")
    private int idleSeconds = 20;

    @Option(names = "--kills", paramLabel = "N", description = "how many children are killed (${DEFAULT-VALUE})")
    private int kills = 30;

    @Option(names = "--kill-pause-millis", paramLabel = "N", description = "before each kill (${DEFAULT-VALUE})")
    private int killPauseMillis = 250;

    @Option(names = "--server-jar", paramLabel = "FILE", description = "the stand-alone HSU; the built one without it")
    private Path serverJar = Managers.builtServerJar();

    @Option(
            names = "--jvm-flags",
            paramLabel = "FLAGS",
            split = " ",
            description =
                    "flags of hsu-flags, a space between two; {archive} stands for the class archive, which is made"
                            + " before (${DEFAULT-VALUE})")
    private List<String> jvmFlags = HsuServer.RECOMMENDED_FLAGS;

    @Mixin
    private ReportOptions output;

    @Override
    public Integer call() throws Exception {
        ProcFs.requireAvailable();
        Report report = new Report(
                "Process managers with idle children",
                new Column("manager", "manager", "%s"),
                new Column("children", "children", "%d"),
                new Column("startSeconds", "start s", "%.2f"),
                new Column("pssMegabytes", "memory MB", "%.1f"),
                new Column("kilobytesPerChild", "per further child KB", "%.1f"),
                new Column("processes", "processes", "%d"),
                new Column("threads", "threads", "%d"),
                new Column("idleCpuPercent", "idle CPU %", "%.2f"),
                new Column("replacementP50Millis", "kill to replacement p50 ms", "%.1f"),
                new Column("replacementP99Millis", "p99 ms", "%.1f"));
        for (Manager manager : Managers.only(only, Managers.all(serverJar.toAbsolutePath(), jvmFlags))) {
            Optional<String> missing = manager.missing();
            if (missing.isPresent()) {
                report.note("%s: not installed: %s".formatted(manager.title(), missing.get()));
            } else {
                measure(manager, report);
            }
        }
        output.publish(report);
        return 0;
    }

    /** One manager that fails must not cost the figures of the others. */
    private void measure(Manager manager, Report report) throws IOException, InterruptedException {
        try {
            long one = memoryWithOneChild(manager);
            for (int count : children) {
                System.err.printf("%s, %d children%n", manager.title(), count);
                measure(manager, count, one, report);
            }
        } catch (CannotMeasureException e) {
            report.note("%s: %s".formatted(manager.title(), e.getMessage()));
        }
    }

    private static long memoryWithOneChild(Manager manager) throws IOException, InterruptedException {
        try (ManagerRun run = ManagerRun.start(manager, 1)) {
            Thread.sleep(SETTLING.toMillis());
            return run.footprint().pssKilobytes();
        }
    }

    private void measure(Manager manager, int count, long kilobytesWithOne, Report report)
            throws IOException, InterruptedException {
        try (ManagerRun run = ManagerRun.start(manager, count)) {
            Thread.sleep(SETTLING.toMillis());
            Footprint footprint = run.footprint();
            Double idle = idleSeconds > 0 ? run.idleCpuPercent(Duration.ofSeconds(idleSeconds)) : null;
            Optional<Samples> replacements = run.kills(kills, Duration.ofMillis(killPauseMillis));
            report.row(
                    manager.title(),
                    count,
                    run.startTime().toNanos() / 1e9,
                    footprint.pssKilobytes() / KILOBYTES_PER_MEGABYTE,
                    count > 1 ? (double) (footprint.pssKilobytes() - kilobytesWithOne) / (count - 1) : null,
                    footprint.processes(),
                    footprint.threads(),
                    idle,
                    replacements.map(Samples::median).orElse(null),
                    replacements.map(samples -> samples.percentile(99)).orElse(null));
        }
    }
}
