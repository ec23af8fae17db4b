package io.hsu.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Whatever is thrown ends in exit code 1, with words. */
class MainTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void exitCode_ofTheCommand() {
        assertEquals(2, exitCode(() -> 2));
        assertEquals("", said());
    }

    @Test
    void stackOverflow() {
        assertEquals(1, exitCode(MainTest::endless));
        assertTrue(
                said().startsWith(
                                "hsu: unexpected error: java.lang.StackOverflowError; the stack of a thread is too small: give it more, as in java -Xss8m"),
                said());
        assertTrue(said().contains("at " + MainTest.class.getName() + ".endless"), said());
        assertTrue(said().lines().count() < 60, said());
    }

    @Test
    void outOfMemory() {
        assertEquals(1, exitCode(() -> {
            throw new OutOfMemoryError("Java heap space");
        }));
        assertTrue(
                said().startsWith(
                                "hsu: unexpected error: java.lang.OutOfMemoryError: Java heap space; the JVM has too little memory: give it more, as in java -Xmx1g"),
                said());
    }

    @Test
    void anyException() {
        assertEquals(1, exitCode(() -> {
            throw new IllegalStateException("boom");
        }));
        assertTrue(
                said().startsWith(
                                "hsu: unexpected error: java.lang.IllegalStateException: boom; please report it, with what follows"),
                said());
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int endless() {
        return 1 + endless();
    }

    private int exitCode(Callable<Integer> command) {
        return Main.exitCode(command, new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
