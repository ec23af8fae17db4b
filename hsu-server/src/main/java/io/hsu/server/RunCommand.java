package io.hsu.server;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code hsu run FILE}. */
@Command(
        name = "run",
        description =
                "Runs the processes of a configuration file until the run duration is over, or INT or TERM comes.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.Line.class,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {

    @ParentCommand
    private HsuCommand hsu;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "the configuration, as with --config")
    private Path file;

    @Override
    public Integer call() throws InterruptedException {
        return new HsuServer(hsu.options(file)).run();
    }

    /** {@return the file given without {@code --config}, or null} */
    Path file() {
        return file;
    }
}
