package io.hsu.health;

import static io.hsu.health.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.spi.HealthResult;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Looks at a real server on a Unix domain socket. */
@Timeout(60)
class HttpHealthCheckUnixSocketTest {

    private static final String URL = "http://app/health";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    Path directory;

    private volatile boolean hung;
    private Path socket;
    private HttpHealthCheck check;
    private ServerSocketChannel server;

    @BeforeEach
    void serve() throws IOException {
        socket = directory.resolve("app.sock");
        check = HttpHealthCheck.get(URL).unixSocket(socket);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        threads.execute(this::accept);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                connections.incrementAndGet();
                threads.execute(() -> answer(client));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void answer(SocketChannel client) {
        try (client) {
            ByteBuffer request = ByteBuffer.allocate(4096);
            while (client.read(request.clear()) >= 0) {
                requests.add(new String(request.array(), 0, request.position(), StandardCharsets.US_ASCII));
                if (!hung) {
                    client.write(ByteBuffer.wrap(
                            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nUP".getBytes(StandardCharsets.US_ASCII)));
                }
            }
        } catch (IOException e) {
            // The client has gone, or the test is over.
        }
        ended.incrementAndGet();
    }

    @Test
    void answer_isJudgedAsOverTcp() throws Exception {
        assertEquals(HealthResult.healthy("HTTP 200 from " + URL + " at " + socket), look(check.expectBody("UP")));
        assertTrue(requests.get(0).startsWith("GET /health HTTP/1.1\r\n"), requests.get(0));
        assertTrue(requests.get(0).contains("\r\nHost: app\r\n"), requests.get(0));
        assertEquals(
                HealthResult.unhealthy("HTTP 200 from " + URL + " at " + socket + ", expected 204"),
                look(check.expectStatus(204, 204)));
    }

    /** Where the URL is the same, only the socket tells whom it is about. */
    @Test
    void otherSocketOfTheSameUrl_isAskedItself() throws Exception {
        assertTrue(look(check).healthy());
        HealthResult other = look(HttpHealthCheck.get(URL).unixSocket(directory.resolve("other.sock")));
        assertFalse(other.healthy(), other.reason());
        assertEquals(1, requests.size());
        assertTrue(look(HttpHealthCheck.get(URL).unixSocket(socket)).healthy());
        assertEquals(1, connections.get(), "the same socket is one connection");
    }

    @Test
    void connection_isUsedAgain() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertTrue(look(check).healthy());
        }
        assertEquals(1, connections.get());
    }

    @Test
    void hung_cancelled_givesTheConnectionUp() throws Exception {
        hung = true;
        CompletableFuture<HealthResult> result = begin(check);
        soon().until(() -> requests.size() == 1);
        assertFalse(result.isDone());
        result.cancel(true);
        soon().until(() -> ended.get() == 1);
        hung = false;
        assertTrue(look(check).healthy());
    }

    @Test
    void noServer() throws Exception {
        Path missing = directory.resolve("no.sock");
        assertEquals(
                HealthResult.unhealthy("no answer from " + URL + " at " + missing + ": no such file or directory"),
                look(HttpHealthCheck.get(URL).unixSocket(missing)));
    }

    /** What the client asks of a connection that has been idle for ten seconds, before it sends another POST. */
    @Test
    void idleConnection_tellsWhetherItLives() throws Exception {
        try (Socket client = new UnixSocket.Factory(socket).createSocket()) {
            client.connect(null, 0);
            assertTrue(client.isConnected());
            client.setSoTimeout(1);
            assertThrows(
                    SocketTimeoutException.class, () -> client.getInputStream().read());
            client.setSoTimeout(0);
            client.getOutputStream().write('?');
            assertEquals('H', client.getInputStream().read());
            assertEquals(0, client.getSoTimeout());
        }
    }

    private static HealthResult look(HttpHealthCheck check) throws Exception {
        return begin(check).get(20, TimeUnit.SECONDS);
    }

    private static CompletableFuture<HealthResult> begin(HttpHealthCheck check) {
        return check.check(new AnyTarget(Duration.ofSeconds(20))).toCompletableFuture();
    }
}
