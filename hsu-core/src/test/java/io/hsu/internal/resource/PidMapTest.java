package io.hsu.internal.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PidMapTest {

    @Test
    void behavesLikeAnyMap() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            int range = 1 + random.nextInt(200);
            Map<Long, String> model = new HashMap<>();
            PidMap<String> map = new PidMap<>();
            for (int step = 0; step < 1000; step++) {
                step(random, 1 + random.nextInt(range), model, map);
                assertEquals(model.size(), map.size());
            }
            for (long pid = 1; pid <= range; pid++) {
                assertEquals(model.get(pid), map.get(pid), "seed " + seed);
            }
            Set<String> values = new HashSet<>();
            map.forEach(values::add);
            assertEquals(new HashSet<>(model.values()), values);
        }
    }

    private static void step(Random random, long pid, Map<Long, String> model, PidMap<String> map) {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> {
                String value = pid + "-" + random.nextInt(3);
                model.put(pid, value);
                map.put(pid, value);
            }
            case 9, 10, 11, 12, 13, 14, 15, 16 -> {
                model.remove(pid);
                map.remove(pid);
            }
            case 17 -> {
                model.values().removeIf(value -> value.endsWith("-1"));
                map.removeIf(value -> value.endsWith("-1"));
            }
            default -> assertEquals(model.get(pid), map.get(pid));
        }
    }

    @Test
    void clear_leavesNothing() {
        PidMap<String> map = new PidMap<>();
        map.put(5, "five");
        map.clear();
        assertEquals(0, map.size());
        assertNull(map.get(5));
        map.remove(5);
        assertEquals(0, map.size());
    }
}
