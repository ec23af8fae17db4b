package io.hsu.benchmarks.spawn;

import io.hsu.benchmarks.report.Column;
import io.hsu.benchmarks.report.Report;
import io.hsu.benchmarks.report.ReportOptions;
import io.hsu.benchmarks.report.Samples;
import io.hsu.benchmarks.support.CannotMeasureException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code spawn}: from the start of a process to its exit, one at a time. */
@Command(
        name = "spawn",
        description = "Start to exit of a program that does nothing, one at a time, all contenders in turn.")
public final class SpawnCommand implements Callable<Integer> {

    private static final int LEAST_COUNT = 100;

    @Option(names = "--count", paramLabel = "N", description = "spawns of each contender (${DEFAULT-VALUE})")
    private int count = 1000;

    @Option(names = "--warmup", paramLabel = "N", description = "spawns before that do not count (${DEFAULT-VALUE})")
    private int warmup = 500;

    @Option(
            names = "--rest-micros",
            paramLabel = "N",
            description = "microseconds before each spawn, for what the one before has left to do (${DEFAULT-VALUE})")
    private int restMicros = 1000;

    @Mixin
    private ReportOptions output;

    @Override
    public Integer call() throws Exception {
        if (count < LEAST_COUNT) {
            throw new CannotMeasureException(
                    "--count must be %d or more, for a 99th percentile, but is %d".formatted(LEAST_COUNT, count));
        }
        Optional<CSpawner> limit = CSpawner.compile();
        try (SpawnRun run = new SpawnRun(count, warmup, Duration.of(restMicros, ChronoUnit.MICROS), limit)) {
            run.measure();
            output.publish(report(run));
        } finally {
            limit.ifPresent(CSpawner::close);
        }
        return 0;
    }

    private Report report(SpawnRun run) {
        Report report = new Report(
                "Start to exit of %s, %d times each".formatted(Spawner.program(), count),
                new Column("contender", "contender", "%s"),
                new Column("p50Millis", "p50 ms", "%.3f"),
                new Column("p90Millis", "p90 ms", "%.3f"),
                new Column("p99Millis", "p99 ms", "%.3f"),
                new Column("meanMillis", "mean ms", "%.3f"),
                new Column("timesC", "p50 × C", "%.2f"),
                new Column("timesProcessBuilder", "p50 × ProcessBuilder", "%.2f"));
        Map<Spawner, Samples> times = run.times();
        double processBuilder = times.get(Spawner.PROCESS_BUILDER_DISCARDED).median();
        Optional<Samples> c = run.limitTimes();
        c.ifPresentOrElse(
                samples -> row(report, "C, posix_spawn + waitpid", samples, c, processBuilder),
                () -> report.note("C: skipped, there is no C compiler (cc or gcc) in the PATH"));
        times.forEach((spawner, samples) -> row(report, spawner.title(), samples, c, processBuilder));
        return report;
    }

    private static void row(Report report, String title, Samples samples, Optional<Samples> c, double processBuilder) {
        report.row(
                title,
                samples.median(),
                samples.percentile(90),
                samples.percentile(99),
                samples.mean(),
                c.map(limit -> samples.median() / limit.median()).orElse(null),
                samples.median() / processBuilder);
    }
}
