package io.hsu.examples.integrated;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A service that takes part, to be copied: it listens at the port that its manager gives it, says over gRPC that it is well, and
 * ends when it is asked over gRPC. Its manager needs to be told nothing of that. No code is generated; what it offers besides is
 * {@code examples.Greeter/Greet}.
 */
public final class GreeterService {

    private static final String CORE = "proto.CoreService";
    private static final String GREETER = "examples.Greeter";

    public static void main(String[] args) throws IOException, InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        HealthStatusManager health = new HealthStatusManager(); // grpc.health.v1
        Server server = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port(args)))
                .addService(health.getHealthService())
                .addService(core(asked))
                .addService(greeter())
                .build()
                .start();
        // After a signal, and when main has returned.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            health.enterTerminalState(); // NOT_SERVING from now on
            finish(server);
        }));
        System.out.println("greeting at port " + server.getPort());
        asked.await();
        System.out.println("asked to end");
    }

    /** The last option {@code --port}, or {@code HSU_PORT}: HSU sets both. */
    private static int port(String[] args) {
        for (int i = args.length - 2; i >= 0; i--) {
            if (args[i].equals("--port")) {
                return Integer.parseInt(args[i + 1]);
            }
        }
        return Integer.parseInt(System.getenv().getOrDefault("HSU_PORT", "50051"));
    }

    /** What HSU's services offer to their manager: to be asked whether they answer, and to be asked to end. */
    private static ServerServiceDefinition core(CountDownLatch asked) {
        return ServerServiceDefinition.builder(CORE)
                .addMethod(
                        unary(CORE + "/Ping", Empty.getDefaultInstance()),
                        ServerCalls.asyncUnaryCall((request, response) -> {
                            response.onNext(Empty.getDefaultInstance());
                            response.onCompleted();
                        }))
                .addMethod(
                        unary(CORE + "/Shutdown", Empty.getDefaultInstance()),
                        ServerCalls.asyncUnaryCall((request, response) -> {
                            response.onNext(Empty.getDefaultInstance());
                            response.onCompleted();
                            asked.countDown();
                        }))
                .build();
    }

    private static ServerServiceDefinition greeter() {
        return ServerServiceDefinition.builder(GREETER)
                .addMethod(
                        unary(GREETER + "/Greet", StringValue.getDefaultInstance()),
                        ServerCalls.asyncUnaryCall((name, response) -> {
                            response.onNext(StringValue.of("Hello, " + name.getValue()));
                            response.onCompleted();
                        }))
                .build();
    }

    /** {@return a method of one type of message, which protobuf's compiler would have generated} */
    public static <M extends Message> MethodDescriptor<M, M> unary(String name, M message) {
        return MethodDescriptor.newBuilder(ProtoUtils.marshaller(message), ProtoUtils.marshaller(message))
                .setType(MethodType.UNARY)
                .setFullMethodName(name)
                .build();
    }

    /** Takes no more calls, and lets those under way come to an end. */
    private static void finish(Server server) {
        try {
            server.shutdown().awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.shutdownNow();
    }

    private GreeterService() {}
}
