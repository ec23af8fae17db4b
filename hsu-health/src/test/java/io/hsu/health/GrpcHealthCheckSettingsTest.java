package io.hsu.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hsu.HealthChecks;
import io.hsu.ProcessManager;
import io.hsu.ProcessSpec;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.Providers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be set, in Java and by name, and what is said about what may not. */
class GrpcHealthCheckSettingsTest {

    private static final String ADDRESS = "localhost:50051";
    private static final Providers PROVIDERS = Providers.builder()
            .classLoader(GrpcHealthCheck.class.getClassLoader())
            .discover();

    @Test
    void provider_equalsJava() {
        assertEquals(GrpcHealthCheck.atAllocatedPort(), provided(Map.of()));
        assertEquals(GrpcHealthCheck.of(ADDRESS), provided(Map.of("address", ADDRESS)));
        GrpcHealthCheck java = GrpcHealthCheck.of(ADDRESS)
                .service("shop.Orders")
                .header("X-Token", "t")
                .trustStore(Tls.file("trusted.p12"), Tls.password())
                .authority("api.example.com");
        HealthCheck named = provided(Map.of(
                "address",
                ADDRESS,
                "service",
                "shop.Orders",
                "headers",
                Map.of("x-token", "t"),
                "trust_store",
                Tls.file("trusted.p12").toString(),
                "trust_store_password",
                "changeit",
                "authority",
                "api.example.com"));
        assertEquals(java, named);
        assertEquals(java.hashCode(), named.hashCode());
        assertEquals(GrpcHealthCheck.of(ADDRESS).tls(), provided(Map.of("address", ADDRESS, "tls", true)));
        assertEquals(GrpcHealthCheck.of(ADDRESS), provided(Map.of("address", ADDRESS, "tls", false)));
    }

    @Test
    void method_byItsFullNameOrWithinItsService() {
        GrpcHealthCheck java = GrpcHealthCheck.of(ADDRESS).method("proto.CoreService/Ping");
        assertEquals(java, provided(Map.of("address", ADDRESS, "method", "proto.CoreService/Ping")));
        assertEquals(java, provided(Map.of("address", ADDRESS, "service", "proto.CoreService", "method", "Ping")));
    }

    @Test
    void method_refused() {
        assertEquals(
                "method 'Ping' is not allowed without a service; set service, or write package.Service/Method, such as proto.CoreService/Ping",
                refused(Map.of("address", ADDRESS, "method", "Ping")));
        assertEquals(
                "method '/proto.CoreService/Ping' is not allowed; it must be package.Service/Method, such as proto.CoreService/Ping",
                refused(Map.of("address", ADDRESS, "method", "/proto.CoreService/Ping")));
        String both =
                "service 'shop.Orders' is for grpc.health.v1, and method 'proto.CoreService/Ping' is asked instead of that; leave one of them out";
        assertEquals(
                both,
                refused(Map.of("address", ADDRESS, "service", "shop.Orders", "method", "proto.CoreService/Ping")));
        assertEquals(
                both,
                refused(() -> GrpcHealthCheck.of(ADDRESS)
                        .method("proto.CoreService/Ping")
                        .service("shop.Orders")));
    }

    @Test
    void equals_everySettingCounts() {
        GrpcHealthCheck check = GrpcHealthCheck.of(ADDRESS);
        assertNotEquals(check, GrpcHealthCheck.of("localhost:50052"));
        assertNotEquals(check, GrpcHealthCheck.atAllocatedPort());
        assertNotEquals(check, check.service("x"));
        assertNotEquals(check, check.method("p.S/M"));
        assertNotEquals(check, check.header("a", "1"));
        assertNotEquals(check.header("a", "2"), check.header("a", "1"));
        assertNotEquals(check, check.tls());
        assertNotEquals(check.tls(), check.trustStore(Tls.file("localhost.pem")));
        assertNotEquals(check.trustStore(Tls.file("elsewhere.pem")), check.trustStore(Tls.file("localhost.pem")));
        assertNotEquals(check, check.authority("api.example.com"));
        assertEquals(check.header("A", "1"), check.header("a", "2").header("a", "1"));
        assertEquals(check.trustStore(Tls.file("localhost.pem")), check.trustStore(Tls.file("localhost.pem")));
        assertEquals(check, GrpcHealthCheck.of(ADDRESS), "the withers leave the original alone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                ":50051",
                "localhost:",
                "localhost:0",
                "localhost:65536",
                "localhost:port",
                "::1:50051",
                "[localhost]:1",
                "http://localhost:50051",
                "me@localhost:1",
                "a b:1",
                "a_b:1",
                "localhost:1/health"
            })
    void address_refused(String address) {
        String message = "address '" + address
                + "' is not allowed; it must be host:port, such as localhost:50051 or [::1]:50051";
        assertEquals(message, refused(() -> GrpcHealthCheck.of(address)));
        assertEquals(message, refused(Map.of("address", address)));
    }

