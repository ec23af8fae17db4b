package io.hsu.benchmarks.support;

/** Something is wrong that the user can do something about; the message tells it, a stack trace would not. */
public final class CannotMeasureException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public CannotMeasureException(String message) {
        super(message);
    }
}
