package io.hsu.internal.launch;

import io.hsu.ExitStatus;
import io.hsu.ResourceUsage;
import io.hsu.StreamKind;
import io.hsu.internal.log.PassThrough;
import io.hsu.internal.state.Spool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** Hears of one launch. Called on the launcher's threads; one stream is never on two threads at once. */
public interface LaunchListener {

    /**
     * Bytes were read. A call that takes its time makes the child wait, nobody else.
     *
     * @param bytes the launcher's again when this returns
     * @param whenTaken told when nobody has to be given them any more; null if the launcher does not ask
     * @return completed when more may be brought: until then, the launcher reads no more of this stream
     */
    CompletableFuture<Void> output(StreamKind stream, ByteBuffer bytes, Runnable whenTaken);

    /** {@return moves what is in a pipe instead of having it read and brought; null if it is to be read} Asked before each read. */
    default PassThrough passThrough(StreamKind stream) {
        return null;
    }

    /**
     * {@return the spool that a stream is to go through, made for this launch; null for a pipe}
     *
     * @throws IOException if there is none to be had
     */
    default Spool spool(StreamKind stream) throws IOException {
        return null;
    }

    /**
     * The spool of a stream cannot be followed, and is to be deleted.
     *
     * @throws IOException if it must not be a pipe instead
     */
    default void spoolFailed(StreamKind stream, IOException failure) throws IOException {
        throw failure;
    }

    /** Lines of a spool were dropped, because the process writes faster than they can be handled. */
    default void outputDropped(StreamKind stream, long lines) {}

    /** Nobody writes to the stream any more. */
    void outputEnded(StreamKind stream);

    /**
     * The process can notify. Told once, before {@link #notified}.
     *
     * @param hear brings at once what the process has said and is not told yet, on any thread
     */
    default void canNotify(Runnable hear) {}

    /**
     * The process has sent a message by sd_notify(3). Told in the order of the messages, under a lock.
     *
     * @return what follows from it, to be done when no lock is held
     */
    default Runnable notified(String message) {
        return () -> {};
    }

    /**
     * The process has ended. Called once, as soon as what the process itself had written has been handed on, or that has
     * taken too long; a child of it that holds the streams open is not waited for.
     *
     * @param usage what it has used; null where the system does not tell
     */
    void exited(ExitStatus status, ResourceUsage usage);
}
