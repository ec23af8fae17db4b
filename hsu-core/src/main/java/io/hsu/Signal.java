package io.hsu;

import java.util.Optional;

/** The POSIX signals that a process is stopped with, under the numbers that Linux, macOS and the BSDs share. */
public enum Signal {
    HUP(1),
    INT(2),
    QUIT(3),
    ABRT(6),
    KILL(9),
    TERM(15);

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    /** {@return the signal's number} */
    public int number() {
        return number;
    }

    /** {@return the signal of that number, if it is one of these} */
    public static Optional<Signal> ofNumber(int number) {
        for (Signal signal : values()) {
            if (signal.number == number) {
                return Optional.of(signal);
            }
        }
        return Optional.empty();
    }
}
