package io.hsu.internal.launch;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The mark that names a launch in the environment of what comes out of it. By it, what has lost its parents is found again.
 * All marks of one launcher have the same length, and none is the beginning of another.
 */
public final class LaunchMark {

    /** The variable's name; its value names the launch, after those of the managers around this one. */
    public static final String VARIABLE = "HSU_LAUNCH_ID";

    /** Between the marks of nested managers. */
    public static final char SEPARATOR = ':';

    /** Of a mark, in characters. */
    public static final int LENGTH = 2 * 16 + 1 + 8;

    // To be told apart from others, not to be kept secret: secure random numbers would cost milliseconds.
    private final String launcher = HexFormat.of()
                    .toHexDigits(ThreadLocalRandom.current().nextLong()
                            ^ ProcessHandle.current().pid())
            + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

    private final AtomicInteger launches = new AtomicInteger();

    /** {@return the next launch's mark} */
    public String next() {
        return launcher + "-" + HexFormat.of().toHexDigits(launches.incrementAndGet());
    }
}
