package io.hsu.benchmarks;

import io.hsu.benchmarks.health.HealthCommand;
import io.hsu.benchmarks.logs.LogsCommand;
import io.hsu.benchmarks.managers.ManagersCommand;
import io.hsu.benchmarks.resources.ResourcesCommand;
import io.hsu.benchmarks.spawn.SpawnCommand;
import io.hsu.benchmarks.stress.ChurnCommand;
import io.hsu.benchmarks.stress.MassacreCommand;
import io.hsu.benchmarks.support.CannotMeasureException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line of the benchmarks: one sub-command for each. */
@Command(
        name = "hsu-benchmarks",
        description = "Measures HSU beside its peers and beside what the system itself needs.",
        subcommands = {
            SpawnCommand.class,
            ManagersCommand.class,
            ChurnCommand.class,
            MassacreCommand.class,
            LogsCommand.class,
            HealthCommand.class,
            ResourcesCommand.class,
            JmhCommand.class
        })
public final class Main {

    private static final int FAILED = 1;

    /** Only picocli looks at it. There is no short form: -h is JMH's. */
    @SuppressWarnings("unused")
    @Option(names = "--help", usageHelp = true, scope = ScopeType.INHERIT, description = "tells this")
    private boolean help;

    /**
     * Runs a benchmark and ends the JVM.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    if (!(e instanceof CannotMeasureException)) {
                        throw e;
                    }
                    command.getErr().println("hsu-benchmarks: " + e.getMessage());
                    return FAILED;
                });
    }

    private Main() {}
}
