package io.hsu.benchmarks.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A small C program, compiled on the spot, and gone when it is closed. */
public final class CProgram implements AutoCloseable {

    private final Path directory;
    private final Path source;
    private final Path binary;
    private final Cleanup cleanup;

    private CProgram(Path directory) {
        this.directory = directory;
        this.source = directory.resolve("program.c");
        this.binary = directory.resolve("program");
        this.cleanup = new Cleanup(this::delete);
    }

    /**
     * {@return the compiled program; nothing where there is no C compiler}
     *
     * @param place the class that its source lies beside
     * @param name the source
     */
    public static Optional<CProgram> compile(Class<?> place, String name) throws IOException, InterruptedException {
        Optional<Path> compiler = Stream.of("cc", "gcc")
                .map(Programs::find)
                .flatMap(Optional::stream)
                .findFirst();
        if (compiler.isEmpty()) {
            return Optional.empty();
        }
        CProgram program = new CProgram(Files.createTempDirectory("hsu-benchmarks"));
        try (InputStream text = place.getResourceAsStream(name)) {
            Files.copy(text, program.source);
            program.compileWith(compiler.get());
            return Optional.of(program);
        } catch (IOException | InterruptedException | RuntimeException e) {
            program.close();
            throw e;
        }
    }

    private void compileWith(Path compiler) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(compiler.toString(), "-O2", "-o", binary.toString(), source.toString())
                .inheritIO()
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new CannotMeasureException("'%s' ended with code %d".formatted(compiler, process.exitValue()));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** {@return where the program lies} */
    public Path binary() {
        return binary;
    }

    @Override
    public void close() {
        cleanup.close();
    }

    private void delete() {
        try {
            Files.deleteIfExists(binary);
            Files.deleteIfExists(source);
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
