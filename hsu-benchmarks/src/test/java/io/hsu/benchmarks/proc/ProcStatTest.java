package io.hsu.benchmarks.proc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProcStatTest {

    private static final String AFTER_COMMAND =
            " S 17 4711 4711 0 -1 4194304 100 0 0 0 250 33 0 0 20 0 12 0 123456 1000000 500 18446744073709551615 1 1";

    @Test
    void parse_fields() {
        ProcStat stat = ProcStat.parse("4711 (java)" + AFTER_COMMAND);
        assertEquals(new ProcStat('S', 17, 283, 12), stat);
        assertFalse(stat.isZombie());
    }

    @Test
    void parse_commandWithParenthesesAndSpaces() {
        assertEquals(new ProcStat('S', 17, 283, 12), ProcStat.parse("4711 (a) Z 1 (b)" + AFTER_COMMAND));
    }

    @Test
    void parse_zombie() {
        assertTrue(ProcStat.parse("4711 (true)" + AFTER_COMMAND.replaceFirst("S", "Z"))
                .isZombie());
    }
}
