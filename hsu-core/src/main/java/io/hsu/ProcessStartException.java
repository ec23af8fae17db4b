package io.hsu;

import java.util.List;

/** A process did not start, or did not become ready. */
public class ProcessStartException extends HsuException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient List<String> lastOutput;

    /**
     * @param processId the process
     * @param reason what kind of failure it is
     * @param message what happened and what to do; the output is appended to it
     * @param lastOutput the last lines the process wrote, oldest first
     * @param cause what caused it, or null
     */
    public ProcessStartException(
            String processId, Reason reason, String message, List<String> lastOutput, Throwable cause) {
        super(processId, lastOutput.isEmpty() ? message : message + output(lastOutput), cause);
        this.reason = reason;
        this.lastOutput = List.copyOf(lastOutput);
    }

    private static String output(List<String> lines) {
        return "; its last output:\n    " + String.join("\n    ", lines);
    }

    /** {@return what kind of failure it is} */
    public Reason reason() {
        return reason;
    }

    /** {@return the last lines the process wrote, oldest first; empty after deserialization} */
    public List<String> lastOutput() {
        return lastOutput == null ? List.of() : lastOutput;
    }

    /** Why a start failed. */
    public enum Reason {
        /** No such executable, neither at its path nor in the child's PATH. */
        EXECUTABLE_NOT_FOUND(true),
        /** The file is there and cannot be executed: no permission, or a directory. */
        NOT_EXECUTABLE(true),
        /** The working directory is missing or not a directory. */
        WORKING_DIRECTORY_NOT_FOUND(true),
        /** The environment file cannot be read. */
        ENVIRONMENT_FILE_UNREADABLE(true),
        /** The operating system refused the launch. */
        SPAWN_FAILED(false),
        /** It ended before it was ready. */
        EXITED(false),
        /** It was not ready in time. */
        TIMEOUT(false),
        /** Its startup check gave up on it. */
        UNHEALTHY(false),
        /** It broke one of its limits before it was ready. */
        LIMIT(false),
        /** A process that it depends on cannot become what it waits for. */
        DEPENDENCY_FAILED(false),
        /** It was stopped while it started. */
        STOPPED(false),
        /** The restart policy gave up on it. */
        GAVE_UP(false),
        /** Several processes were asked to start and some did not; see the suppressed exceptions. */
        SEVERAL(false);

        private final boolean permanent;

        Reason(boolean permanent) {
            this.permanent = permanent;
        }

        /** {@return whether trying again cannot help, so that no policy retries it} */
        public boolean isPermanent() {
            return permanent;
        }
    }
}
