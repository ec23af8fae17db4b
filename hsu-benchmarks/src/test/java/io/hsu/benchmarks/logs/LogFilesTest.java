package io.hsu.benchmarks.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {

    @TempDir
    private Path directory;

    private LogFiles logs;

    @BeforeEach
    void setUp() {
        logs = new LogFiles(directory);
    }

    @Test
    void all_areLogsWithSomethingInThem() throws IOException {
        write("current", "text");
        write("current.1", "text");
        write("@400000006b06acee150e82b4.s", "text");
        write("@400000006b06acee1ffd3f44.s", "");
        write("config", "s0");
        write("lock", "");
        write("state", "text");
        Set<String> names =
                logs.all().stream().map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        assertEquals(Set.of("current", "current.1", "@400000006b06acee150e82b4.s"), names);
    }

    @Test
    void isLast_nothingYet() throws IOException {
        assertFalse(logs.isLast(1));
        write("current", "");
        assertFalse(logs.isLast(1));
    }

    @Test
    void isLast_theWholeLine() throws IOException {
        write("current", NumberedLines.text(1) + "\n" + NumberedLines.text(2));
        assertFalse(logs.isLast(2));
        write("current", NumberedLines.text(1) + "\n" + NumberedLines.text(2) + "\n");
        assertTrue(logs.isLast(2));
    }

    @Test
    void isLast_justSetAside() throws IOException {
        write("current", "");
        write("current.1", NumberedLines.text(7) + "\n");
        assertTrue(logs.isLast(7));
    }

    @Test
    void awaitLast_notForEver() throws IOException {
        write("current", NumberedLines.text(1) + "\n");
        logs.awaitLast(1, Duration.ofMinutes(5));
        logs.awaitLast(2, Duration.ofMillis(1));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
