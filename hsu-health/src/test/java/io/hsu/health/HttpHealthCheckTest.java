package io.hsu.health;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Looks at a real server. */
@Timeout(60)
class HttpHealthCheckTest {

    private record Answer(int status, String body) {}

    private final AtomicReference<Answer> answer = new AtomicReference<>(new Answer(200, "fine"));
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<InetSocketAddress> clients = new CopyOnWriteArrayList<>();
    private final ExecutorService serverThreads = Executors.newCachedThreadPool();
    private HttpServer server;
    private String url;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(serverThreads);
        server.createContext("/health", exchange -> {
            clients.add(exchange.getRemoteAddress());
            requests.add("%s %s %s|%s|%s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            exchange.getRequestHeaders().getFirst("X-Token"),
                            exchange.getRequestHeaders().getFirst("Authorization"),
                            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            Answer now = answer.get();
            byte[] body = now.body().getBytes(StandardCharsets.UTF_8);
            if (now.status() / 100 == 3) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
            }
            boolean noBody = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(now.status(), noBody ? -1 : body.length);
            if (!noBody) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort() + "/health";
    }

    @AfterEach
    void stop() {
        server.stop(0);
        serverThreads.shutdownNow();
    }

    @Test
    void status_turnsWithTheServer() throws Exception {
        HttpHealthCheck check = HttpHealthCheck.get(url);
        assertEquals(HealthResult.healthy("HTTP 200 from " + url), look(check));
        answer.set(new Answer(503, "draining"));
        assertEquals(HealthResult.unhealthy("HTTP 503 from " + url), look(check));
        answer.set(new Answer(200, "fine"));
        assertTrue(look(check).healthy());
    }

    @Test
    void redirect_isTheAnswer() throws Exception {
        answer.set(new Answer(302, ""));
        assertEquals(HealthResult.healthy("HTTP 302 from " + url), look(HttpHealthCheck.get(url)));
        assertEquals(
                HealthResult.unhealthy("HTTP 302 from " + url + ", expected 200-299"),
                look(HttpHealthCheck.get(url).expectStatus(200, 299)));
        assertEquals(2, requests.size());
    }

    @Test
    void expectStatus_set() throws Exception {
        HttpHealthCheck check = HttpHealthCheck.get(url).expectStatus(Set.of(418, 204));
        answer.set(new Answer(418, "tea"));
        assertTrue(look(check).healthy());
        answer.set(new Answer(200, "fine"));
        assertEquals("HTTP 200 from " + url + ", expected 204,418", look(check).reason());
    }

    @Test
    void expectBody() throws Exception {
        HttpHealthCheck check = HttpHealthCheck.get(url).expectBody("^\\{\"status\": *\"UP\"");
        answer.set(new Answer(200, "{\"status\": \"UP\"}"));
        assertTrue(look(check).healthy());
        answer.set(new Answer(200, "{\"status\": \"DOWN\"}"));
        assertEquals(
                "HTTP 200 from " + url + ", but nothing in its body matches /^\\{\"status\": *\"UP\"/",
                look(check).reason());
    }

    @Test
    void expectBody_looksAtTheFirst64KiB() throws Exception {
        HttpHealthCheck check = HttpHealthCheck.get(url).expectBody("needle");
        answer.set(new Answer(200, "x".repeat(64 * 1024 - 6) + "needle"));
        assertTrue(look(check).healthy());
        answer.set(new Answer(200, "x".repeat(64 * 1024 - 5) + "needle"));
        assertFalse(look(check).healthy());
    }

    @Test
    void expectBody_patternThatOverflowsTheStack() throws Exception {
        answer.set(new Answer(200, "ab".repeat(32 * 1024)));
        HealthResult result = look(HttpHealthCheck.get(url).expectBody("(a|b)*c"));
        assertFalse(result.healthy());
        assertTrue(result.reason().contains("too deep"), result.reason());
    }

    @Test
    void request_carriesMethodHeadersAndCredentials() throws Exception {
        look(HttpHealthCheck.get(url + "?deep=1")
                .method("post")
                .header("X-Token", "old")
                .header("x-token", "s3cret"));
        assertEquals("POST /health?deep=1 s3cret|null|", requests.get(0));
        look(HttpHealthCheck.get(url.replace("http://", "http://me:pass@")));
        assertEquals("GET /health null|Basic bWU6cGFzcw==|", requests.get(1));
        look(HttpHealthCheck.get(url.replace("http://", "http://me:pass@")).header("Authorization", "Bearer x"));
        assertEquals("GET /health null|Bearer x|", requests.get(2));
        assertTrue(look(HttpHealthCheck.get(url).method("HEAD")).healthy());
    }

    @Test
    void allocatedPort() throws Exception {
        int port = server.getAddress().getPort();
        HttpHealthCheck check = HttpHealthCheck.get("http://127.0.0.1:{port}/health");
        for (HealthCheck each : List.of(check, check.forLaunch(AnyTarget.at(port)))) {
            assertEquals(
                    HealthResult.healthy("HTTP 200 from " + url),
                    each.check(AnyTarget.at(port)).toCompletableFuture().get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void connection_isUsedAgain() throws Exception {
        HttpHealthCheck check = HttpHealthCheck.get(url);
        for (int i = 0; i < 5; i++) {
            look(check);
        }
        assertEquals(1, Set.copyOf(clients).size());
    }

    @Test
    void serverRestart_isNoFailure() throws Exception {
        HttpHealthCheck check = HttpHealthCheck.get(url);
        assertTrue(look(check).healthy());
        int port = server.getAddress().getPort();
        server.stop(0);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        assertEquals("HTTP 204 from " + url, look(check).reason());
    }

    @Test
    void closedPort() throws Exception {
        server.stop(0);
        assertEquals(
                HealthResult.unhealthy("no answer from " + url + ": connection refused"),
                look(HttpHealthCheck.get(url)));
    }

    @Test
    void unknownHost() throws Exception {
        assertEquals(
                HealthResult.unhealthy("no answer from http://no-such-host.invalid/: the host is unknown"),
                look(HttpHealthCheck.get("http://no-such-host.invalid")));
    }

    @Test
    void notHttp_andNotTls() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            serverThreads.execute(() -> answerEach(socket, "220 smtp ready\r\n"));
            String address = "127.0.0.1:" + socket.getLocalPort();
            HealthResult plain = look(HttpHealthCheck.get("http://" + address));
            assertFalse(plain.healthy());
            assertTrue(plain.reason().startsWith("no answer from http://" + address + "/: "), plain.reason());
            HealthResult tls = look(HttpHealthCheck.get("https://" + address));
            assertFalse(tls.healthy());
            assertTrue(tls.reason().contains("TLS failed"), tls.reason());
        }
    }

    @Test
    void closedWithoutAnAnswer() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            serverThreads.execute(() -> answerEach(socket, ""));
            HealthResult result = look(HttpHealthCheck.get("http://127.0.0.1:" + socket.getLocalPort()));
            assertFalse(result.healthy());
            assertTrue(result.reason().contains("closed") || result.reason().contains("reset"), result.reason());
        }
    }

