package io.hsu.spi;

/** What stands for a {@link ResourceTarget} in the passes of a {@link ResourceMonitor}, with what the monitor keeps for it. */
public interface ResourceWatch extends AutoCloseable {

    /** Ends it, and lets go of what is kept for it. Idempotent. */
    @Override
    void close();
}
