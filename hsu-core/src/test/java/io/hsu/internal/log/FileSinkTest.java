package io.hsu.internal.log;

import static io.hsu.testkit.Refusals.refusesArgument;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hsu.LogTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file keeps the contract of all sinks; what is a file's own is in the tests beside this one. */
class FileSinkTest extends LogSinkContract {

    @Override
    LogTarget target() {
        return LogTarget.file("{process_id}/out.log");
    }

    @Override
    List<String> taken(String processId) throws IOException {
        return Files.readAllLines(file(processId));
    }

    /** A directory is in the way. */
    @Override
    void breakIt() throws IOException {
        Files.createDirectories(file("api"));
    }

    @Override
    void repair() throws IOException {
        Files.delete(file("api"));
    }

    @Override
    boolean isUntouched() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    @Test
    void name_tellsTheFile() {
        assertEquals("file " + file("api"), open("api").sink.toString());
    }

    @Test
    void path_missing() {
        LogTarget wrong = LogTarget.of("file", Map.of());
        refusesArgument("process 'api': path is missing", () -> open("api", wrong));
    }

    private Path file(String processId) {
        return directory.resolve("processes").resolve(processId).resolve("out.log");
    }
}
