package io.hsu.internal.engine;

/** A process was asked for something after it had been removed, or its manager closed. */
final class RetiredException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final boolean closed;

    /**
     * @param closed whether its manager was closed; if not, it was removed
     */
    RetiredException(String processId, boolean closed) {
        super("process '%s' is no longer managed: %s"
                .formatted(processId, closed ? "its manager was closed" : "it was removed"));
        this.closed = closed;
    }

    /** {@return whether it was removed, and not its manager closed} */
    boolean wasRemoved() {
        return !closed;
    }
}