    /** The one thing that keeps a hung process from keeping a connection and a thread for good. */
    @Test
    void hung_cancelled_givesTheConnectionUp() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CountDownLatch connected = new CountDownLatch(1);
            CountDownLatch closed = new CountDownLatch(1);
            serverThreads.execute(() -> {
                try (Socket client = socket.accept()) {
                    connected.countDown();
                    while (client.getInputStream().read() >= 0) {
                        // The request, to which nothing is answered.
                    }
                } catch (SocketException e) {
                    // A reset is an end, too.
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                closed.countDown();
            });
            CompletableFuture<HealthResult> result =
                    begin(HttpHealthCheck.get("http://127.0.0.1:" + socket.getLocalPort()), Duration.ofSeconds(30));
            assertTrue(connected.await(10, TimeUnit.SECONDS));
            assertFalse(result.isDone());
            assertTrue(result.cancel(true));
            assertTrue(closed.await(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void hungBody_cancelled_givesTheConnectionUp() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        server.createContext("/stream", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (true) {
                    exchange.getResponseBody().write('.');
                    exchange.getResponseBody().flush();
                    begun.countDown();
                    if (ended.await(20, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            } catch (IOException e) {
                ended.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        HttpHealthCheck check =
                HttpHealthCheck.get(url.replace("/health", "/stream")).expectBody("never");
        CompletableFuture<HealthResult> result = begin(check, Duration.ofSeconds(30));
        assertTrue(begun.await(10, TimeUnit.SECONDS));
        result.cancel(true);
        assertTrue(ended.await(10, TimeUnit.SECONDS));
    }

    @Test
    void manyHung_doNotHoldUpTheOthers() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(100);
        server.createContext("/hang", exchange -> {
            hanging.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        List<CompletableFuture<HealthResult>> hung = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            hung.add(begin(HttpHealthCheck.get(url.replace("/health", "/hang?n=" + i)), Duration.ofSeconds(30)));
        }
        assertTrue(hanging.await(20, TimeUnit.SECONDS));
        if (Runtime.version().feature() >= 21) {
            await().atMost(Duration.ofSeconds(30)).until(() -> checkThreads().isEmpty()); // they are virtual
        }
        assertTrue(look(HttpHealthCheck.get(url)).healthy());
        hung.forEach(result -> result.cancel(true));
        release.countDown();
        await().atMost(Duration.ofSeconds(30)).until(() -> checkThreads().isEmpty());
    }

    @Test
    void threads_areDaemonsAndEnd() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        assertTrue(look(HttpHealthCheck.get(url)).healthy());
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            boolean ours = !before.contains(thread) && !thread.getName().startsWith("pool-");
            assertTrue(!ours || thread.isDaemon(), thread.getName());
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> checkThreads().isEmpty());
    }

    private static List<String> checkThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("hsu-http-check") || name.startsWith("OkHttp http"))
                .toList();
    }

    private static void answerEach(ServerSocket socket, String text) {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                client.getInputStream().read(new byte[4096]);
                client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // The test is over, or the client has gone; either way there is nothing to tell.
            }
        }
    }

    private static HealthResult look(HttpHealthCheck check) throws Exception {
        return begin(check, Duration.ofSeconds(5)).get(20, TimeUnit.SECONDS);
    }

    private static CompletableFuture<HealthResult> begin(HttpHealthCheck check, Duration timeout) {
        return check.check(new AnyTarget(timeout)).toCompletableFuture();
    }
}
