package io.hsu.server;

import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.buffer.UnpooledByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** The gRPC server that the manager is managed through, on the loopback address only. */
final class ManagementServer implements AutoCloseable {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final Server server;
    private final EventLoopGroup loop;

    private ManagementServer(Server server, EventLoopGroup loop) {
        this.server = server;
        this.loop = loop;
    }

    /**
     * Binds the port and begins to answer.
     *
     * @param port the port; 0 for any that is free
     * @param services what is served, besides reflection
     * @throws IOException if the port cannot be had
     */
    static ManagementServer bind(int port, BindableService... services) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port);
        EventLoopGroup loop = loop();
        try {
            return new ManagementServer(server(address, loop, services).start(), loop);
        } catch (IOException e) {
            shutDown(loop);
            throw e;
        }
    }

    /** Does all that {@link #bind} does but bind, so that its classes are loaded by then. */
    static void preload() {
        EventLoopGroup loop = loop();
        server(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                loop,
                new HealthStatusManager().getHealthService());
        new NioServerSocketChannel().unsafe().closeForcibly();
        shutDown(loop);
    }

    private static Server server(InetSocketAddress address, EventLoopGroup loop, BindableService... services) {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address, InsecureServerCredentials.create())
                .channelType(NioServerSocketChannel.class)
                .bossEventLoopGroup(loop)
                .workerEventLoopGroup(loop)
                // Pools would keep megabytes for a health check now and then.
                .withChildOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .directExecutor() // nothing that is served blocks
                .addService(ProtoReflectionServiceV1.newInstance());
        for (BindableService service : services) {
            builder.addService(service);
        }
        return builder.build();
    }

    /** One thread and plain NIO: little is asked of it, and native transports cost start-up time and a file in /tmp. */
    private static EventLoopGroup loop() {
        return new MultiThreadIoEventLoopGroup(1, ManagementServer::thread, NioIoHandler.newFactory());
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "hsu-management");
        thread.setDaemon(true);
        return thread;
    }

    /** {@return host and port, as a client writes them} */
    String address() {
        return "127.0.0.1:" + port();
    }

    /** {@return the port} */
    int port() {
        return server.getPort();
    }

    /** Ends all calls. */
    @Override
    public void close() {
        server.shutdownNow();
        shutDown(loop);
    }

    private static void shutDown(EventLoopGroup loop) {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
