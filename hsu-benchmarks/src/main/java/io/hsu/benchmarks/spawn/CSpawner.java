package io.hsu.benchmarks.spawn;

import io.hsu.benchmarks.support.CProgram;
import io.hsu.benchmarks.support.CannotMeasureException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The limit: a C program that does nothing but {@code posix_spawn} and {@code waitpid}. */
final class CSpawner implements AutoCloseable {

    private final CProgram program;

    private CSpawner(CProgram program) {
        this.program = program;
    }

    /** {@return the compiled program; nothing where there is no C compiler} */
    static Optional<CSpawner> compile() throws IOException, InterruptedException {
        return CProgram.compile(CSpawner.class, "spawn.c").map(CSpawner::new);
    }

    /** {@return how long each of some spawns took, in nanoseconds} */
    long[] spawn(String spawned, int times, Duration rest) throws IOException, InterruptedException {
        String lines = run(List.of(
                program.binary().toString(),
                spawned,
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
        program.close();
    }
}
