package io.hsu.benchmarks.managers;

import io.hsu.benchmarks.proc.ProcFs;
import io.hsu.benchmarks.support.CannotMeasureException;
import io.hsu.benchmarks.support.Cleanup;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * A directory and processes of one run, of which nothing is left when it is closed. All that is started in it, and what
 * that starts, carries a variable in its environment, and is found by it wherever it has gone.
 */
final class Session implements AutoCloseable {

    private static final String MARK = "HSU_BENCHMARK_RUN";

    /** A process that is just being replaced by another program has no environment for a moment, so one look may miss it. */
    private static final int LOOKS = 3;

    private static final long BETWEEN_LOOKS_MILLIS = 20;

    private final long run = ThreadLocalRandom.current().nextLong(100_000_000, 1_000_000_000);
    private final Path directory;
    private final Cleanup cleanup;
    private boolean ended;

    Session() throws IOException {
        directory = Files.createTempDirectory("hsu-benchmarks");
        cleanup = new Cleanup(this::end);
    }

    /** {@return a number that no other session has} */
    long run() {
        return run;
    }

    /** {@return where files may go} */
    Path directory() {
        return directory;
    }

    /** Starts a program; what it says goes to a file, see {@link #output}. */
    synchronized Process start(List<String> command) throws IOException {
        if (ended) {
            throw new IllegalStateException("the run is over");
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(outputFile());
        builder.environment().put(MARK, Long.toString(run));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home")); // for scripts: all run on one JVM
        return builder.start();
    }

    /** Runs a program to its end, which must be a good one. */
    void runToEnd(List<String> command) throws IOException, InterruptedException {
        Process process = start(command);
        if (process.waitFor() != 0) {
            throw new CannotMeasureException(
                    "%s: ended with code %d: %s".formatted(String.join(" ", command), process.exitValue(), output()));
        }
    }

    /** {@return the last line that the program started last has said} */
    String output() throws IOException {
        List<String> lines = Files.readAllLines(outputFile().toPath(), StandardCharsets.ISO_8859_1);
        return lines.isEmpty() ? "(no output)" : lines.get(lines.size() - 1);
    }

    private File outputFile() {
        return directory.resolve("output.log").toFile();
    }

    /** {@return all living processes of this run, except for zombies} */
    List<Long> processes() {
        String mark = MARK + "=" + run + "\0";
        return Arrays.stream(ProcFs.pids())
                .filter(pid -> ProcFs.read(pid, "environ")
                        .filter(environment -> environment.contains(mark))
                        .isPresent())
                .sorted()
                .boxed()
                .toList();
    }

    @Override
    public void close() {
        cleanup.close();
    }

    private synchronized void end() {
        ended = true;
        for (int emptyLooks = 0; emptyLooks < LOOKS; ) {
            List<Long> living = processes();
            // Managers have lower process ids than what they watch, and die before they can replace it.
            living.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            emptyLooks = living.isEmpty() ? emptyLooks + 1 : 0;
            pause();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be removed".formatted(directory), e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
