package io.hsu.internal.resource.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatTextTest {

    private static final String USUAL = " S 1 1234 77 0 -1 4194560 1289 35 1 0 250 150 40 10 20 0 9 0 1045 8462336"
            + " 1100 18446744073709551615 94 94 140 0 0 0 0 4096 65536 1 0 0 17 1 0 0 0 0 0 94 94 94 140 140 140 140 0\n";

    private final StatText stat = new StatText();

    private boolean parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] buffer = new byte[4096]; // what stood there before goes on behind the text
        java.util.Arrays.fill(buffer, (byte) '7');
        System.arraycopy(bytes, 0, buffer, 0, bytes.length);
        return stat.parse(buffer, bytes.length);
    }

    private void assertUsual() {
        assertEquals(1, stat.parent());
        assertEquals(77, stat.session());
        assertEquals(400, stat.cpu());
        assertEquals(50, stat.waitedCpu());
        assertEquals(9, stat.threads());
        assertEquals(1045, stat.start());
        assertEquals(8462336, stat.virtual());
        assertEquals(1100, stat.rss());
        assertFalse(stat.isDead());
    }

    @Test
    void fields() {
        assertTrue(parse("1234 (sleep)" + USUAL));
        assertUsual();
    }

    @Test
    void command_mayHoldAnything() {
        for (String command : new String[] {
            "", " ", "a b", "(", ")", "))) Z 5 5 5", "1234 (x) S 9 9 9", "tmux: server", "\n", "\u00e9\u00ff", ")\n("
        }) {
            assertTrue(parse("1234 (" + command + ")" + USUAL), command);
            assertUsual();
        }
    }

    @Test
    void hugeValues_areTheLargestThereIs() {
        assertTrue(parse("1 (a) S 4194304 2 3 0 -1 0 0 0 0 0 9223372036854775807 0 99999999999999999999 0 20 0 1 0 5 "
                + "18446744073709551615 9223372036854775806 18446744073709551615 0\n"));
        assertEquals(4194304, stat.parent());
        assertEquals(Long.MAX_VALUE, stat.cpu());
        assertEquals(Long.MAX_VALUE, stat.waitedCpu());
        assertEquals(Long.MAX_VALUE, stat.virtual());
        assertTrue(stat.rss() > 0);
    }

    @Test
    void dead_isWhatHasNoThreadLeft() {
        assertTrue(parse("1 (a) Z 1 2 3 0 -1 0 0 0 0 0 1 2 3 4 20 0 1 0 5 0 0 0\n"));
        assertTrue(stat.isDead());
        assertTrue(parse("1 (a) X 1 2 3 0 -1 0 0 0 0 0 1 2 3 4 20 0 0 0 5 0 0 0\n"));
        assertTrue(stat.isDead());
        assertTrue(parse("1 (a) Z 1 2 3 0 -1 0 0 0 0 0 1 2 3 4 20 0 8 0 5 0 0 0\n"));
        assertFalse(stat.isDead(), "only its first thread has ended");
    }

    @Test
    void unknownForms_areRefused() {
        for (String text :
                new String[] {"", "1234", "1234 (", "1234 (a", "1234 (a)", "1234 (a) ", "1234 (a) S 1 2 3\n"}) {
            assertFalse(parse(text), text);
        }
    }

    @Test
    void itself_isRead() throws Exception {
        byte[] text = java.nio.file.Files.readAllBytes(java.nio.file.Path.of("/proc/self/stat"));
        assertTrue(stat.parse(text, text.length));
        assertEquals(ProcessHandle.current().parent().orElseThrow().pid(), stat.parent());
        assertTrue(stat.rss() * 4096 > 10_000_000, "a JVM is larger than that");
    }
}
