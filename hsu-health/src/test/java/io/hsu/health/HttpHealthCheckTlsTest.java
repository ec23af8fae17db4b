package io.hsu.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.hsu.spi.HealthResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Looks at a real server over TLS. */
@Timeout(60)
class HttpHealthCheckTlsTest {

    private final List<InetSocketAddress> clients = new CopyOnWriteArrayList<>();
    private final ExecutorService serverThreads = Executors.newCachedThreadPool();
    private HttpsServer server;

    private String serve(String keyStore) throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(Tls.httpServer(keyStore)));
        server.setExecutor(serverThreads);
        server.createContext("/health", exchange -> {
            clients.add(exchange.getRemoteAddress());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return "https://localhost:" + server.getAddress().getPort() + "/health";
    }

    @AfterEach
    void stop() {
        server.stop(0);
        serverThreads.shutdownNow();
    }

    @Test
    void trusted_inEveryForm() throws Exception {
        String url = serve("localhost.p12");
        HttpHealthCheck check = HttpHealthCheck.get(url);
        for (HttpHealthCheck trusting : List.of(
                check.trustStore(Tls.file("localhost.pem")),
                check.trustStore(Tls.file("trusted.p12"), Tls.password()),
                check.trustStore(Tls.file("trusted.jks")))) {
            assertEquals(HealthResult.healthy("HTTP 204 from " + url), look(trusting));
        }
    }

    @Test
    void connection_isUsedAgain() throws Exception {
        HttpHealthCheck check = HttpHealthCheck.get(serve("localhost.p12")).trustStore(Tls.file("localhost.pem"));
        for (int i = 0; i < 5; i++) {
            assertTrue(look(check).healthy());
        }
        assertEquals(1, Set.copyOf(clients).size());
    }

    @Test
    void notTrusted() throws Exception {
        String url = serve("localhost.p12");
        HealthResult result = HealthResult.unhealthy(
                "no answer from " + url + ": TLS failed: unable to find valid certification path to requested target");
        assertEquals(result, look(HttpHealthCheck.get(url)));
        assertEquals(result, look(HttpHealthCheck.get(url).trustStore(Tls.file("elsewhere.pem"))));
    }

    @Test
    void certificateOfAnotherHost() throws Exception {
        String url = serve("elsewhere.p12");
        String reason = look(HttpHealthCheck.get(url).trustStore(Tls.file("elsewhere.pem")))
                .reason();
        assertTrue(
                reason.startsWith("no answer from " + url + ": TLS failed: Hostname localhost not verified: "), reason);
        assertTrue(reason.endsWith("subjectAltNames: [api.example.com]"), reason);
    }

    private static HealthResult look(HttpHealthCheck check) throws Exception {
        return check.check(new AnyTarget(Duration.ofSeconds(20)))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }
}
