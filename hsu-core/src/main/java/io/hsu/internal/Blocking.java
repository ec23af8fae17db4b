package io.hsu.internal;

import io.hsu.HsuException;
import io.hsu.HsuInterruptedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The blocking form of a call is its asynchronous form, waited for. */
public final class Blocking {

    /** {@return what the future brings} Throws what it fails with; {@code what} names it for an interruption. */
    public static <T> T await(CompletableFuture<T> future, String what) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HsuInterruptedException("interrupted while waiting for " + what + "; it goes on", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                // The future's exception comes from an engine thread: show the caller's own stack too.
                cause.addSuppressed(new CallSite(what));
                throw cause;
            }
            throw new HsuException(what + " failed", e.getCause());
        }
    }

    /** Marks where a blocking call was made. */
    private static final class CallSite extends Exception {
        private static final long serialVersionUID = 1L;

        CallSite(String what) {
            super("waiting for " + what);
        }
    }

    private Blocking() {}
}
