package io.hsu.benchmarks.managers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.benchmarks.support.CannotMeasureException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManagersTest {

    private final List<Manager> all = Managers.all(Path.of("hsu-server.jar"), List.of());

    @Test
    void only_some() {
        List<String> chosen = Managers.only(List.of("s6", "hsu"), all).stream()
                .map(Manager::key)
                .toList();
        assertEquals(List.of("hsu", "s6"), chosen);
    }

    @Test
    void only_nothingIsAll() {
        assertEquals(all, Managers.only(List.of(), all));
    }

    @Test
    void only_unknown() {
        CannotMeasureException refused =
                assertThrows(CannotMeasureException.class, () -> Managers.only(List.of("s6", "s7"), all));
        assertTrue(
                refused.getMessage().startsWith("--only: nobody is called [s7]; there are [hsu, "),
                refused::getMessage);
    }

    @Test
    void keys_areAllDifferent() {
        assertEquals(all.size(), all.stream().map(Manager::key).distinct().count());
    }
}
