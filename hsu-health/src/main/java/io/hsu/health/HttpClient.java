package io.hsu.health;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import okhttp3.Dns;
import okhttp3.OkHttpClient;

/**
 * The client that sends the requests of a check: the shared one, or one of the same threads that trusts, or connects, otherwise.
 * Equal by that. Safe for use by many threads.
 */
final class HttpClient {

    static final HttpClient SHARED = new HttpClient(null, null);

    private final TrustStore trustStore; // null: what the JDK trusts
    private final Path unixSocket; // null: TCP
    private CompletableFuture<OkHttpClient> own; // guarded by this; null before it is needed

    private HttpClient(TrustStore trustStore, Path unixSocket) {
        this.trustStore = trustStore;
        this.unixSocket = unixSocket;
    }

    HttpClient trusting(TrustStore store) {
        return new HttpClient(store, unixSocket);
    }

    HttpClient connectingTo(Path socket) {
        return new HttpClient(trustStore, Objects.requireNonNull(socket, "path"));
    }

    /** Refuses a URL that it is not for. */
    void validate(Url url) {
        if (unixSocket != null && url.http().isHttps()) {
            throw new IllegalArgumentException(
                    "unix socket '%s' cannot be reached by %s; write http:// instead of https://"
                            .formatted(unixSocket, url.shown()));
        }
        if (trustStore != null && !url.http().isHttps()) {
            throw new IllegalArgumentException(
                    "trust store '%s' is for https, but the url is %s; write https://, or leave the trust store away"
                            .formatted(trustStore, url.shown()));
        }
    }

    CompletableFuture<OkHttpClient> get(boolean tls) {
        CompletableFuture<OkHttpClient> shared = SharedClient.of(tls);
        return trustStore == null && unixSocket == null ? shared : own(shared);
    }

    private synchronized CompletableFuture<OkHttpClient> own(CompletableFuture<OkHttpClient> shared) {
        if (own == null || own.isCompletedExceptionally()) {
            own = shared.thenApplyAsync(this::changed, SharedClient.pool());
        }
        return own;
    }

    private OkHttpClient changed(OkHttpClient shared) {
        OkHttpClient.Builder builder = shared.newBuilder();
        if (unixSocket != null) {
            builder.socketFactory(new UnixSocket.Factory(unixSocket)).dns(new At(unixSocket));
        }
        if (trustStore != null) {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {trustStore.trustManager()}, null);
                builder.sslSocketFactory(context.getSocketFactory(), trustStore.trustManager());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("TLS cannot be used: " + e.getMessage(), e);
            }
        }
        return builder.build();
    }

    /**
     * Where a Unix socket is. Nobody asks for the address; but the pool hands a connection on to whoever has the same URL and the
     * same name service, and takes no notice of the sockets.
     */
    private record At(Path socket) implements Dns {
        @Override
        public List<InetAddress> lookup(String host) {
            return List.of(InetAddress.getLoopbackAddress());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HttpClient that
                && Objects.equals(trustStore, that.trustStore)
                && Objects.equals(unixSocket, that.unixSocket);
    }

    @Override
    public int hashCode() {
        return Objects.hash(trustStore, unixSocket);
    }

    /** {@return where it connects to, unless the URL says it} */
    String place() {
        return unixSocket == null ? "" : " at " + unixSocket;
    }

    /** What is not as usual. */
    @Override
    public String toString() {
        return place() + (trustStore == null ? "" : " trusting " + trustStore);
    }
}
