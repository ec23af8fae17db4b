package io.hsu.internal.engine;

/** A process was asked for something after it had been removed, or its manager closed. */
final class RetiredException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    RetiredException(String processId) {
        super("process '%s' is no longer managed: it was removed, or its manager was closed".formatted(processId));
    }
}
