package io.hsu.internal.log;

import java.util.concurrent.CompletableFuture;

/** What a stream has to wait for before more of it is brought. Used by one thread. */
final class Waiting {

    private CompletableFuture<Void> all = SinkPort.GO_ON;

    void add(CompletableFuture<Void> one) {
        if (!one.isDone()) {
            all = all.isDone() ? one : CompletableFuture.allOf(all, one);
        }
    }

    /** {@return completed when nothing has to be waited for any more} */
    CompletableFuture<Void> all() {
        return all;
    }
}
