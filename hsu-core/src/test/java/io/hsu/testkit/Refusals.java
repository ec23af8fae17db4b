package io.hsu.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** What is refused, and in which words: messages are part of the API. */
public final class Refusals {

    /** A wrong value is refused where it is set. */
    public static void refusesArgument(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    /** What only shows in the whole is refused by build(). */
    public static void refusesState(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalStateException.class, call).getMessage());
    }

    /** Null is refused, by the parameter's name. */
    public static void refusesNull(String name, Executable call) {
        assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
    }

    private Refusals() {}
}
