package io.hsu.benchmarks.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LastLooksTest {

    private final LastLooks looks = new LastLooks(3);

    @Test
    void beforeTheFirst_nothingIsHealthy() {
        assertEquals(0, looks.healthy().length);
    }

    @Test
    void healthy_areThoseThatWentWellLast() {
        looks.ended(0, System.nanoTime() - 1_000_000, true);
        looks.ended(1, System.nanoTime(), true);
        looks.ended(1, System.nanoTime(), false);
        assertEquals(1, looks.healthy().length);
        assertTrue(looks.healthy()[0] >= 1_000_000);
    }
}
