package io.hsu.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.hsu.DesiredState;
import io.hsu.HealthStatus;
import io.hsu.ProcessEvent;
import io.hsu.ProcessManager;
import io.hsu.ProcessNotFoundException;
import io.hsu.ProcessState;
import io.hsu.ProcessStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The management port, asked by a client, about a manager whose states the test sets. */
@Timeout(60)
class ManagementServerTest {

    private static final Instant NOW = Instant.EPOCH;

    private final ProcessManager manager = mock(ProcessManager.class);
    private final Map<String, ProcessStatus> processes = new ConcurrentHashMap<>();
    private Consumer<ProcessEvent> events;
    private ProcessHealthService health;
    private ManagementServer server;
    private ManagedChannel channel;

    @BeforeEach
    void serve() throws IOException {
        when(manager.list()).thenAnswer(call -> List.copyOf(processes.values()));
        when(manager.status(any())).thenAnswer(call -> {
            String id = call.getArgument(0);
            return Optional.ofNullable(processes.get(id)).orElseThrow(() -> mock(ProcessNotFoundException.class));
        });
        when(manager.addListener(any())).thenAnswer(call -> {
            events = call.getArgument(0);
            return null;
        });
        set("api", ProcessState.REGISTERED, HealthStatus.UNKNOWN);
        health = ProcessHealthService.of(manager);
        server = ManagementServer.bind(0, health.service());
        channel = Grpc.newChannelBuilder(server.address(), InsecureChannelCredentials.create())
                .build();
    }

    @AfterEach
    void stop() throws InterruptedException {
        channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        server.close();
    }

    @Test
    void manager_isServingUntilItShutsDown() {
        assertEquals(ServingStatus.SERVING, check(""));
        health.shuttingDown();
        assertEquals(ServingStatus.NOT_SERVING, check(""));
    }

    @Test
    void process_isServingWhileRunningAndNotUnhealthy() {
        assertEquals(ServingStatus.NOT_SERVING, check("api"));
        change("api", ProcessState.STARTING, HealthStatus.UNKNOWN);
        assertEquals(ServingStatus.NOT_SERVING, check("api"));
        change("api", ProcessState.RUNNING, HealthStatus.UNKNOWN);
        assertEquals(ServingStatus.SERVING, check("api"));
        change("api", ProcessState.RUNNING, HealthStatus.DEGRADED);
        assertEquals(ServingStatus.SERVING, check("api"));
        change("api", ProcessState.RUNNING, HealthStatus.UNHEALTHY);
        assertEquals(ServingStatus.NOT_SERVING, check("api"));
        change("api", ProcessState.RUNNING, HealthStatus.HEALTHY);
        health.shuttingDown();
        assertEquals(ServingStatus.SERVING, check("api"));
        change("api", ProcessState.STOPPING, HealthStatus.HEALTHY);
        assertEquals(ServingStatus.NOT_SERVING, check("api"));
    }

    @Test
    void process_addedAndRemoved() {
        assertEquals(Status.Code.NOT_FOUND, refused("db"));
        set("db", ProcessState.RUNNING, HealthStatus.HEALTHY);
        events.accept(new ProcessEvent.ProcessAdded("db", NOW));
        assertEquals(ServingStatus.SERVING, check("db"));
        processes.remove("db");
        events.accept(new ProcessEvent.ProcessRemoved("db", NOW));
        assertEquals(Status.Code.NOT_FOUND, refused("db"));
    }

    @Test
    void eventsDropped_everythingIsLookedAtAgain() {
        set("api", ProcessState.RUNNING, HealthStatus.HEALTHY);
        events.accept(new ProcessEvent.EventsDropped("", NOW, 3));
        assertEquals(ServingStatus.SERVING, check("api"));
    }

    @Test
    void watch_tellsEachChange() {
        List<ServingStatus> seen = new CopyOnWriteArrayList<>();
        HealthGrpc.newStub(channel).watch(request("api"), new Collector<>(response -> seen.add(response.getStatus())));
        await().until(() -> seen.equals(List.of(ServingStatus.NOT_SERVING)));
        change("api", ProcessState.RUNNING, HealthStatus.HEALTHY);
        await().until(() -> seen.equals(List.of(ServingStatus.NOT_SERVING, ServingStatus.SERVING)));
        change("api", ProcessState.FAILED, HealthStatus.UNKNOWN);
        await().until(() ->
                seen.equals(List.of(ServingStatus.NOT_SERVING, ServingStatus.SERVING, ServingStatus.NOT_SERVING)));
    }

    @Test
    void reflection_listsTheServices() {
        List<String> services = new CopyOnWriteArrayList<>();
        Consumer<ServerReflectionResponse> collect =
                response -> response.getListServicesResponse().getServiceList().stream()
                        .map(ServiceResponse::getName)
                        .forEach(services::add);
        StreamObserver<ServerReflectionRequest> requests =
                ServerReflectionGrpc.newStub(channel).serverReflectionInfo(new Collector<>(collect));
        requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        requests.onCompleted();
        await().until(() -> services.contains("grpc.health.v1.Health"));
    }

    @Test
    void bind_onLoopbackOnly() {
        assertTrue(server.address().startsWith("127.0.0.1:"), server.address());
    }

    @Test
    void bind_portTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThrows(IOException.class, () -> ManagementServer.bind(taken.getLocalPort()));
        }
    }

    private ServingStatus check(String service) {
        return HealthGrpc.newBlockingStub(channel).check(request(service)).getStatus();
    }

    private Status.Code refused(String service) {
        return assertThrows(StatusRuntimeException.class, () -> check(service))
                .getStatus()
                .getCode();
    }

    private static HealthCheckRequest request(String service) {
        return HealthCheckRequest.newBuilder().setService(service).build();
    }

    private void change(String id, ProcessState state, HealthStatus healthStatus) {
        set(id, state, healthStatus);
        events.accept(new ProcessEvent.StateChanged(id, NOW, state, state, ""));
    }

    private void set(String id, ProcessState state, HealthStatus healthStatus) {
        processes.put(id, status(id, state, healthStatus));
    }

    static ProcessStatus status(String id, ProcessState state, HealthStatus healthStatus) {
        return new ProcessStatus(
                id,
                state,
                DesiredState.RUNNING,
                NOW,
                1,
                OptionalLong.empty(),
                Optional.empty(),
                Duration.ZERO,
                OptionalInt.empty(),
                healthStatus,
                List.of(),
                Optional.empty(),
                List.of(),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of());
    }

    private record Collector<T>(Consumer<T> each) implements StreamObserver<T> {
        @Override
        public void onNext(T value) {
            each.accept(value);
        }

        @Override
        public void onError(Throwable e) {
            // The end of the channel, which ends the test too.
        }

        @Override
        public void onCompleted() {}
    }
}
