package io.hsu.internal.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is due at nearly the same time is due at the same time. */
class SystemTimerTest {

    private static final long NOW = 123_456_789_012L;

    @Test
    void shortDelays_areExact() {
        assertEquals(999_999_999, SystemTimer.rounded(999_999_999, NOW));
        assertEquals(0, SystemTimer.rounded(0, NOW));
    }

    @Test
    void longDelays_areLateByAHundredthAtTheMost_andNeverEarly() {
        for (long seconds : new long[] {1, 2, 5, 10, 60, 86_400}) {
            for (long more = 0; more < 1000; more += 7) {
                long nanos = TimeUnit.SECONDS.toNanos(seconds) + more * 1_000_003;
                long rounded = SystemTimer.rounded(nanos, NOW);
                assertTrue(rounded >= nanos, () -> "early: " + rounded);
                assertTrue(rounded - nanos <= nanos / 100, () -> "late: " + rounded);
                assertTrue(rounded - nanos <= 134_217_728, () -> "late: " + rounded);
            }
        }
    }

    @Test
    void thousandDelaysOfTenSeconds_endInFewMoments() {
        Set<Long> moments = new TreeSet<>();
        for (int i = 0; i < 1000; i++) {
            long now = NOW + i * 10_000_000L; // one each ten milliseconds
            moments.add(now + SystemTimer.rounded(TimeUnit.SECONDS.toNanos(10), now));
        }
        assertTrue(moments.size() < 160, () -> "moments: " + moments.size());
    }

    @Test
    void nearlyForEver_doesNotOverflow() {
        assertTrue(SystemTimer.rounded(Long.MAX_VALUE / 2, NOW) >= Long.MAX_VALUE / 2);
    }
}
