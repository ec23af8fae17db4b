package io.hsu.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits for what happens soon: looked at often, and given up on late, because a busy machine is no failure. */
public final class Soon {

    /** {@return what waits up to 10 seconds} */
    public static ConditionFactory soon(String what) {
        return Awaitility.await(what)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(10));
    }

    private Soon() {}
}
