package io.hsu.benchmarks.logs;

import io.hsu.benchmarks.support.Cleanup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of {@link NumberedLines} that children write to their output, in memory where the system has such files. */
final class Input implements AutoCloseable {

    private static final Path MEMORY = Path.of("/dev/shm");

    private final Path file;
    private final long lines;
    private final Cleanup cleanup;

    private Input(Path file, long lines) {
        this.file = file;
        this.lines = lines;
        this.cleanup = new Cleanup(this::delete);
    }

    /**
     * {@return a new file}
     *
     * @param end what ends each line
     */
    static Input prepare(long lines, char end) throws IOException {
        Path file = Files.createTempFile(place(lines * NumberedLines.LENGTH), "hsu-benchmarks", ".txt");
        Input input = new Input(file, lines);
        try {
            NumberedLines.write(file, lines, end);
            return input;
        } catch (IOException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    private static Path place(long bytes) throws IOException {
        boolean fits = Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > 2 * bytes;
        return fits ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }

    Path file() {
        return file;
    }

    long lines() {
        return lines;
    }

    long bytes() {
        return lines * NumberedLines.LENGTH;
    }

    @Override
    public void close() {
        cleanup.close();
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
