package io.hsu.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The examples in the documentation are files that load. */
class DocsTest extends ConfigTestBase {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\\R(.*?)^```$");

    static String page() {
        try {
            return Files.readString(Path.of("..", "docs", "configuration.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> blocks() {
        return BLOCK.matcher(page()).results().map(match -> match.group(1)).toList();
    }

    @Test
    void thereAreExamples() {
        assertTrue(blocks().size() >= 3, "examples: " + blocks().size());
    }

    @TestFactory
    List<DynamicTest> everyExample_loads() throws IOException {
        Files.writeString(directory.resolve("db-password"), "hunter2\n");
        return BLOCK.matcher(page())
                .results()
                .map((MatchResult match) -> DynamicTest.dynamicTest(
                        "line " + page().substring(0, match.start()).lines().count(),
                        () -> assertDoesNotThrow(() -> load(match.group(1)))))
                .toList();
    }
}
