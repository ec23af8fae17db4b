package io.hsu.internal.log;

import java.util.concurrent.atomic.AtomicInteger;

/** Tells when everyone has taken a piece of output, who is given a copy to hold included. */
final class Receipt {

    /** For output that nobody asks after. */
    static final Receipt NONE = new Receipt(null, false);

    private final Runnable whenTaken;
    private final boolean patient;
    private final AtomicInteger holders = new AtomicInteger(1);

    private Receipt(Runnable whenTaken, boolean patient) {
        this.whenTaken = whenTaken;
        this.patient = patient;
    }

    /** {@return a receipt with one holder: whoever brings the output} */
    static Receipt of(Runnable whenTaken) {
        return of(whenTaken, false);
    }

    /**
     * {@return a receipt with one holder: whoever brings the output}
     *
     * @param patient whether to wait for a target even while it fails: the output is safe where it is, and nobody else waits
     */
    static Receipt of(Runnable whenTaken, boolean patient) {
        return whenTaken == null ? NONE : new Receipt(whenTaken, patient);
    }

    /** {@return whether somebody asks after it} */
    boolean isAsked() {
        return whenTaken != null;
    }

    boolean isPatient() {
        return patient;
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
