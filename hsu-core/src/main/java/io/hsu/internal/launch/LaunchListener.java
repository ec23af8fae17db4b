package io.hsu.internal.launch;

import io.hsu.ExitStatus;
import io.hsu.ResourceUsage;
import io.hsu.StreamKind;

/** Hears of one launch. Called on the launcher's threads; one stream is never on two threads at once. */
public interface LaunchListener {

    /** Bytes were read; the array is the launcher's again when this returns. A call that takes its time makes the child wait. */
    void output(StreamKind stream, byte[] bytes, int offset, int length);

    /** Nobody writes to the stream any more. */
    void outputEnded(StreamKind stream);

    /**
     * The process has ended. Called once, as soon as what the process itself had written has been handed on, or that has
     * taken too long; a child of it that holds the streams open is not waited for.
     *
     * @param usage what it has used; null where the system does not tell
     */
    void exited(ExitStatus status, ResourceUsage usage);
}
