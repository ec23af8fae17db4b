package io.hsu.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** The packaged jar, run as a user runs it. Closing it leaves no process behind, whatever became of the test. */
final class HsuJar implements AutoCloseable {

    static final Path JAR = Path.of(System.getProperty("hsu.jar"));

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern ADDRESS = Pattern.compile("management on (127\\.0\\.0\\.1:\\d+)");

    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final List<Thread> readers = new ArrayList<>();
    private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();

    private HsuJar(Process process) {
        this.process = process;
        read(process.getInputStream(), out);
        read(process.getErrorStream(), err);
    }

    /** Runs {@code hsu}, in {@code directory}. */
    static HsuJar run(Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                // It starts in half the time, and the tests start it often.
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString()));
        command.addAll(List.of(arguments));
        return run(new ProcessBuilder(command).directory(directory.toFile()));
    }

    /** Runs what a user may have made of the command. */
    static HsuJar run(ProcessBuilder builder) throws IOException {
        // Java announces them on standard error.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        return new HsuJar(builder.start());
    }

    private void read(InputStream stream, List<String> lines) {
        Thread reader = new Thread(() -> {
            try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                in.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                lines.add("(cannot be read: " + e + ")");
            }
        });
        reader.setDaemon(true);
        reader.start();
        readers.add(reader);
    }

    /** Waits for a line of standard output. */
    String awaitLine(String part) {
        try {
            await().atMost(PATIENCE).until(() -> lines(part).findAny().isPresent() || readersAreDone());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("hsu does not say '" + part + "'; " + everything(), e);
        }
        return lines(part)
                .findFirst()
                .orElseThrow(() -> new AssertionError("hsu ended before it said '" + part + "'; " + everything()));
    }

    private boolean readersAreDone() {
        return readers.stream().noneMatch(Thread::isAlive);
    }

    private Stream<String> lines(String part) {
        return out.stream().filter(line -> line.contains(part));
    }

    /** Waits until all is started, and notes every process that hsu has started so far. */
    String awaitStarted() {
        String line = awaitLine("Process manager started successfully");
        noteDescendants();
        return line;
    }

    void noteDescendants() {
        process.descendants().forEach(seen::add);
    }

    /** The host and port of its gRPC server. */
    String managementAddress() {
        Matcher matcher = ADDRESS.matcher(awaitLine("management on "));
        assertTrue(matcher.find());
        return matcher.group(1);
    }

    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start();
        assertEquals(0, kill.waitFor());
    }

    /** Waits for its end and fails unless it ends with this code. */
    void awaitExit(int code) throws InterruptedException {
        assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), () -> "hsu does not end:\n" + everything());
        for (Thread reader : readers) {
            reader.join(PATIENCE.toMillis());
        }
        assertEquals(code, process.exitValue(), this::everything);
    }

    /** Fails unless every process that was noted is gone. */
    void assertNothingIsLeft() {
        assertTrue(!seen.isEmpty(), "no processes were noted");
        await().atMost(PATIENCE).until(() -> seen.stream().noneMatch(ProcessHandle::isAlive));
    }

    List<String> out() {
        return out;
    }

    /** What it wrote to standard error, without what newer JVMs have to say about libraries. */
    String err() {
        return err.stream().filter(line -> !line.startsWith("WARNING: ")).collect(Collectors.joining("\n"));
    }

    long pid() {
        return process.pid();
    }

    private String everything() {
        return "stdout:\n" + String.join("\n", out) + "\nstderr:\n" + err();
    }

    @Override
    public void close() {
        noteDescendants();
        process.destroyForcibly();
        seen.forEach(ProcessHandle::destroyForcibly);
    }
}
