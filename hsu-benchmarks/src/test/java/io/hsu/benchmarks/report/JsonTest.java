package io.hsu.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void write_nested() {
        assertEquals("""
                {
                  "rows": [
                    {
                      "n": 1
                    },
                    null
                  ]
                }""", Json.write(Map.of("rows", Arrays.asList(Map.of("n", 1), null))));
    }

    @Test
    void write_values() {
        assertEquals("[\n  1.5,\n  true,\n  \"NaN\"\n]", Json.write(List.of(1.5, true, Double.NaN)));
    }

    @Test
    void write_textIsEscaped() {
        assertEquals("\"a \\\"b\\\" \\\\ \\u000a ä\"", Json.write("a \"b\" \\ \n ä"));
    }
}
