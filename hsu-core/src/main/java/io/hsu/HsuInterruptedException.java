package io.hsu;

/**
 * The thread was interrupted while it waited for a lifecycle operation. The operation itself goes on, and the thread's
 * interrupt flag is set again.
 */
public class HsuInterruptedException extends HsuException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what was waited for
     * @param cause the interruption
     */
    public HsuInterruptedException(String message, InterruptedException cause) {
        super(message, cause);
    }
}
