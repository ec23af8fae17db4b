package io.hsu.server;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code hsu} command line: {@code hsu --config FILE} and, the same in other words, {@code hsu run FILE}. */
@Command(
        name = "hsu",
        description = "Starts, watches, restarts and stops the processes of a configuration file.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.Line.class,
        subcommands = RunCommand.class,
        sortOptions = false,
        footer = {
            "",
            "Exit codes: 0 ended as asked; 1 could not run, or something could not be stopped; 2 the command line or the"
                    + " configuration is wrong, and nothing was started."
        })
final class HsuCommand implements Callable<Integer> {

    private static final int HIGHEST_PORT = 65535;

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", scope = ScopeType.INHERIT, description = "the configuration")
    private Path config;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "log at level debug")
    private boolean debug;

    @Option(
            names = "--lenient",
            scope = ScopeType.INHERIT,
            description = "take unknown keys in the configuration for warnings")
    private boolean lenient;

    @Option(
            names = "--port",
            paramLabel = "N",
            scope = ScopeType.INHERIT,
            description = "management port, instead of process_manager.port; 0: any free one")
    private Integer port;

    @Option(
            names = "--run-duration",
            paramLabel = "SECONDS",
            scope = ScopeType.INHERIT,
            converter = Seconds.class,
            description = "end after this time")
    private Duration runDuration;

    /** {@return the exit code of a command line} */
    static int execute(String... args) {
        return commandLine().execute(args);
    }

    static CommandLine commandLine() {
        return new CommandLine(new HsuCommand())
                .setExpandAtFiles(false) // a file name may begin with @
                .setParameterExceptionHandler((e, args) -> {
                    PrintWriter err = e.getCommandLine().getErr();
                    err.println("hsu: " + e.getMessage());
                    err.println("See: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
                    return ExitCodes.WRONG_INPUT;
                })
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().print(Unexpected.text(e));
                    command.getErr().flush();
                    return ExitCodes.FAILED;
                });
    }

    @Override
    public Integer call() throws InterruptedException {
        return new HsuServer(options(null)).run();
    }

    /**
     * {@return what the options say}
     *
     * @param file the file given without {@code --config}, or null
     * @throws ParameterException if there is no file, two, or a value is out of bounds
     */
    RunOptions options(Path file) {
        if (file != null && config != null && !file.equals(config)) {
            throw wrong("two configurations are given, %s and --config %s; give one".formatted(file, config));
        }
        Path either = file == null ? config : file;
        if (either == null) {
            throw wrong("no configuration is given; say --config FILE, or run FILE");
        }
        if (port != null && (port < 0 || port > HIGHEST_PORT)) {
            throw wrong("--port must be from 0 to %d, but is %d".formatted(HIGHEST_PORT, port));
        }
        return new RunOptions(
                either,
                debug,
                lenient,
                port == null ? OptionalInt.empty() : OptionalInt.of(port),
                Optional.ofNullable(runDuration));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
