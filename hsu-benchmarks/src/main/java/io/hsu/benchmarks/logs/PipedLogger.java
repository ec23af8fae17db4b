package io.hsu.benchmarks.logs;

import io.hsu.benchmarks.support.Programs;
import io.hsu.benchmarks.support.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A program that reads the output from its standard input: {@code child | logger}. */
final class PipedLogger implements Capture {

    /** The shell that runs the logger tells what it took. */
    private static final String PIPE = "cat \"$0\" | { \"$@\"; code=$?; times; exit \"$code\"; }";

    private final String key;
    private final String title;
    private final String program;
    private final Configuration configuration;

    /**
     * @param program what must be installed
     * @param configuration how it is told where to write
     */
    PipedLogger(String key, String title, String program, Configuration configuration) {
        this.key = key;
        this.title = title;
        this.program = program;
        this.configuration = configuration;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Optional<String> missing() {
        return Programs.missing(program);
    }

    @Override
    public Taken capture(Session session, Input input, LogFiles logs) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", "-c", PIPE, input.file().toString()));
        command.addAll(configuration.command(logs));
        long start = System.nanoTime();
        session.runToEnd(command);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return new Taken(time, ShellTimes.parse(session.output()), OptionalLong.empty());
    }

    /** Prepares a logger, which is not part of any time. */
    @FunctionalInterface
    interface Configuration {

        /** {@return the command that reads standard input to its end} */
        List<String> command(LogFiles logs) throws IOException;
    }
}
