package io.hsu;

import java.util.Optional;

/** What every exception of this library is. Unchecked; the message says which process, what happened, and what to do. */
public class HsuException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String processId;

    /** An exception about no single process. */
    public HsuException(String message, Throwable cause) {
        this(null, message, cause);
    }

    /**
     * An exception about one process.
     *
     * @param processId the process, or null
     * @param message what happened and what to do
     * @param cause what caused it, or null
     */
    public HsuException(String processId, String message, Throwable cause) {
        super(message, cause);
        this.processId = processId;
    }

    /** {@return the process that this is about, if it is about one} */
    public Optional<String> processId() {
        return Optional.ofNullable(processId);
    }
}
