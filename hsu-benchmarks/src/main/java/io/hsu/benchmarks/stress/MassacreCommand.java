package io.hsu.benchmarks.stress;

import io.hsu.LauncherType;
import io.hsu.benchmarks.report.Column;
import io.hsu.benchmarks.report.Report;
import io.hsu.benchmarks.report.ReportOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code massacre}: many children killed at once; each exit must be told exactly once. */
@Command(name = "massacre", description = "Kills many children at once; each exit must be told exactly once.")
public final class MassacreCommand implements Callable<Integer> {

    @Option(names = "--children", paramLabel = "N", description = "how many (${DEFAULT-VALUE})")
    private int children = 2000;

    @Option(names = "--launcher", description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
    private LauncherType launcher = LauncherType.AUTO;

    @Mixin
    private ReportOptions output;

    @Override
    public Integer call() throws Exception {
        Massacre.Outcome outcome;
        try (Massacre massacre = new Massacre(children, launcher)) {
            outcome = massacre.commit();
        }
        Report report = new Report(
                "%d children killed at once, launcher %s".formatted(children, launcher),
                new Column("figure", "figure", "%s"),
                new Column("value", "value", "%s"));
        report.row("exits told once", outcome.toldOnce());
        report.row("exits told more than once", outcome.toldAgain());
        report.row("exits never told", children - outcome.toldOnce() - outcome.toldAgain());
        report.row("events that the listener missed", outcome.dropped());
        report.row("the command that kills them, ms", outcome.killing().toMillis());
        report.row(
                "from its start to the last exit event, ms", outcome.lastExit().toMillis());
        output.publish(report);
        return outcome.toldOnce() == children ? 0 : 1;
    }
}
