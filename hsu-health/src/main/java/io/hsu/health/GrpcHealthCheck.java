package io.hsu.health;

import io.hsu.ProcessSpec;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthCheckProvider;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import io.hsu.spi.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A gRPC server says that it is well. Immutable, and safe for use by many threads.
 *
 * <pre>{@code
 * GrpcHealthCheck.of("localhost:50051")              // grpc.health.v1.Health/Check, of the server as a whole
 *         .service("shop.Orders")                    // ... of one service
 * GrpcHealthCheck.of("localhost:50051")
 *         .method("proto.CoreService/Ping")          // any unary method, called with an empty message
 * GrpcHealthCheck.atAllocatedPort()                  // wherever this launch of an integrated process listens
 * }</pre>
 *
 * <p>Defaults: the standard health service, asked for the server as a whole, in the clear. Healthy is {@code SERVING}; of a named
 * method, any answer with status {@code OK}. Proxies are passed by, since what is asked is whether the process answers. One
 * connection for each launch is kept open between looks; after a look that failed, the next one makes a new connection at once.
 *
 * <p>Header values appear in no message and no {@link #toString}.
 */
public final class GrpcHealthCheck implements HealthCheck {

    private final GrpcEndpoint endpoint;
    private final GrpcQuestion question;
    private final GrpcHeaders headers;

    private GrpcHealthCheck(GrpcEndpoint endpoint, GrpcQuestion question, GrpcHeaders headers) {
        this.endpoint = endpoint;
        this.question = question;
        this.headers = headers;
    }

    /**
     * {@return a check with the defaults}
     *
     * @param address host and port, such as {@code localhost:50051} or {@code [::1]:50051}
     */
    public static GrpcHealthCheck of(String address) {
        return new GrpcHealthCheck(GrpcEndpoint.of(address), ServiceHealth.OF_SERVER, GrpcHeaders.NONE);
    }

    /**
     * {@return a check with the defaults, of an integrated process at the port that it was given, on this host}
     *
     * <p>Other processes are refused when they are registered, since nobody knows their port.
     */
    public static GrpcHealthCheck atAllocatedPort() {
        return new GrpcHealthCheck(GrpcEndpoint.AT_ALLOCATED_PORT, ServiceHealth.OF_SERVER, GrpcHeaders.NONE);
    }

    /**
     * {@return this check of one service, as {@code grpc.health.v1} knows it}
     *
     * @param name the service's name; empty for the server as a whole
     */
    public GrpcHealthCheck service(String name) {
        Objects.requireNonNull(name, "name");
        if (question instanceof UnaryMethod method) {
            throw bothNamed(name, method.name());
        }
        return new GrpcHealthCheck(endpoint, new ServiceHealth(name), headers);
    }

    /**
     * {@return this check by a method of the server's own instead of {@code grpc.health.v1}}
     *
     * @param name the full name of a unary method, such as {@code proto.CoreService/Ping}; it is called with an empty message
     */
    public GrpcHealthCheck method(String name) {
        UnaryMethod method = new UnaryMethod(name);
        if (question instanceof ServiceHealth health && !health.name().isEmpty()) {
            throw bothNamed(health.name(), name);
        }
        return new GrpcHealthCheck(endpoint, method, headers);
    }

    private static IllegalArgumentException bothNamed(String service, String method) {
        return new IllegalArgumentException(
                "service '%s' is for grpc.health.v1, and method '%s' is asked instead of that; leave one of them out"
                        .formatted(service, method));
    }

    /**
     * {@return this check with one more header (metadata) in its calls}
     *
     * @param name its name, without regard to case; a header of that name is replaced. One that ends in {@code -bin} is refused
     * @param value its value; it is kept out of all messages
     */
    public GrpcHealthCheck header(String name, String value) {
        return new GrpcHealthCheck(endpoint, question, headers.with(name, value));
    }

    /** {@return this check over TLS; the server's certificate is verified by what the JDK trusts} */
    public GrpcHealthCheck tls() {
        return over(GrpcTls.TRUSTING_THE_JDK);
    }

    /**
     * {@return this check over TLS, with a trust store of its own}
     *
     * @param path certificates as PEM, or a PKCS12 or JKS key store that needs no password; read now, and only once
     * @throws IllegalArgumentException if it cannot be read
     */
    public GrpcHealthCheck trustStore(Path path) {
        return over(new GrpcTls(TrustStore.read(path, null)));
    }

    /**
     * {@return this check over TLS, with a trust store of its own}
     *
     * @param path a PKCS12 or JKS key store; read now, and only once
     * @param password its password; not kept
     * @throws IllegalArgumentException if it cannot be read
     */
    public GrpcHealthCheck trustStore(Path path, char[] password) {
        return over(new GrpcTls(TrustStore.read(path, Objects.requireNonNull(password, "password"))));
    }

    private GrpcHealthCheck over(GrpcTls tls) {
        return new GrpcHealthCheck(endpoint.over(tls), question, headers);
    }

    /**
     * {@return this check of a server that is called otherwise than its address says}
     *
     * @param name the name of a host, which its certificate must be for
     */
    public GrpcHealthCheck authority(String name) {
        return new GrpcHealthCheck(endpoint.as(name), question, headers);
    }

    /** Refuses a process that is given no port, if there is no address. */
    @Override
    public void validate(ProcessSpec process) {
        endpoint.validate(process);
    }

    /** {@return the check with a connection of its own} */
    @Override
    public HealthCheck forLaunch(HealthTarget target) {
        return new OfLaunch(new GrpcLink(endpoint, headers));
    }

    /**
     * Makes a connection, asks, and lets it go.
     *
     * @return whether the server is well; cancelling it cancels the call
     */
    @Override
    public CompletionStage<HealthResult> check(HealthTarget target) {
        GrpcLink link = new GrpcLink(endpoint, headers);
        CompletableFuture<HealthResult> result = question.ask(link, target);
        result.whenComplete((found, failed) -> link.close());
        return result;
    }

    private final class OfLaunch implements HealthCheck {
        private final GrpcLink link;

        OfLaunch(GrpcLink link) {
            this.link = link;
        }

        @Override
        public CompletionStage<HealthResult> check(HealthTarget target) {
            return question.ask(link, target);
        }

        @Override
        public void close() {
            link.close();
        }

        @Override
        public String toString() {
            return GrpcHealthCheck.this.toString();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GrpcHealthCheck that
                && endpoint.equals(that.endpoint)
                && question.equals(that.question)
                && headers.equals(that.headers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(endpoint, question, headers);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("grpc ").append(endpoint);
        if (!question.equals(ServiceHealth.OF_SERVER)) {
            text.append(' ').append(question);
        }
        if (!headers.isEmpty()) {
            text.append(" with ").append(headers);
        }
        return text.toString();
    }

    /**
     * Provides {@code grpc}. Settings, all of them optional: {@code address} (host and port; without it, the port that an integrated
     * process was given), {@code service}, {@code method}, {@code headers} (a map), {@code tls} (true or false), {@code trust_store},
     * {@code trust_store_password}, {@code authority}.
     *
     * <p>{@code service} by itself is what {@code grpc.health.v1} is asked for. {@code method} is a full name, such as {@code
     * proto.CoreService/Ping}, or the name within {@code service}.
     */
    public static final class Provider implements HealthCheckProvider {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public String type() {
            return "grpc";
        }

        @Override
        public HealthCheck create(Settings settings) {
            GrpcHealthCheck check =
                    settings.string("address").map(GrpcHealthCheck::of).orElseGet(GrpcHealthCheck::atAllocatedPort);
            check = question(check, settings);
            for (Map.Entry<String, String> header :
                    settings.stringMap("headers").entrySet()) {
                check = check.header(header.getKey(), header.getValue());
            }
            check = secured(check, settings);
            return settings.string("authority").map(check::authority).orElse(check);
        }

        private static GrpcHealthCheck question(GrpcHealthCheck check, Settings settings) {
            String service = settings.string("service").orElse("");
            String method = settings.string("method").orElse("");
            if (method.isEmpty()) {
                return check.service(service);
            }
            if (method.indexOf('/') >= 0) {
                return check.service(service).method(method);
            }
            if (service.isEmpty()) {
                throw new IllegalArgumentException(
                        "method '%s' is not allowed without a service; set service, or write package.Service/Method, such as proto.CoreService/Ping"
                                .formatted(method));
            }
            return check.method(service + "/" + method);
        }

        private static GrpcHealthCheck secured(GrpcHealthCheck check, Settings settings) {
            boolean refused = settings.bool("tls").filter(tls -> !tls).isPresent();
            boolean wanted = settings.bool("tls").orElse(false);
            TrustStore trustStore = TrustStore.of(settings);
            if (trustStore != null && refused) {
                throw new IllegalArgumentException(
                        "trust_store is set, but tls is false; leave tls away, or trust_store");
            }
            return trustStore != null ? check.over(new GrpcTls(trustStore)) : wanted ? check.tls() : check;
        }
    }
}
