package io.hsu.benchmarks.health;

import io.hsu.benchmarks.support.CannotMeasureException;
import io.hsu.benchmarks.support.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** Files by which one JVM tells another that something is so: they are there whole or not at all. */
final class Notes {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long BETWEEN_LOOKS_MILLIS = 20;

    static void write(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * {@return what a note says, when it is there}
     *
     * @param writer who is to write it, as the process that the session has started last
     * @throws CannotMeasureException if it ends before, or takes too long
     */
    static String await(Path file, Process writer, Session session) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!Files.exists(file)) {
            if (!writer.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new CannotMeasureException("it %s before it told '%s'; it said last: %s"
                        .formatted(
                                writer.isAlive() ? "had had " + PATIENCE.toSeconds() + " s" : "ended",
                                file.getFileName(),
                                session.output()));
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        return Files.readString(file);
    }

    private Notes() {}
}
