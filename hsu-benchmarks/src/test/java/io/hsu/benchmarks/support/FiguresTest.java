package io.hsu.benchmarks.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class FiguresTest {

    private final Figures figures = new Figures().put("bytes", 17).put("splits", -1);

    @Test
    void lineAndBack() {
        assertEquals("bytes=17 splits=-1", figures.toString());
        Figures parsed = Figures.parse(figures.toString());
        assertEquals(17, parsed.get("bytes"));
        assertEquals(-1, parsed.get("splits"));
    }

    @Test
    void parse_somethingElse() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Figures.parse("bytes=17 Exception"));
        assertEquals("there is no figure in 'Exception' of: bytes=17 Exception", refused.getMessage());
    }

    @Test
    void get_unknown() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> figures.get("lines"));
        assertEquals("there is no figure 'lines' in: bytes=17 splits=-1", refused.getMessage());
    }
}
