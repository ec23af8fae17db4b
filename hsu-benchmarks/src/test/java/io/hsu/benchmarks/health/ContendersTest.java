package io.hsu.benchmarks.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.benchmarks.support.CannotMeasureException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContendersTest {

    private final List<Contender> all = Contenders.all(1000);

    @Test
    void only_some() {
        assertEquals(
                List.of("http", "hung"),
                Contenders.only(List.of("hung", "http"), all).stream()
                        .map(Contender::key)
                        .toList());
    }

    @Test
    void only_nothingIsAll() {
        assertEquals(all, Contenders.only(List.of(), all));
    }

    @Test
    void only_unknown() {
        CannotMeasureException refused =
                assertThrows(CannotMeasureException.class, () -> Contenders.only(List.of("http", "ftp"), all));
        assertTrue(
                refused.getMessage().startsWith("--only: nobody is called [ftp]; there are [idle, "),
                refused::getMessage);
    }

    @Test
    void keys_areAllDifferent() {
        assertEquals(all.size(), all.stream().map(Contender::key).distinct().count());
    }

    @Test
    void aTenthHangs() {
        assertEquals(100, Contenders.only(List.of("hung"), all).get(0).load().hung());
    }
}
