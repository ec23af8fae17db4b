package io.hsu.health;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Keys and certificates, made with the JDK's {@code keytool} and valid until the end of 2125: {@code localhost.p12} for localhost,
 * {@code elsewhere.p12} for api.example.com, each with its certificate as PEM; {@code trusted.p12} and {@code trusted.jks} with the
 * certificate of localhost alone. The password of all of them is {@code changeit}.
 */
final class Tls {

    static Path file(String name) {
        try {
            return Path.of(Tls.class.getResource("/tls/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static char[] password() {
        return "changeit".toCharArray();
    }

    /** {@return a gRPC server's, with the key in that file} */
    static SslContext grpcServer(String keyStore) throws GeneralSecurityException, IOException {
        return GrpcSslContexts.configure(SslContextBuilder.forServer(keys(keyStore)), SslProvider.JDK)
                .build();
    }

    /** {@return an HTTP server's, with the key in that file} */
    static SSLContext httpServer(String keyStore) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys(keyStore).getKeyManagers(), null, null);
        return context;
    }

    private static KeyManagerFactory keys(String keyStore) throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(file(keyStore).toFile(), password()), password());
        return keys;
    }

    private Tls() {}
}
