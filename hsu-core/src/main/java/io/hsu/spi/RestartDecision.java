package io.hsu.spi;

import io.hsu.internal.Require;
import java.time.Duration;

/** What a restart policy answers. */
public sealed interface RestartDecision {

    /**
     * Restart.
     *
     * @param delay how long to wait before; zero or more
     */
    record RestartAfter(Duration delay) implements RestartDecision {
        public RestartAfter {
            Require.notNegative(delay, "delay");
        }
    }

    /**
     * Leave it stopped: this is a good end.
     *
     * @param reason why, in words
     */
    record StayStopped(String reason) implements RestartDecision {
        public StayStopped {
            Require.nonNull(reason, "reason");
        }
    }

    /**
     * Leave it failed: a person has to look.
     *
     * @param reason why, in words
     */
    record GiveUp(String reason) implements RestartDecision {
        public GiveUp {
            Require.nonNull(reason, "reason");
        }
    }
}
