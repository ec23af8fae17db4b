package io.hsu.internal.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RegistrationsTest {

    private final Registrations registrations = new Registrations();

    @Test
    void find_whoIsThere() {
        Named one = new Named();
        Named other = new Named();
        long first = registrations.add(one);
        long second = registrations.add(other);
        assertSame(one, registrations.find(first));
        assertSame(other, registrations.find(second));
    }

    @Test
    void find_nobodyOnceRemovedThoughThePlaceIsTakenAgain() {
        Set<Long> numbers = new HashSet<>();
        long removed = registrations.add(new Named());
        registrations.remove(removed);
        for (int count = 0; count < 1000; count++) {
            Named handler = new Named();
            long number = registrations.add(handler);
            assertTrue(numbers.add(number), "no number is given away twice");
            assertNotEquals(removed, number);
            assertNull(registrations.find(removed));
            assertSame(handler, registrations.find(number));
            if (count % 3 > 0) {
                registrations.remove(number);
                assertNull(registrations.find(number));
            }
        }
    }

    @Test
    void find_nobodyUnderANumberThatWasNeverGiven() {
        assertNull(registrations.find(12345));
        registrations.add(new Named());
        assertNull(registrations.find(12345));
    }

    @Test
    void end_onlyWhenNothingIsThere_andForGood() {
        long number = registrations.add(new Named());
        assertFalse(registrations.end());
        registrations.remove(number);
        assertTrue(registrations.end());
        assertEquals(-1, registrations.add(new Named()));
        assertTrue(registrations.end(), "asked again");
    }

    @Test
    void manyThreads_eachFindsItsOwn() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<?>> results = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            results.add(pool.submit(() -> {
                List<Long> kept = new ArrayList<>();
                for (int count = 0; count < 20_000; count++) {
                    Named handler = new Named();
                    long number = registrations.add(handler);
                    assertSame(handler, registrations.find(number));
                    kept.add(number);
                    if (kept.size() > 50) {
                        long removed = kept.remove(0);
                        registrations.remove(removed);
                        assertNull(registrations.find(removed));
                    }
                }
                kept.forEach(registrations::remove);
            }));
        }
        for (Future<?> result : results) {
            result.get(60, TimeUnit.SECONDS);
        }
        pool.shutdown();
        assertTrue(registrations.end(), "each was counted once in and once out");
    }

    private static final class Named implements Reactor.Handler {
        @Override
        public void registered(long number) {}

        @Override
        public void ready(Scratch scratch) {}

        @Override
        public void failed() {}

        @Override
        public int descriptor() {
            return -1;
        }
    }
}
