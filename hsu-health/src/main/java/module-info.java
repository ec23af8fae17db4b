/**
 * Health checks over HTTP and gRPC: {@link io.hsu.health.HttpHealthCheck} and {@link io.hsu.health.GrpcHealthCheck}, the types
 * {@code http} and {@code grpc} for those who write YAML; and {@link io.hsu.health.GrpcStopRequest}, which asks a process to end.
 */
module io.hsu.health {
    requires transitive io.hsu.core;
    requires okhttp3;
    requires io.grpc;
    requires io.grpc.netty.shaded;
    requires io.grpc.stub;
    requires com.google.common.util.concurrent.internal; // Guava's, which has no descriptor that would say so

    exports io.hsu.health;

    provides io.hsu.spi.HealthCheckProvider with
            io.hsu.health.HttpHealthCheck.Provider,
            io.hsu.health.GrpcHealthCheck.Provider;
    provides io.hsu.spi.StopRequestProvider with
            io.hsu.health.GrpcStopRequest.Provider;
}
