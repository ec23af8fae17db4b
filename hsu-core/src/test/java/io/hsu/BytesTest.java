package io.hsu;

import static io.hsu.testkit.Refusals.refusesArgument;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BytesTest {

    @Test
    void units_arePowersOfTwo() {
        assertEquals(1024, Bytes.kib(1));
        assertEquals(3 * 1024 * 1024, Bytes.mib(3));
        assertEquals(1L << 31, Bytes.gib(2));
        assertEquals(0, Bytes.kib(0));
    }

    @Test
    void count_negative() {
        refusesArgument("a size must not be negative, but is -1", () -> Bytes.kib(-1));
        refusesArgument("a size must not be negative, but is -5", () -> Bytes.gib(-5));
    }

    @Test
    void count_tooLarge() {
        assertEquals(Long.MAX_VALUE - (1L << 30) + 1, Bytes.gib((1L << 33) - 1));
        assertThrows(ArithmeticException.class, () -> Bytes.gib(1L << 33));
    }
}
