package io.hsu;

import java.util.Locale;
import java.util.stream.Collectors;

/** A process was asked for something that its state does not allow. */
public class IllegalProcessStateException extends HsuException {

    private static final long serialVersionUID = 1L;

    private final ProcessState state;
    private final Operation operation;

    /**
     * @param processId the process
     * @param state its state
     * @param operation what was asked for
     * @param advice what to do instead, or empty for the list of what the state allows
     */
    public IllegalProcessStateException(String processId, ProcessState state, Operation operation, String advice) {
        super(
                processId,
                "process '%s' is %s: cannot %s it; %s"
                        .formatted(
                                processId,
                                state,
                                operation.name().toLowerCase(Locale.ROOT),
                                advice.isEmpty() ? allowedIn(state) : advice),
                null);
        this.state = state;
        this.operation = operation;
    }

    private static String allowedIn(ProcessState state) {
        return "allowed now: "
                + state.allowedOperations().stream()
                        .map(allowed -> allowed.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
    }

    /** {@return the state the process was in} */
    public ProcessState state() {
        return state;
    }

    /** {@return what was asked for} */
    public Operation operation() {
        return operation;
    }
}
