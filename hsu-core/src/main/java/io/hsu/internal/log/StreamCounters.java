package io.hsu.internal.log;

import io.hsu.OutputCounters;
import java.util.concurrent.atomic.AtomicLong;

/** What has come from one stream over all launches. Written by whoever reads the stream; drops come from anywhere. */
final class StreamCounters {

    private final AtomicLong lines = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong split = new AtomicLong();
    private final AtomicLong passedThrough = new AtomicLong();

    void came(long count) {
        bytes.addAndGet(count);
    }

    void cut(long whole, long pieces) {
        lines.addAndGet(whole);
        if (pieces > 0) {
            split.addAndGet(pieces);
        }
    }

    void passedThrough(long count) {
        bytes.addAndGet(count);
        passedThrough.addAndGet(count);
    }

    void dropped(long count) {
        dropped.addAndGet(count);
    }

    OutputCounters read() {
        return new OutputCounters(lines.get(), bytes.get(), dropped.get(), split.get(), passedThrough.get());
    }
}
