package io.hsu.health;

import static io.hsu.health.Soon.soon;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A gRPC server in this JVM, with what a process of HSU offers: its health, and {@code proto.CoreService}. */
final class GrpcServer implements AutoCloseable {

    final HealthStatusManager health = new HealthStatusManager();
    /** What {@code proto.CoreService} was asked, as {@code "Ping with 0 bytes"}. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    final List<Metadata> headers = new CopyOnWriteArrayList<>();
    final List<String> authorities = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger cancelled = new AtomicInteger();
    /** What {@code proto.CoreService} answers. */
    final AtomicReference<Status> answer = new AtomicReference<>(Status.OK);

    volatile boolean hung;

    private final SslContext tls;
    private Server server;
    private int port;

    private GrpcServer(SslContext tls) {
        this.tls = tls;
    }

    static GrpcServer start() throws IOException {
        return start(null);
    }

    static GrpcServer start(SslContext tls) throws IOException {
        GrpcServer server = new GrpcServer(tls);
        server.listen(0);
        return server;
    }

    private void listen(int wanted) throws IOException {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted))
                .directExecutor()
                .addService(health.getHealthService())
                .addService(ServerServiceDefinition.builder("proto.CoreService")
                        .addMethod(RawMessages.unary("proto.CoreService/Ping"), handler("Ping"))
                        .addMethod(RawMessages.unary("proto.CoreService/Shutdown"), handler("Shutdown"))
                        .build())
                .intercept(new Watch())
                .addTransportFilter(new ServerTransportFilter() {
                    @Override
                    public Attributes transportReady(Attributes attributes) {
                        connections.incrementAndGet();
                        return attributes;
                    }
                });
        server = (tls == null ? builder : builder.sslContext(tls)).build().start();
        port = server.getPort();
    }

    int port() {
        return port;
    }

    String address() {
        return "localhost:" + port();
    }

    void status(String service, ServingStatus status) {
        health.setStatus(service, status);
    }

    /** Nobody listens any more, and all connections are closed. */
    void stop() {
        server.shutdownNow();
        soon().until(server::isTerminated);
    }

    /** At the port of before. */
    void restart() throws IOException {
        listen(port);
    }

    @Override
    public void close() {
        stop();
    }

    private ServerCallHandler<byte[], byte[]> handler(String method) {
        return ServerCalls.asyncUnaryCall((request, response) -> {
            asked.add("%s with %d bytes".formatted(method, request.length));
            Status now = answer.get();
            if (now.isOk()) {
                response.onNext(new byte[] {8, 1, 99}); // of no type that the client knows
                response.onCompleted();
            } else {
                response.onError(now.asException());
            }
        });
    }

    private final class Watch implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
            headers.add(metadata);
            authorities.add(call.getAuthority());
            if (!hung) {
                return next.startCall(call, metadata);
            }
            return new ServerCall.Listener<>() {
                @Override
                public void onCancel() {
                    cancelled.incrementAndGet();
                }
            };
        }
    }
}
