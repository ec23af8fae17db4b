package io.hsu.health;

import static io.hsu.health.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.hsu.spi.HealthTarget;
import io.hsu.spi.Providers;
import io.hsu.spi.StopRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Asks a real server. */
@Timeout(60)
class GrpcStopRequestTest {

    private static final Providers PROVIDERS = Providers.builder()
            .classLoader(GrpcStopRequest.class.getClassLoader())
            .discover();

    private GrpcServer server;

    @BeforeEach
    void serve() throws IOException {
        server = GrpcServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
        soon().until(() -> Soon.threads("hsu-grpc-check").isEmpty());
    }

    @Test
    void agreed_asksOnce_withAnEmptyMessage() throws Exception {
        assertTrue(ask(GrpcStopRequest.atAllocatedPort()));
        assertTrue(ask(GrpcStopRequest.of(server.address())));
        assertEquals(List.of("Shutdown with 0 bytes", "Shutdown with 0 bytes"), server.asked);
    }

    @Test
    void method() throws Exception {
        assertTrue(ask(GrpcStopRequest.atAllocatedPort().method("proto.CoreService/Ping")));
        assertEquals(List.of("Ping with 0 bytes"), server.asked);
    }

    @Test
    void unknownRequest_isNotAgreed() throws Exception {
        assertFalse(ask(GrpcStopRequest.atAllocatedPort().method("proto.CoreService/Halt")));
        assertFalse(ask(GrpcStopRequest.atAllocatedPort().method("proto.Other/Shutdown")));
        server.answer.set(Status.NOT_FOUND);
        assertFalse(ask(GrpcStopRequest.atAllocatedPort()));
    }

    @Test
    void failure_inWords() {
        server.answer.set(Status.PERMISSION_DENIED.withDescription("not you"));
        assertEquals("PERMISSION_DENIED from " + server.address() + ": not you", failure(AnyTarget.at(server.port())));
        server.stop();
        assertEquals(
                "no answer from " + server.address() + ": connection refused", failure(AnyTarget.at(server.port())));
    }

    @Test
    void late() {
        server.hung = true;
        HealthTarget hurried = new AnyTarget(
                Duration.ofMillis(200),
                AnyTarget.at(server.port()).port(),
                AnyTarget.at(server.port()).blockingExecutor());
        assertEquals("no answer from " + server.address() + " in time", failure(hurried));
    }

    @Test
    void cancelled_cancelsTheCall() {
        server.hung = true;
        CompletableFuture<Boolean> result = GrpcStopRequest.atAllocatedPort()
                .ask(AnyTarget.at(server.port()))
                .toCompletableFuture();
        soon().until(() -> server.headers.size() == 1);
        assertTrue(result.cancel(true));
        soon().until(() -> server.cancelled.get() == 1);
    }

    @Test
    void noPort() {
        assertEquals(
                "process 'api' was given no port, and no address is set; set it, such as localhost:50051",
                assertThrows(
                                IllegalStateException.class,
                                () -> GrpcStopRequest.atAllocatedPort().ask(AnyTarget.blocking(Duration.ofSeconds(1))))
                        .getMessage());
    }

    @Test
    void provider_equalsJava() {
        assertEquals(GrpcStopRequest.atAllocatedPort(), provided(Map.of()));
        GrpcStopRequest java = GrpcStopRequest.of("localhost:50051").method("shop.Control/Drain");
        StopRequest named = provided(Map.of("address", "localhost:50051", "method", "shop.Control/Drain"));
        assertEquals(java, named);
        assertEquals(java.hashCode(), named.hashCode());
        assertEquals("grpc localhost:50051 shop.Control/Drain", java.toString());
        assertEquals(
                "grpc at its port proto.CoreService/Shutdown",
                GrpcStopRequest.atAllocatedPort().toString());
        assertNotEquals(GrpcStopRequest.atAllocatedPort(), GrpcStopRequest.of("localhost:50051"));
        assertNotEquals(java, GrpcStopRequest.of("localhost:50051"));
    }

    @Test
    void settings_refused() {
        assertEquals(
                "unknown setting service; known are address, method",
                assertThrows(IllegalArgumentException.class, () -> provided(Map.of("service", "x")))
                        .getMessage());
        assertEquals(
                "method 'Shutdown' is not allowed; it must be package.Service/Method, such as proto.CoreService/Ping",
                assertThrows(IllegalArgumentException.class, () -> provided(Map.of("method", "Shutdown")))
                        .getMessage());
    }

    private boolean ask(GrpcStopRequest request) throws Exception {
        return request.ask(AnyTarget.at(server.port())).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static String failure(HealthTarget target) {
        CompletableFuture<Boolean> answer =
                GrpcStopRequest.atAllocatedPort().ask(target).toCompletableFuture();
        return assertThrows(ExecutionException.class, () -> answer.get(20, TimeUnit.SECONDS))
                .getCause()
                .getMessage();
    }

    private static StopRequest provided(Map<String, ?> settings) {
        return PROVIDERS.stopRequest("grpc", settings);
    }
}
