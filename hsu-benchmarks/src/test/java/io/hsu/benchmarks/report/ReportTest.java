package io.hsu.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    private final Report report =
            new Report("Spawns", new Column("who", "contender", "%s"), new Column("p50Millis", "p50 ms", "%.2f"));

    @Test
    void text_isAMarkdownTable() {
        report.row("C", 0.6);
        report.row("ProcessBuilder", 12.345);
        assertEquals("""
                **Spawns**

                | contender      | p50 ms |
                | -------------- | -----: |
                | C              |   0.60 |
                | ProcessBuilder |  12.35 |
                """, report.text());
    }

    @Test
    void text_notMeasured() {
        report.row("s6", null);
        assertTrue(report.text().endsWith("| s6        |      – |\n"), report::text);
    }

    @Test
    void text_notesStandBelow() {
        report.note("s6: not installed");
        assertTrue(report.text().endsWith("-----: |\n\n- s6: not installed\n"), report::text);
    }

    @Test
    void row_ofAnotherLength() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> report.row("C", 0.6, 0.7));
        assertEquals("a row has 3 values, but the table 2 columns", refused.getMessage());
    }

    @Test
    void json_hasValuesAsTheyWereMeasured() {
        report.row("C", 0.123456);
        assertTrue(report.json().contains("\"p50Millis\": 0.123456"), report::json);
        assertTrue(report.json().contains("\"processors\": "), report::json);
    }

    @Test
    void json_ofSeveral() {
        String several = Report.json(List.of(report, new Report("Kills")));
        assertTrue(several.startsWith("[\n  {\n    \"title\": \"Spawns\","), several);
        assertTrue(several.contains("\"title\": \"Kills\","), several);
    }
}
