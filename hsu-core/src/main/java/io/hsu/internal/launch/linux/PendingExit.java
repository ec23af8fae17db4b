package io.hsu.internal.launch.linux;

import io.hsu.ExitStatus;
import io.hsu.ResourceUsage;
import io.hsu.internal.launch.LaunchListener;
import io.hsu.internal.time.Timer;
import io.hsu.internal.time.Timer.Cancellable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells an exit once: when the streams have been drained, or that takes too long. */
final class PendingExit {

    /** For a stream whose reader is slow; the others are drained before anyone waits. */
    private static final Duration LIMIT = Duration.ofMillis(100);

    private final LaunchListener listener;
    private final ExitStatus status;
    private final ResourceUsage usage;
    /** The streams that are not drained, and one more until all of them have been asked. */
    private final AtomicInteger missing;

    private final AtomicBoolean told = new AtomicBoolean();
    private volatile Cancellable limit = Cancellable.NONE;

    PendingExit(LaunchListener listener, ExitStatus status, ResourceUsage usage, int streams) {
        this.listener = listener;
        this.status = status;
        this.usage = usage;
        this.missing = new AtomicInteger(streams + 1);
    }

    /** One stream has been drained. */
    void drained() {
        if (missing.decrementAndGet() == 0) {
            limit.cancel();
            tell();
        }
    }

    /** All streams have been asked. */
    void noLaterThan(Timer timer) {
        if (missing.get() > 1) {
            limit = timer.schedule(LIMIT, this::tell);
        }
        drained();
    }

    /** Tells it now. */
    void tell() {
        if (told.compareAndSet(false, true)) {
            listener.exited(status, usage);
        }
    }
}
