package io.hsu.internal.resource.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KeptDescriptorsTest {

    @Test
    void limit_isTheOneThatHolds() {
        String limits = """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             96285                96285                processes
                Max open files            1024                 524288               files
                """;
        assertEquals(1024, KeptDescriptors.limit(limits));
        assertEquals(Integer.MAX_VALUE, KeptDescriptors.limit(limits.replace("1024", "unlimited")));
        assertEquals(0, KeptDescriptors.limit("Max processes 5 5\n"));
        assertEquals(0, KeptDescriptors.limit(""));
    }

    @Test
    void take_untilThereIsNoneLeft() {
        KeptDescriptors kept = new KeptDescriptors(1);
        assertTrue(kept.take());
        assertFalse(kept.take());
        assertEquals(-1, kept.close(-1), "none was kept");
        assertFalse(kept.take());
    }
}
