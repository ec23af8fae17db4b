package io.hsu.health;

import static io.hsu.health.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks at a real server. */
@Timeout(60)
class GrpcHealthCheckTest {

    private static final HealthTarget TARGET = AnyTarget.blocking(Duration.ofSeconds(20));

    private final List<HealthCheck> launches = new ArrayList<>();
    private GrpcServer server;

    @BeforeEach
    void serve() throws IOException {
        server = GrpcServer.start();
    }

    @AfterEach
    void stop() {
        launches.forEach(HealthCheck::close);
        server.close();
        soon().until(() -> Soon.threads("hsu-grpc-check").isEmpty());
    }

    @Test
    void server_turns() throws Exception {
        HealthCheck check = launch(GrpcHealthCheck.of(server.address()));
        assertEquals(HealthResult.healthy("SERVING from " + server.address()), look(check));
        server.status("", ServingStatus.NOT_SERVING);
        assertEquals(HealthResult.unhealthy("NOT_SERVING from " + server.address()), look(check));
        server.health.clearStatus("");
        assertEquals(
                HealthResult.unhealthy(server.address() + " says nothing of its health as a whole; name a service"),
                look(check));
        server.status("", ServingStatus.SERVING);
        assertTrue(look(check).healthy());
    }

    @Test
    void service_turns() throws Exception {
        HealthCheck check = launch(GrpcHealthCheck.of(server.address()).service("shop.Orders"));
        assertEquals(HealthResult.unhealthy(server.address() + " does not know service 'shop.Orders'"), look(check));
        server.status("shop.Orders", ServingStatus.SERVING);
        assertEquals(
                HealthResult.healthy("SERVING from " + server.address() + " for service 'shop.Orders'"), look(check));
        server.status("shop.Orders", ServingStatus.SERVICE_UNKNOWN);
        assertEquals(HealthResult.unhealthy(server.address() + " does not know service 'shop.Orders'"), look(check));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 127, 128, 300, 20_000})
    void service_namesOfAllLengths(int length) throws Exception {
        String name = "é" + "s".repeat(length - 1);
        server.status(name, ServingStatus.SERVING);
        assertTrue(
                look(launch(GrpcHealthCheck.of(server.address()).service(name))).healthy());
    }

    @Test
    void unknown_isNotHealthy() throws Exception {
        server.status("", ServingStatus.UNKNOWN);
        assertEquals(
                HealthResult.unhealthy("UNKNOWN from " + server.address()),
                look(launch(GrpcHealthCheck.of(server.address()))));
    }

    @Test
    void method_isCalledWithAnEmptyMessage() throws Exception {
        HealthCheck check = launch(GrpcHealthCheck.of(server.address()).method("proto.CoreService/Ping"));
        assertEquals(HealthResult.healthy("proto.CoreService/Ping answered at " + server.address()), look(check));
        assertEquals(List.of("Ping with 0 bytes"), server.asked);
        server.answer.set(Status.INTERNAL.withDescription("no\ndisk"));
        assertEquals(HealthResult.unhealthy("INTERNAL from " + server.address() + ": no disk"), look(check));
        server.answer.set(Status.UNAVAILABLE);
        assertEquals(HealthResult.unhealthy("UNAVAILABLE from " + server.address()), look(check));
    }

    @Test
    void whatIsNotOffered() throws Exception {
        assertEquals(
                HealthResult.unhealthy(server.address() + " does not offer proto.CoreService/Pong"),
                look(launch(GrpcHealthCheck.of(server.address()).method("proto.CoreService/Pong"))));
        io.grpc.Server bare = io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder.forPort(0)
                .directExecutor()
                .build()
                .start();
        try {
            String address = "localhost:" + bare.getPort();
            assertEquals(
                    HealthResult.unhealthy(
                            address
                                    + " does not offer grpc.health.v1.Health; add that service to it, or name a method that it offers"),
                    look(launch(GrpcHealthCheck.of(address))));
        } finally {
            bare.shutdownNow().awaitTermination();
        }
    }

    @Test
    void headers_areSent_andStayOutOfWhatTheServerSays() throws Exception {
        server.answer.set(
                Status.UNAUTHENTICATED.withDescription("token s3cret is not known, nor is s3cret-of-another"));
        HealthCheck check = launch(GrpcHealthCheck.of(server.address())
                .method("proto.CoreService/Ping")
                .header("X-Token", "s3cret")
                .header("Authorization", "Bearer s3cret-of-another"));
        assertEquals(
                "UNAUTHENTICATED from " + server.address() + ": token *** is not known, nor is ***",
                look(check).reason());
        Metadata seen = server.headers.get(0);
        assertEquals("s3cret", seen.get(Metadata.Key.of("x-token", Metadata.ASCII_STRING_MARSHALLER)));
        assertTrue(seen.get(Metadata.Key.of("user-agent", Metadata.ASCII_STRING_MARSHALLER))
                .startsWith("hsu-health-check"));
    }

    @Test
    void authority_isWhatTheServerIsCalled() throws Exception {
        look(launch(GrpcHealthCheck.of(server.address())));
        look(launch(GrpcHealthCheck.of(server.address()).authority("api.example.com")));
        assertEquals(List.of(server.address(), "api.example.com"), server.authorities);
    }

    @Test
    void connection_isUsedAgain() throws Exception {
        HealthCheck check = launch(GrpcHealthCheck.of(server.address()));
        for (int i = 0; i < 5; i++) {
            assertTrue(look(check).healthy());
        }
        assertEquals(1, server.connections.get());
        assertEquals(1, Soon.threads("hsu-grpc-check").size());
        HealthCheck unknown = launch(GrpcHealthCheck.of(server.address()).service("nobody"));
        for (int i = 0; i < 5; i++) {
            assertFalse(look(unknown).healthy(), "which is an answer too");
        }
        assertEquals(2, server.connections.get());
    }

    @Test
    void launches_haveConnectionsOfTheirOwn_andOneThread() throws Exception {
        GrpcHealthCheck check = GrpcHealthCheck.of(server.address());
        HealthCheck first = launch(check);
        HealthCheck second = launch(check);
        assertTrue(look(first).healthy());
        assertTrue(look(second).healthy());
        assertEquals(2, server.connections.get());
        assertEquals(1, Soon.threads("hsu-grpc-check").size());
        first.close();
        assertTrue(look(second).healthy());
        assertEquals(
                "the launch is over",
                assertThrows(IllegalStateException.class, () -> first.check(TARGET))
                        .getMessage());
    }

    @Test
    void withoutALaunch_leavesNothingBehind() throws Exception {
        assertTrue(look(GrpcHealthCheck.of(server.address())).healthy());
        soon().until(() -> Soon.threads("hsu-grpc-check").isEmpty());
    }

    @Test
    void allocatedPort() throws Exception {
        HealthCheck check = GrpcHealthCheck.atAllocatedPort().forLaunch(AnyTarget.at(server.port()));
        launches.add(check);
        assertEquals(
                HealthResult.healthy("SERVING from " + server.address()),
                check.check(AnyTarget.at(server.port())).toCompletableFuture().get());
    }

    @Test
    void ipAddresses() throws Exception {
        assertTrue(
                look(launch(GrpcHealthCheck.of("127.0.0.1:" + server.port()))).healthy());
        String address = "[::1]:" + server.port();
        String reason = look(launch(GrpcHealthCheck.of(address))).reason();
        assertTrue(reason.startsWith("no answer from " + address + ": "), reason); // refused, or there is no IPv6
    }

    /** A look after the server is back must not wait until gRPC thinks it is time to try again. */
    @Test
    void serverRestart_isSeenByTheNextLook() throws Exception {
        HealthCheck check = launch(GrpcHealthCheck.of(server.address()));
        assertTrue(look(check).healthy());
        for (int times = 0; times < 3; times++) {
            server.stop();
            for (int looks = 0; looks < 3; looks++) {
                assertEquals(
                        HealthResult.unhealthy("no answer from " + server.address() + ": connection refused"),
                        look(check));
            }
            server.restart();
            assertEquals(HealthResult.healthy("SERVING from " + server.address()), look(check));
        }
    }

    @Test
    void serverRestart_betweenTwoLooks_isNoFailure() throws Exception {
        HealthCheck check = launch(GrpcHealthCheck.of(server.address()));
        for (int times = 0; times < 3; times++) {
            assertTrue(look(check).healthy());
            server.stop();
            server.restart();
        }
        assertTrue(look(check).healthy());
    }

    @Test
    void unknownHost() throws Exception {
        assertEquals(
                HealthResult.unhealthy("no answer from no-such-host.invalid:1: the host is unknown"),
                look(launch(GrpcHealthCheck.of("no-such-host.invalid:1"))));
    }

    @Test
    void late_hasItsTime_andANewConnectionNextTime() throws Exception {
        HealthCheck check = launch(GrpcHealthCheck.of(server.address()));
        assertTrue(look(check).healthy());
        server.hung = true;
        HealthTarget hurried = AnyTarget.blocking(Duration.ofMillis(200));
        assertEquals(
                HealthResult.unhealthy("no answer from " + server.address() + " in time"),
                check.check(hurried).toCompletableFuture().get(20, TimeUnit.SECONDS));
        soon().until(() -> server.cancelled.get() == 1);
        server.hung = false;
        assertTrue(look(check).healthy());
        assertEquals(2, server.connections.get());
    }

    @Test
    void cancelled_cancelsTheCall() throws Exception {
        HealthCheck check = launch(GrpcHealthCheck.of(server.address()));
        assertTrue(look(check).healthy());
        server.hung = true;
        CompletableFuture<HealthResult> result = check.check(TARGET).toCompletableFuture();
        soon().until(() -> server.headers.size() == 2);
        assertFalse(result.isDone());
        assertTrue(result.cancel(true));
        soon().until(() -> server.cancelled.get() == 1);
    }

    @Test
    void closed_endsTheLookUnderWay() throws Exception {
        server.hung = true;
        HealthCheck check = launch(GrpcHealthCheck.of(server.address()));
        CompletableFuture<HealthResult> result = check.check(TARGET).toCompletableFuture();
        soon().until(() -> server.headers.size() == 1);
        check.close();
        assertFalse(result.get(20, TimeUnit.SECONDS).healthy());
        soon().until(() -> Soon.threads("hsu-grpc-check").isEmpty());
    }

    @Test
    void acceptsButDoesNotAnswer() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String address = "localhost:" + socket.getLocalPort();
            HealthCheck check = launch(GrpcHealthCheck.of(address));
            assertEquals(
                    HealthResult.unhealthy("no answer from " + address + " in time"),
                    check.check(AnyTarget.blocking(Duration.ofMillis(200)))
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void speaksSomethingElse() throws Exception {
        assertEquals("it does not speak gRPC", whenItSays("220 smtp ready\r\n"));
        assertEquals("it does not speak gRPC", whenItSays("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));
        assertEquals("the connection was closed in the middle of it", whenItSays(""));
    }

    private String whenItSays(String text) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CountDownLatch over = new CountDownLatch(1);
            thread.execute(() -> {
                try (Socket client = socket.accept()) {
                    client.getInputStream().read(new byte[4096]);
                    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                    client.shutdownOutput();
                    over.await(20, TimeUnit.SECONDS);
                } catch (IOException | InterruptedException e) {
                    // The client has gone, or the test is over.
                }
            });
            String address = "localhost:" + socket.getLocalPort();
            HealthResult result = look(launch(GrpcHealthCheck.of(address)));
            over.countDown();
            assertFalse(result.healthy());
            String beginning = "no answer from " + address + ": ";
            assertTrue(result.reason().startsWith(beginning), result.reason());
            return result.reason().substring(beginning.length());
        } finally {
            thread.shutdownNow();
        }
    }

    private HealthCheck launch(GrpcHealthCheck check) {
        HealthCheck launch = check.forLaunch(TARGET);
        assertEquals(check.toString(), launch.toString());
        launches.add(launch);
        return launch;
    }

    private static HealthResult look(HealthCheck check) throws Exception {
        return check.check(TARGET).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
