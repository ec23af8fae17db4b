package io.hsu.benchmarks.spawn;

import io.hsu.benchmarks.support.CannotMeasureException;
import io.hsu.benchmarks.support.Cleanup;
import io.hsu.benchmarks.support.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The limit: a C program that does nothing but {@code posix_spawn} and {@code waitpid}, compiled on the spot. */
final class CSpawner implements AutoCloseable {

    private static final String SOURCE = "spawn.c";

    private final Path directory;
    private final Path binary;
    private final Cleanup cleanup = new Cleanup(this::delete);

    private CSpawner(Path directory) {
        this.directory = directory;
        this.binary = directory.resolve("spawn");
    }

    /** {@return the compiled program; nothing where there is no C compiler} */
    static Optional<CSpawner> compile() throws IOException, InterruptedException {
        Optional<Path> compiler = Stream.of("cc", "gcc")
                .map(Programs::find)
                .flatMap(Optional::stream)
                .findFirst();
        if (compiler.isEmpty()) {
            return Optional.empty();
        }
        CSpawner spawner = new CSpawner(Files.createTempDirectory("hsu-benchmarks"));
        try {
            spawner.compileWith(compiler.get());
            return Optional.of(spawner);
        } catch (IOException | InterruptedException | RuntimeException e) {
            spawner.close();
            throw e;
        }
    }

    private void compileWith(Path compiler) throws IOException, InterruptedException {
        Path source = directory.resolve(SOURCE);
        try (InputStream text = CSpawner.class.getResourceAsStream(SOURCE)) {
            Files.copy(text, source);
        }
        run(List.of(compiler.toString(), "-O2", "-o", binary.toString(), source.toString()));
    }

    /** {@return how long each of some spawns took, in nanoseconds} */
    long[] spawn(String program, int times, Duration rest) throws IOException, InterruptedException {
        String lines = run(List.of(
                binary.toString(),
                program,
                Integer.toString(times),
                Long.toString(TimeUnit.NANOSECONDS.toMicros(rest.toNanos()))));
        return lines.lines().mapToLong(Long::parseLong).toArray();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.US_ASCII);
            if (process.waitFor() != 0) {
                throw new CannotMeasureException(
                        "'%s' ended with code %d".formatted(command.get(0), process.exitValue()));
            }
            return text;
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        cleanup.close();
    }

    private void delete() {
        try {
            Files.deleteIfExists(binary);
            Files.deleteIfExists(directory.resolve(SOURCE));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
