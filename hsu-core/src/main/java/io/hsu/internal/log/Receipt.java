package io.hsu.internal.log;

import java.util.concurrent.atomic.AtomicInteger;

/** Tells when everyone has taken a piece of output, who is given a copy to hold included. */
final class Receipt {

    /** For output that nobody asks after. */
    static final Receipt NONE = new Receipt(null);

    private final Runnable whenTaken;
    private final AtomicInteger holders = new AtomicInteger(1);

    private Receipt(Runnable whenTaken) {
        this.whenTaken = whenTaken;
    }

    /** {@return a receipt with one holder: whoever brings the output} */
    static Receipt of(Runnable whenTaken) {
        return whenTaken == null ? NONE : new Receipt(whenTaken);
    }

    void hold() {
        if (whenTaken != null) {
            holders.incrementAndGet();
        }
    }

    void release() {
        if (whenTaken != null && holders.decrementAndGet() == 0) {
            whenTaken.run();
        }
    }
}
