package io.hsu;

import java.util.Collection;

/** No process of that id is registered. */
public class ProcessNotFoundException extends HsuException {

    private static final long serialVersionUID = 1L;

    /**
     * @param processId the id that was asked for
     * @param known the ids there are
     */
    public ProcessNotFoundException(String processId, Collection<String> known) {
        super(
                processId,
                "process '%s' is not registered; %s"
                        .formatted(
                                processId,
                                known.isEmpty()
                                        ? "there are none: add it with add(...)"
                                        : "known are " + String.join(", ", known)),
                null);
    }
}
