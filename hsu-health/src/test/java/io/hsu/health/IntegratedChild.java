package io.hsu.health;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.concurrent.CountDownLatch;

/**
 * An integrated process: serves its health at the port that it is given, says that it is not well any more when a file is made in
 * its directory, and tells what is asked of it.
 *
 * <p>Arguments: the directory; {@code deaf} if it is not to offer {@code proto.CoreService/Shutdown}, else {@code polite}; then what
 * its manager adds.
 */
final class IntegratedChild {

    public static void main(String[] arguments) throws IOException, InterruptedException {
        HealthStatusManager health = new HealthStatusManager();
        CountDownLatch asked = new CountDownLatch(1);
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port(arguments)))
                .addService(health.getHealthService());
        if (arguments[1].equals("polite")) {
            builder.addService(ServerServiceDefinition.builder("proto.CoreService")
                    .addMethod(
                            RawMessages.unary("proto.CoreService/Shutdown"),
                            ServerCalls.asyncUnaryCall((request, response) -> {
                                System.out.println("asked");
                                response.onNext(new byte[0]);
                                response.onCompleted();
                                asked.countDown();
                            }))
                    .build());
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("signalled")));
        WatchService files = FileSystems.getDefault().newWatchService();
        Path.of(arguments[0]).register(files, StandardWatchEventKinds.ENTRY_CREATE);
        Server server = builder.build().start();
        System.out.println("serving at " + server.getPort() + ", told " + System.getenv("HSU_PORT"));
        new Thread(() -> {
                    awaitOne(files);
                    System.out.println("not well");
                    health.setStatus("", ServingStatus.NOT_SERVING);
                })
                .start();
        asked.await();
        server.shutdown().awaitTermination(); // when it has answered
        Runtime.getRuntime().halt(0); // without the hook, which tells of a signal
    }

    private static void awaitOne(WatchService files) {
        try {
            files.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int port(String[] arguments) {
        int option = arguments.length - 2;
        if (!arguments[option].equals("--port")) {
            throw new IllegalArgumentException("no --port: " + String.join(" ", arguments));
        }
        return Integer.parseInt(arguments[option + 1]);
    }

    private IntegratedChild() {}
}
