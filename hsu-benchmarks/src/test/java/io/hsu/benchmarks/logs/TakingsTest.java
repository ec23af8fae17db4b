package io.hsu.benchmarks.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TakingsTest {

    private static final LineCheck.Result COMPLETE = new LineCheck.Result(Optional.empty(), 0);
    private static final LineCheck.Result TORN = new LineCheck.Result(Optional.empty(), 3);
    private static final LineCheck.Result LOST = new LineCheck.Result(Optional.of("the last line is 4"), 0);

    private final Takings takings = new Takings();

    @Test
    void nothing() {
        assertEquals(Optional.empty(), takings.seconds());
        assertEquals(OptionalDouble.empty(), takings.allocated());
    }

    @Test
    void middle() {
        takings.add(taken(9, 90), COMPLETE);
        takings.add(taken(2, 20), COMPLETE);
        takings.add(taken(3, 40), COMPLETE);
        assertEquals(Optional.of(3.0), takings.seconds());
        assertEquals(Optional.of(0.3), takings.cpuSeconds());
        assertEquals("yes", takings.complete());
    }

    @Test
    void allocated_whenWarm() {
        takings.add(taken(1, 1_000_000), COMPLETE);
        takings.add(taken(1, 20), COMPLETE);
        takings.add(taken(1, 40), COMPLETE);
        assertEquals(OptionalDouble.of(30), takings.allocated());
    }

    @Test
    void lost_isNoTime() {
        takings.add(taken(1, 0), LOST);
        assertEquals(Optional.empty(), takings.seconds());
        takings.add(taken(5, 0), COMPLETE);
        assertEquals(Optional.of(5.0), takings.seconds());
        assertEquals("NOT in 1 of 2", takings.complete());
        assertEquals(Optional.of("the last line is 4"), takings.firstFault());
    }

    @Test
    void torn_isTold() {
        takings.add(taken(1, 0), TORN);
        takings.add(taken(1, 0), COMPLETE);
        assertEquals("lines torn", takings.complete());
    }

    private static Capture.Taken taken(int seconds, long allocated) {
        return new Capture.Taken(
                Duration.ofSeconds(seconds), Duration.ofMillis(100L * seconds), OptionalLong.of(allocated));
    }
}