    @Test
    void authority_refused() {
        assertEquals(
                "authority 'api.example.com:443/' is not allowed; it must be the name of a host, such as api.example.com",
                refused(Map.of("address", ADDRESS, "authority", "api.example.com:443/")));
    }

    @Test
    void header_refusedWithoutItsValue() {
        assertEquals(
                "header 'Trace-Bin' is not allowed; the value of a name that ends in -bin is bytes, and only text can be given",
                refused(() -> GrpcHealthCheck.of(ADDRESS).header("Trace-Bin", "s3cret")));
        assertEquals(
                "header name 'x token' is not allowed; it must be letters, digits, '-', '_' and '.'",
                refused(() -> GrpcHealthCheck.of(ADDRESS).header("x token", "s3cret")));
        assertEquals(
                "header 'grpc-timeout' is not allowed; gRPC sets it itself",
                refused(() -> GrpcHealthCheck.of(ADDRESS).header("grpc-timeout", "s3cret")));
        assertEquals(
                "the value of header 'x-token' has a character that is not allowed at index 6 (U+000A); it must be printable ASCII",
                refused(() -> GrpcHealthCheck.of(ADDRESS).header("x-token", "s3cret\n")));
    }

    @Test
    void trustStore_refused() {
        assertEquals(
                "trust_store is set, but tls is false; leave tls away, or trust_store",
                refused(Map.of(
                        "address",
                        ADDRESS,
                        "tls",
                        false,
                        "trust_store",
                        Tls.file("localhost.pem").toString())));
        assertEquals(
                "trust_store_password is set, but trust_store is not; set it, or leave the password away",
                refused(Map.of("address", ADDRESS, "trust_store_password", "s3cret")));
    }

    @Test
    void unknownSetting_isRefusedByTheEngine() {
        assertEquals(
                "unknown setting port; known are address, authority, headers, method, service, tls, trust_store, trust_store_password",
                refused(Map.of("address", ADDRESS, "port", 50051)));
    }

    @Test
    void toString_tellsAllButSecrets() {
        assertEquals("grpc localhost:50051", GrpcHealthCheck.of(ADDRESS).toString());
        assertEquals(
                "grpc at its port proto.CoreService/Ping",
                GrpcHealthCheck.atAllocatedPort()
                        .method("proto.CoreService/Ping")
                        .toString());
        Path trusted = Tls.file("trusted.p12");
        assertEquals(
                "grpc [::1]:50051 over TLS trusting " + trusted
                        + " as api.example.com service 'shop.Orders' with a, x-token",
                GrpcHealthCheck.of("[::1]:50051")
                        .service("shop.Orders")
                        .header("X-Token", "s3cret")
                        .header("a", "s3cret")
                        .trustStore(trusted, Tls.password())
                        .authority("api.example.com")
                        .toString());
    }

    @Test
    void standardProcess_needsAnAddress() {
        String message =
                "process 'api' cannot be checked by 'liveness': no address is given, and only an integrated process is given a port; set the address, such as localhost:50051";
        assertEquals(
                message,
                assertThrows(
                                IllegalStateException.class,
                                () -> ProcessSpec.builder("api")
                                        .command("api")
                                        .healthCheck(GrpcHealthCheck.atAllocatedPort())
                                        .build())
                        .getMessage());
        ProcessSpec named = ProcessSpec.builder("api")
                .command("api")
                .healthCheck(HealthChecks.named("grpc", Map.of()))
                .build();
        assertEquals(
                message,
                assertThrows(
                                IllegalStateException.class,
                                () -> ProcessManager.builder().process(named).build())
                        .getMessage());
    }

    @Test
    void integratedProcess_hasACheckAndAStopRequest() {
        ProcessSpec spec =
                ProcessSpec.builder("api").command("api").integrated().build();
        try (ProcessManager manager = ProcessManager.builder().process(spec).build()) {
            assertFalse(manager.list().isEmpty());
        }
    }

    private static HealthCheck provided(Map<String, ?> settings) {
        return PROVIDERS.healthCheck("grpc", settings);
    }

    private static String refused(Map<String, ?> settings) {
        return refused(() -> provided(settings));
    }

    private static String refused(Runnable making) {
        return assertThrows(IllegalArgumentException.class, making::run).getMessage();
    }
}
