package io.hsu.health;

import io.grpc.Status;
import io.hsu.spi.HealthTarget;
import io.hsu.spi.Settings;
import io.hsu.spi.StopRequest;
import io.hsu.spi.StopRequestProvider;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks a process over gRPC to end, by a unary method that is called with an empty message. Immutable, and safe for use by many
 * threads.
 *
 * <p>A process that answers {@code OK} has agreed. One that does not offer the method ({@code UNIMPLEMENTED}, {@code NOT_FOUND})
 * knows no such request. Whatever else happens is a failure that says why.
 */
public final class GrpcStopRequest implements StopRequest {

    /** What HSU's services are asked with. */
    public static final String SHUTDOWN = "proto.CoreService/Shutdown";

    private final GrpcEndpoint endpoint;
    private final UnaryMethod method;

    private GrpcStopRequest(GrpcEndpoint endpoint, UnaryMethod method) {
        this.endpoint = endpoint;
        this.method = method;
    }

    /** {@return a request by {@link #SHUTDOWN} to an integrated process, at the port that it was given, on this host} */
    public static GrpcStopRequest atAllocatedPort() {
        return new GrpcStopRequest(GrpcEndpoint.AT_ALLOCATED_PORT, new UnaryMethod(SHUTDOWN));
    }

    /**
     * {@return a request by {@link #SHUTDOWN}}
     *
     * @param address host and port, such as {@code localhost:50051} or {@code [::1]:50051}
     */
    public static GrpcStopRequest of(String address) {
        return new GrpcStopRequest(GrpcEndpoint.of(address), new UnaryMethod(SHUTDOWN));
    }

    /**
     * {@return this request by another method}
     *
     * @param name the full name of a unary method, such as {@code shop.Control/Drain}
     */
    public GrpcStopRequest method(String name) {
        return new GrpcStopRequest(endpoint, new UnaryMethod(name));
    }

    /**
     * Makes a connection, asks, and lets it go.
     *
     * @return whether it has agreed; cancelling it cancels the call
     */
    @Override
    public CompletionStage<Boolean> ask(HealthTarget target) {
        GrpcLink link = new GrpcLink(endpoint, GrpcHeaders.NONE);
        CompletableFuture<?> call = method.call(link, target);
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        call.whenComplete((answered, failure) -> {
            link.close();
            if (failure == null || isUnknown(failure)) {
                result.complete(failure == null);
            } else {
                result.completeExceptionally(failure);
            }
        });
        result.whenComplete((agreed, cancelled) -> call.cancel(true));
        return result;
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof GrpcCallException known
                && (known.code() == Status.Code.UNIMPLEMENTED || known.code() == Status.Code.NOT_FOUND);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GrpcStopRequest that && endpoint.equals(that.endpoint) && method.equals(that.method);
    }

    @Override
    public int hashCode() {
        return Objects.hash(endpoint, method);
    }

    @Override
    public String toString() {
        return "grpc %s %s".formatted(endpoint, method);
    }

    /**
     * Provides {@code grpc}. Settings, all of them optional: {@code address} (host and port; without it, the port that an integrated
     * process was given) and {@code method}.
     */
    public static final class Provider implements StopRequestProvider {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public String type() {
            return "grpc";
        }

        @Override
        public StopRequest create(Settings settings) {
            GrpcStopRequest request =
                    settings.string("address").map(GrpcStopRequest::of).orElseGet(GrpcStopRequest::atAllocatedPort);
            return settings.string("method").map(request::method).orElse(request);
        }
    }
}
