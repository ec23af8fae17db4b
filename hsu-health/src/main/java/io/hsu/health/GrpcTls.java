package io.hsu.health;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.util.Objects;
import javax.net.ssl.SSLException;

/** TLS as a client: whom to trust. Equal by that. Safe for use by many threads. */
final class GrpcTls {

    /** One for all: to load what the JDK trusts takes its time and its room. */
    static final GrpcTls TRUSTING_THE_JDK = new GrpcTls(null);

    private final TrustStore trustStore; // null: what the JDK trusts
    private SslContext context; // guarded by this; null before it is needed: the JDK's trust store takes its time

    GrpcTls(TrustStore trustStore) {
        this.trustStore = trustStore;
    }

    synchronized SslContext context() throws SSLException {
        if (context == null) {
            SslContextBuilder builder = SslContextBuilder.forClient();
            if (trustStore != null) {
                builder.trustManager(trustStore.trustManager());
            }
            // The JDK's: the native one leaves a file in the directory for temporary files.
            context = GrpcSslContexts.configure(builder, SslProvider.JDK).build();
        }
        return context;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GrpcTls that && Objects.equals(trustStore, that.trustStore);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(trustStore);
    }

    @Override
    public String toString() {
        return trustStore == null ? "TLS" : "TLS trusting " + trustStore;
    }
}
