package io.hsu.internal.limit;

/**
 * Which part of the time a tree may run so that it keeps to a limit: worked out from what it uses while it runs for a part of the
 * time already. Pure. Used from the process's mailbox only.
 */
final class DutyCycle {

    /** Less, and it could not even answer a signal. */
    private static final double LEAST = 0.05;

    /** Who would use less than this much of the limit when left alone is left alone. */
    private static final double ENOUGH = 0.9;

    /** For what does not fall with the time that a process runs, such as its memory: it only grows more slowly. */
    private static final double HALF = 0.5;

    private final double amount;
    private final boolean proportional;
    private double share = 1;

    /**
     * @param amount how much is allowed
     * @param proportional whether what is used falls with the time that the tree runs
     */
    DutyCycle(double amount, boolean proportional) {
        this.amount = amount;
        this.proportional = proportional;
    }

    /**
     * {@return the part of the time that it may run from now on; 1: all of it}
     *
     * @param value what it has used since the look before
     */
    double next(double value) {
        if (!proportional) {
            share = value > amount ? HALF : 1;
            return share;
        }
        double alone = value / share;
        share = alone <= amount * ENOUGH || (share == 1 && value <= amount)
                ? 1
                : Math.min(1, Math.max(LEAST, amount / alone));
        return share;
    }

    double share() {
        return share;
    }
}
