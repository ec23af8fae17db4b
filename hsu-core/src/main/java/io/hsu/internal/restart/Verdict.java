package io.hsu.internal.restart;

import io.hsu.spi.RestartTrigger;
import java.time.Duration;

/** What follows an incident. */
public sealed interface Verdict {

    /** {@return why, in words} */
    String reason();

    /**
     * It is started again.
     *
     * @param trigger what for
     * @param retry which restart in a row for this kind of cause it is, from 1
     * @param delay how long to wait before
     * @param circuit what became of the circuit breaker
     */
    record Again(RestartTrigger trigger, String reason, int retry, Duration delay, Circuit circuit)
            implements Verdict {}

    /** It stays stopped, and all is well. */
    record Stopped(String reason) implements Verdict {}

    /** It stays failed. */
    record Failed(String reason) implements Verdict {}

    /** What an incident did to the circuit breaker. */
    enum Circuit {
        /** Nothing: it is closed. */
        CLOSED,
        /** It opened, or opened again after a failed trial; the delay is its cool-down at least. */
        OPENED
    }
}
