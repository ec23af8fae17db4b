package io.hsu.benchmarks.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.benchmarks.support.CannotMeasureException;
import io.hsu.benchmarks.support.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class CaptureRoundsTest {

    @TempDir
    private Path directory;

    /** Does what it is told to, in place of a program. */
    private record Fake(String key, Writing writing) implements Capture {
        @Override
        public String title() {
            return key;
        }

        @Override
        public Optional<String> missing() {
            return Optional.empty();
        }

        @Override
        public Taken capture(Session session, Input input, LogFiles logs) throws IOException {
            writing.write(input, logs);
            return new Taken(Duration.ofSeconds(1), Duration.ZERO, OptionalLong.empty());
        }
    }

    @FunctionalInterface
    private interface Writing {
        void write(Input input, LogFiles logs) throws IOException;
    }

    @Test
    void cat_getsEverything() throws Exception {
        Capture cat = new Captures(1000).plain().get(0);
        Takings takings = run(new CaptureRounds(directory, List.of(cat))).get(cat);
        assertEquals("yes", takings.complete());
        assertTrue(takings.seconds().orElseThrow() > 0);
        assertNothingIsLeft();
    }

    @Test
    void loss_isSeen() throws Exception {
        Capture loses = new Fake("loses", (input, logs) -> NumberedLines.write(logs.current(), 9, '\n'));
        Takings takings = run(new CaptureRounds(directory, List.of(loses))).get(loses);
        assertEquals("NOT in 2 of 2", takings.complete());
        assertNothingIsLeft();
    }

    @Test
    void dropout_leavesTheOthersAlone() throws Exception {
        Capture fails = new Fake("fails", (input, logs) -> {
            throw new CannotMeasureException("it ended with code 1");
        });
        Capture copies = new Fake("copies", (input, logs) -> Files.copy(input.file(), logs.current()));
        CaptureRounds rounds = new CaptureRounds(directory, List.of(fails, copies));
        Map<Capture, Takings> takings = run(rounds);
        assertEquals(Map.of(fails, "it ended with code 1"), rounds.dropouts());
        assertEquals(Set.of(copies), takings.keySet());
        assertEquals("yes", takings.get(copies).complete());
        assertNothingIsLeft();
    }

    private static Map<Capture, Takings> run(CaptureRounds rounds) throws IOException, InterruptedException {
        try (Input input = Input.prepare(10, '\n')) {
            return rounds.run(input, 2);
        }
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(0, files.count());
        }
    }
}
