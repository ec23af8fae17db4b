package io.hsu.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private static final long MILLI = 1_000_000;

    private final Samples hundred = Samples.of(
            LongStream.rangeClosed(1, 100).map(i -> (101 - i) * MILLI).toArray());

    @Test
    void percentile_isATimeThatWasMeasured() {
        assertEquals(50, hundred.percentile(50));
        assertEquals(90, hundred.percentile(90));
        assertEquals(99, hundred.percentile(99));
        assertEquals(100, hundred.percentile(100));
        assertEquals(1, hundred.percentile(0.1));
    }

    @Test
    void percentile_ofFew() {
        Samples three = Samples.of(3 * MILLI, MILLI, 2 * MILLI);
        assertEquals(2, three.median());
        assertEquals(3, three.percentile(99));
        assertEquals(7, Samples.of(7 * MILLI).percentile(1));
    }

    @Test
    void percentile_outOfBounds() {
        assertThrows(IllegalArgumentException.class, () -> hundred.percentile(0));
        assertThrows(IllegalArgumentException.class, () -> hundred.percentile(100.5));
    }

    @Test
    void mean_isTheAverage() {
        assertEquals(50.5, hundred.mean());
        assertEquals(100, hundred.count());
    }

    @Test
    void of_nothing() {
        assertThrows(IllegalArgumentException.class, Samples::of);
    }
}
