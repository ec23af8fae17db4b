package io.hsu.benchmarks.stress;

import io.hsu.LauncherType;
import io.hsu.ProcessEvent;
import io.hsu.ProcessManager;
import io.hsu.Restart;
import io.hsu.benchmarks.proc.ProcFs;
import io.hsu.benchmarks.report.Column;
import io.hsu.benchmarks.report.Report;
import io.hsu.benchmarks.report.ReportOptions;
import io.hsu.benchmarks.support.Programs;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code churn}: many starts and exits in one JVM, and what they leave behind: nothing. */
@Command(
        name = "churn",
        description =
                "Many start and exit cycles in one JVM: descriptors, threads, zombies and memory before and after.")
public final class ChurnCommand implements Callable<Integer> {

    private static final String ID = "true";

    /** Classes are loaded and pools have grown after so many. */
    private static final int WARMUP = 500;

    /** Idle threads of the manager end after five seconds. */
    private static final Duration SETTLING = Duration.ofSeconds(7);

    @Option(names = "--cycles", paramLabel = "N", description = "how many starts and exits (${DEFAULT-VALUE})")
    private int cycles = 10_000;

    @Option(names = "--launcher", description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
    private LauncherType launcher = LauncherType.AUTO;

    @Mixin
    private ReportOptions output;

    private final Semaphore exits = new Semaphore(0);

    @Override
    public Integer call() throws Exception {
        ProcFs.requireAvailable();
        String program = Programs.require("true").toString();
        try (ProcessManager manager = ProcessManager.builder()
                .launcher(launcher)
                .process(ID, process -> process.command(program).restart(Restart.never()))
                .listener(this::heard)
                .build()) {
            cycle(manager, WARMUP);
            Thread.sleep(SETTLING.toMillis());
            Resources before = Resources.now();
            long start = System.nanoTime();
            cycle(manager, cycles);
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            Thread.sleep(SETTLING.toMillis());
            output.publish(report(before, Resources.now(), taken));
        }
        return 0;
    }

    private void heard(ProcessEvent event) {
        if (event instanceof ProcessEvent.ProcessExited) {
            exits.release();
        }
    }

    private void cycle(ProcessManager manager, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            manager.start(ID);
            exits.acquire();
        }
    }

    private Report report(Resources before, Resources after, Duration taken) {
        Report report = new Report(
                "%d starts and exits, launcher %s".formatted(cycles, launcher),
                new Column("resource", "resource", "%s"),
                new Column("before", "before", "%d"),
                new Column("after", "after", "%d"),
                new Column("change", "change", "%+d"));
        row(report, "descriptors", before.descriptors(), after.descriptors());
        row(report, "threads", before.threads(), after.threads());
        row(report, "zombies", before.zombies(), after.zombies());
        row(report, "resident memory, KB", before.residentKilobytes(), after.residentKilobytes());
        row(report, "live heap, KB", before.liveHeapKilobytes(), after.liveHeapKilobytes());
        report.note("%d ms in all; \"before\" is after %d more cycles".formatted(taken.toMillis(), WARMUP));
        return report;
    }

    private static void row(Report report, String resource, long before, long after) {
        report.row(resource, before, after, after - before);
    }
}
