package io.hsu.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Looks at real servers over TLS. */
@Timeout(60)
class GrpcHealthCheckTlsTest {

    private static final HealthTarget TARGET = AnyTarget.blocking(Duration.ofSeconds(20));

    @Test
    void trusted_inEveryForm() throws Exception {
        try (GrpcServer server = GrpcServer.start(Tls.grpcServer("localhost.p12"))) {
            GrpcHealthCheck check = GrpcHealthCheck.of(server.address());
            for (GrpcHealthCheck trusting : List.of(
                    check.trustStore(Tls.file("localhost.pem")),
                    check.trustStore(Tls.file("trusted.p12"), Tls.password()),
                    check.trustStore(Tls.file("trusted.jks"), Tls.password()),
                    check.trustStore(Tls.file("trusted.jks")))) {
                assertEquals(HealthResult.healthy("SERVING from " + server.address()), look(trusting));
            }
        }
    }

    @Test
    void connection_isUsedAgain() throws Exception {
        try (GrpcServer server = GrpcServer.start(Tls.grpcServer("localhost.p12"))) {
            HealthCheck check = GrpcHealthCheck.of(server.address())
                    .trustStore(Tls.file("localhost.pem"))
                    .forLaunch(TARGET);
            for (int i = 0; i < 3; i++) {
                assertTrue(look(check).healthy());
            }
            assertEquals(1, server.connections.get());
            check.close();
        }
    }

    @Test
    void notTrusted() throws Exception {
        try (GrpcServer server = GrpcServer.start(Tls.grpcServer("localhost.p12"))) {
            String reason = "no answer from " + server.address()
                    + ": TLS failed: unable to find valid certification path to requested target";
            GrpcHealthCheck check = GrpcHealthCheck.of(server.address());
            assertEquals(HealthResult.unhealthy(reason), look(check.tls()));
            assertEquals(HealthResult.unhealthy(reason), look(check.trustStore(Tls.file("elsewhere.pem"))));
        }
    }

    @Test
    void certificateOfAnotherHost_needsItsAuthority() throws Exception {
        try (GrpcServer server = GrpcServer.start(Tls.grpcServer("elsewhere.p12"))) {
            GrpcHealthCheck check = GrpcHealthCheck.of(server.address()).trustStore(Tls.file("elsewhere.pem"));
            assertEquals(
                    HealthResult.unhealthy("no answer from " + server.address()
                            + ": TLS failed: No subject alternative DNS name matching localhost found."),
                    look(check));
            assertTrue(look(check.authority("api.example.com")).healthy());
        }
    }

    @Test
    void onlyOneSpeaksTls() throws Exception {
        try (GrpcServer plain = GrpcServer.start();
                GrpcServer secured = GrpcServer.start(Tls.grpcServer("localhost.p12"))) {
            assertEquals(
                    HealthResult.unhealthy("no answer from " + plain.address() + ": TLS failed: it does not speak TLS"),
                    look(GrpcHealthCheck.of(plain.address()).trustStore(Tls.file("localhost.pem"))));
            String reason = look(GrpcHealthCheck.of(secured.address())).reason();
            assertTrue(
                    Set.of("the connection was closed in the middle of it", "connection reset")
                            .contains(reason.replace("no answer from " + secured.address() + ": ", "")),
                    reason);
        }
    }

    private static HealthResult look(HealthCheck check) throws Exception {
        return check.check(TARGET).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
