package io.hsu.benchmarks.support;

import io.hsu.benchmarks.proc.ProcFs;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * A directory and processes of one run, of which nothing is left when it is closed. All that is started in it, and what
 * that starts, carries a variable in its environment, and is found by it wherever it has gone.
 */
public final class Session implements AutoCloseable {

    private static final String MARK = "HSU_BENCHMARK_RUN";

    /** A process that is just being replaced by another program has no environment for a moment, so one look may miss it. */
    private static final int LOOKS = 3;

    private static final long BETWEEN_LOOKS_MILLIS = 20;

    private final long run = ThreadLocalRandom.current().nextLong(100_000_000, 1_000_000_000);
    private final Cleanup cleanup;
    private Path directory;
    private final List<Runnable> last = new ArrayList<>();
    private boolean ended;

    /** Opens one whose directory lies where the system keeps temporary files. */
    public Session() throws IOException {
        this(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Opens one whose directory lies in another. */
    public Session(Path parent) throws IOException {
        cleanup = new Cleanup(this::end); // first: where the JVM is ending already, nothing is made
        try {
            makeDirectory(parent);
        } catch (IOException | RuntimeException e) {
            cleanup.close();
            throw e;
        }
    }

    private synchronized void makeDirectory(Path parent) throws IOException {
        requireRunning();
        directory = Files.createTempDirectory(parent, "hsu-benchmarks");
    }

    /** {@return a number that no other session has} */
    public long run() {
        return run;
    }

    /** {@return where files may go} */
    public Path directory() {
        return directory;
    }

    /** Starts a program; what it says goes to a file, see {@link #output}. */
    public synchronized Process start(List<String> command) throws IOException {
        requireRunning();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(outputFile());
        builder.environment().putAll(environment());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home")); // for scripts: all run on one JVM
        return builder.start();
    }

    /** {@return what processes that this does not start itself need in their environment to be found in the end} */
    public Map<String, String> environment() {
        return Map.of(MARK, Long.toString(run));
    }

    /** Adds something to be done in the end, before what still runs is killed and the directory goes. */
    public synchronized void atEnd(Runnable work) {
        requireRunning();
        last.add(work);
    }

    private void requireRunning() {
        if (ended) {
            throw new IllegalStateException("the run is over");
        }
    }

    /** Runs a program to its end, which must be a good one. */
    public void runToEnd(List<String> command) throws IOException, InterruptedException {
        Process process = start(command);
        if (process.waitFor() != 0) {
            throw new CannotMeasureException(
                    "%s: ended with code %d: %s".formatted(String.join(" ", command), process.exitValue(), output()));
        }
    }

    /** {@return the last line that the program started last has said} */
    public String output() throws IOException {
        List<String> lines = Files.readAllLines(outputFile().toPath(), StandardCharsets.ISO_8859_1);
        return lines.isEmpty() ? "(no output)" : lines.get(lines.size() - 1);
    }

    private File outputFile() {
        return directory.resolve("output.log").toFile();
    }

    /** {@return all living processes of this run, except for zombies} */
    public List<Long> processes() {
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
        if (directory == null) {
            return;
        }
        try {
            last.forEach(Runnable::run);
        } finally {
            killAll();
            deleteAll();
        }
    }

    private void killAll() {
        for (int emptyLooks = 0; emptyLooks < LOOKS; ) {
            List<Long> living = processes();
            // Managers have lower process ids than what they watch, and die before they can replace it.
            living.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            emptyLooks = living.isEmpty() ? emptyLooks + 1 : 0;
            pause();
        }
    }

    private void deleteAll() {
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
