package io.hsu;

import java.util.List;

/** Parts of a process's tree were still alive after they had been killed. */
public class ProcessStopException extends HsuException {

    private static final long serialVersionUID = 1L;

    private final transient List<Long> survivors;

    /**
     * @param processId the process
     * @param message what happened and what to do
     * @param survivors the process ids that are still alive
     */
    public ProcessStopException(String processId, String message, List<Long> survivors) {
        super(processId, message, null);
        this.survivors = List.copyOf(survivors);
    }

    /** {@return the process ids that are still alive; empty after deserialization} */
    public List<Long> survivors() {
        return survivors == null ? List.of() : survivors;
    }
}
