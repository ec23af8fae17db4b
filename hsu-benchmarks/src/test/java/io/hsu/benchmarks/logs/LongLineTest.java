package io.hsu.benchmarks.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongLineTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"one line,0", "one| line|,2", "one lin,-1", "one line!,-1", "one Line,-1", "|one line,1"})
    void addedLineFeeds(String copy, long added) throws IOException {
        Path from = Files.writeString(directory.resolve("from"), "one line");
        Path to = Files.writeString(directory.resolve("to"), copy.replace('|', '\n'));
        OptionalLong expected = added < 0 ? OptionalLong.empty() : OptionalLong.of(added);
        assertEquals(expected, LongLine.addedLineFeeds(from, to));
    }
}
