package io.hsu.benchmarks.health;

import io.hsu.benchmarks.proc.ProcFs;
import io.hsu.benchmarks.report.Report;
import io.hsu.benchmarks.report.ReportOptions;
import io.hsu.benchmarks.support.CannotMeasureException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code health}: what health checks take of the JVM that makes them. */
@Command(
        name = "health",
        description = "Health checks: processor time, threads, memory and latency of many, also of some that hang.")
public final class HealthCommand implements Callable<Integer> {

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "which contenders; all without it")
    private List<String> only = List.of();

    @Option(names = "--checks", paramLabel = "N", description = "how many checks each has (${DEFAULT-VALUE})")
    private int checks = 1000;

    @Option(names = "--warmup", paramLabel = "S", description = "seconds before each measurement (${DEFAULT-VALUE})")
    private int warmup = 20;

    @Option(names = "--seconds", paramLabel = "S", description = "how long one takes (${DEFAULT-VALUE})")
    private int seconds = 20;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "how often each has its turn; the one with the middle CPU time is shown (${DEFAULT-VALUE})")
    private int rounds = 1;

    @Option(
            names = "--jvm-flags",
            paramLabel = "FLAGS",
            split = " ",
            description = "flags of the JVMs that are measured, a space between two")
    private List<String> jvmFlags = List.of();

    @Mixin
    private ReportOptions output;

    @Override
    public Integer call() throws Exception {
        ProcFs.requireAvailable();
        requireAtLeast(1, "--checks", checks);
        requireAtLeast(0, "--warmup", warmup);
        requireAtLeast(1, "--seconds", seconds);
        requireAtLeast(1, "--rounds", rounds);
        List<Turns> all = Contenders.only(only, Contenders.all(checks)).stream()
                .map(Turns::new)
                .toList();
        try (Endpoint endpoint = new Endpoint(checks)) {
            for (int round = 0; round < rounds; round++) {
                for (Turns turns : all) {
                    takeTurn(turns, endpoint);
                }
            }
        }
        String title = "%d health checks, %d s after %d s of warm-up".formatted(checks, seconds, warmup);
        List<Report> reports = new HealthReports(title, all).all();
        for (Report report : reports) {
            output.print(report);
            System.out.println();
        }
        output.write(reports);
        return 0;
    }

    private static void requireAtLeast(int least, String option, int value) {
        if (value < least) {
            throw new CannotMeasureException("%s must be %d or more, but is %d".formatted(option, least, value));
        }
    }

    /** One contender that fails must not cost the figures of the others. */
    private void takeTurn(Turns turns, Endpoint endpoint) throws IOException, InterruptedException {
        System.err.println(turns.contender().title());
        try (HealthRun run = new HealthRun(turns.contender(), jvmFlags, endpoint)) {
            turns.add(run.measure(Duration.ofSeconds(warmup), Duration.ofSeconds(seconds)));
        } catch (CannotMeasureException e) {
            turns.failed(e.getMessage());
        }
    }
}
