package io.hsu.health;

import java.net.InetAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * The HTTP client of all checks. Its threads are daemons and end when there is nothing to do; so there is nothing to close.
 *
 * <p>The client needs a thread for each call under way: a virtual one, where Java has them. What would not let go of the thread
 * that carries a virtual one, and so would hold up those of the host application, is done in a pool.
 *
 * <p>The part for TLS is made when the first {@code https} check looks, and both parts on a thread of their own: to load the
 * trust store takes longer than an engine thread may be held up.
 */
final class SharedClient {

    /** The client's own limit of 5 for a host would let five hung processes on localhost fail the checks of all others. */
    private static final int MOST_AT_ONCE = 1024;

    /** Each process has a port of its own. A pool for fewer than there are closes each connection after its look. */
    private static final int MOST_IDLE = 4096;

    private static final AtomicLong threads = new AtomicLong();
    private static final ExecutorService POOL =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "hsu-http-check-" + threads.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    /** {@return where to do what does not let go of its thread} */
    static Executor pool() {
        return POOL;
    }

    /** {@return the client} */
    static CompletableFuture<OkHttpClient> of(boolean tls) {
        return tls ? Tls.CLIENT : Plain.CLIENT;
    }

    private static OkHttpClient plain() {
        Dispatcher dispatcher = new Dispatcher(threadPerCall());
        dispatcher.setMaxRequests(MOST_AT_ONCE);
        dispatcher.setMaxRequestsPerHost(MOST_AT_ONCE);
        return new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                // Longer than the usual interval of 30 s, and one for each check, so that a connection serves the next
                // look too.
                .connectionPool(new ConnectionPool(MOST_IDLE, 60, TimeUnit.SECONDS))
                .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
                .dns(SharedClient::lookUp)
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                // Whoever asked for the look cancels it when it is late: that is the one timeout there is.
                .connectTimeout(0, TimeUnit.MILLISECONDS)
                .readTimeout(0, TimeUnit.MILLISECONDS)
                .writeTimeout(0, TimeUnit.MILLISECONDS)
                .build();
    }

    /** By name, since Java 17, for which this is written, has no virtual threads. */
    private static ExecutorService threadPerCall() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            return POOL;
        }
    }

    private static List<InetAddress> lookUp(String host) throws UnknownHostException {
        try {
            return POOL.submit(() -> List.of(InetAddress.getAllByName(host))).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new UnknownHostException(host);
        }
    }

    private static final class Plain {
        static final CompletableFuture<OkHttpClient> CLIENT = CompletableFuture.supplyAsync(SharedClient::plain, POOL);
    }

    private static final class Tls {
        static final CompletableFuture<OkHttpClient> CLIENT = Plain.CLIENT.thenApplyAsync(
                plain -> plain.newBuilder()
                        .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT))
                        .build(),
                POOL);
    }

    private SharedClient() {}
}
