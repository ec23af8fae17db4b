package io.hsu.benchmarks.health;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** What looks at endpoints in the JVM that is measured. It is killed in the end. */
interface CheckHost {

    /**
     * Begins to look; returns when all checks are set up.
     *
     * @param targets what each check asks
     */
    void start(Load load, List<URI> targets) throws IOException;

    /** {@return how long the last look took of each check that is healthy, in nanoseconds} */
    long[] latencies();
}
