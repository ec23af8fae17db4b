package io.hsu.benchmarks.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hsu.benchmarks.report.Report;
import io.hsu.benchmarks.support.CannotMeasureException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private record Some(String key, List<String> contenders) implements Scenario {
        @Override
        public Report measure(Selection selection) {
            throw new UnsupportedOperationException();
        }
    }

    private final List<Some> all = List.of(
            new Some("plain", List.of("cat", "hsu", "s6")),
            new Some("enhanced", List.of("s6", "hsu")),
            new Some("fairness", List.of()));

    @Test
    void nothingIsAll() {
        assertEquals(List.of("plain", "enhanced", "fairness"), scenarios());
        assertEquals(List.of("cat", "hsu", "s6"), contenders());
    }

    @Test
    void aScenario_withAllContenders() {
        assertEquals(List.of("enhanced"), scenarios("enhanced"));
        assertEquals(List.of("cat", "hsu", "s6"), contenders("enhanced"));
    }

    @Test
    void aContender_whereItTakesPart() {
        assertEquals(List.of("plain"), scenarios("cat"));
        assertEquals(List.of("plain", "enhanced"), scenarios("s6"));
        assertEquals(List.of("s6"), contenders("s6"));
    }

    @Test
    void both() {
        assertEquals(List.of("plain", "fairness"), scenarios("fairness", "hsu", "plain"));
        assertEquals(List.of("hsu"), contenders("fairness", "hsu", "plain"));
    }

    @Test
    void unknown() {
        CannotMeasureException refused = assertThrows(CannotMeasureException.class, () -> scenarios("s6", "s7"));
        assertEquals(
                "--only: nothing is called [s7]; there are the scenarios [plain, enhanced, fairness] and the"
                        + " contenders [cat, hsu, s6]",
                refused.getMessage());
    }

    private List<String> scenarios(String... only) {
        Selection selection = Selection.of(List.of(only), all);
        return all.stream().filter(selection::has).map(Some::key).toList();
    }

    private List<String> contenders(String... only) {
        Selection selection = Selection.of(List.of(only), all);
        return Stream.of("cat", "hsu", "s6").filter(selection::has).toList();
    }
}
