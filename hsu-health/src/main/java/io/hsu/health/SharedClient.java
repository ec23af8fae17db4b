package io.hsu.health;

import java.net.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * The HTTP client of all checks. Its threads are daemons and end when there is nothing to do; so there is nothing to close.
 *
 * <p>The part for TLS is made when the first {@code https} check looks, and both parts on a thread of their own: to load the
 * trust store takes longer than an engine thread may be held up.
 */
final class SharedClient {

    /** The client's own limit of 5 for a host would let five hung processes on localhost fail the checks of all others. */
    private static final int MOST_AT_ONCE = 1024;

    private static final AtomicLong threads = new AtomicLong();
    private static final ExecutorService EXECUTOR =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "hsu-http-check-" + threads.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    static CompletableFuture<OkHttpClient> of(HttpUrl url) {
        return url.isHttps() ? Tls.CLIENT : Plain.CLIENT;
    }

    private static OkHttpClient plain() {
        Dispatcher dispatcher = new Dispatcher(EXECUTOR);
        dispatcher.setMaxRequests(MOST_AT_ONCE);
        dispatcher.setMaxRequestsPerHost(MOST_AT_ONCE);
        return new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                // Longer than the usual interval of 30 s, so that a connection serves the next look too.
                .connectionPool(new ConnectionPool(64, 60, TimeUnit.SECONDS))
                .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                // Whoever asked for the look cancels it when it is late: that is the one timeout there is.
                .connectTimeout(0, TimeUnit.MILLISECONDS)
                .readTimeout(0, TimeUnit.MILLISECONDS)
                .writeTimeout(0, TimeUnit.MILLISECONDS)
                .build();
    }

    private static final class Plain {
        static final CompletableFuture<OkHttpClient> CLIENT =
                CompletableFuture.supplyAsync(SharedClient::plain, EXECUTOR);
    }

    private static final class Tls {
        static final CompletableFuture<OkHttpClient> CLIENT = Plain.CLIENT.thenApplyAsync(
                plain -> plain.newBuilder()
                        .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT))
                        .build(),
                EXECUTOR);
    }

    private SharedClient() {}
}
