package io.hsu.benchmarks.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CapturesTest {

    private final Captures captures = new Captures(300_000_000);

    @Test
    void keys_areAllDifferent() {
        assertDifferent(captures.plain());
        assertDifferent(captures.enhanced());
    }

    @Test
    void measures_areThere() {
        assertTrue(captures.plain().stream().anyMatch(capture -> capture.key().equals(Captures.CAT)));
        assertTrue(
                captures.enhanced().stream().anyMatch(capture -> capture.key().equals(Captures.S6)));
    }

    @Test
    void files_enoughForLinesThatGrow() {
        assertEquals(30, Captures.files(1_000_000));
        assertTrue(Captures.files(300_000_000) * 16_777_215L > 3 * 290_000_000L);
    }

    private static void assertDifferent(List<Capture> captures) {
        assertEquals(
                captures.size(), captures.stream().map(Capture::key).distinct().count());
    }
}
