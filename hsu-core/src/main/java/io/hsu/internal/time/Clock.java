package io.hsu.internal.time;

import java.time.Instant;

/** The only place that time is read from. */
public interface Clock {

    /** {@return a reading that only goes forward, in nanoseconds; differences mean something, values do not} */
    long nanos();

    /** {@return the time of day, for people} */
    Instant now();

    /** The system's clock. */
    static Clock system() {
        return new Clock() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public Instant now() {
                return Instant.now();
            }
        };
    }
}
