package io.hsu.health;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.buffer.UnpooledByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.hsu.ProcessKind;
import io.hsu.ProcessSpec;
import io.hsu.spi.HealthTarget;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;

/**
 * Where a gRPC server is, and how it is talked to.
 *
 * @param address where it listens; null: on this host, at the port that its process was given
 * @param tls null: in the clear
 * @param authority what its certificate is for; null: the host
 */
record GrpcEndpoint(Address address, GrpcTls tls, String authority) {

    static final GrpcEndpoint AT_ALLOCATED_PORT = new GrpcEndpoint(null, null, null);

    static GrpcEndpoint of(String address) {
        return new GrpcEndpoint(Address.parse(address), null, null);
    }

    GrpcEndpoint over(GrpcTls other) {
        return new GrpcEndpoint(address, other, authority);
    }

    GrpcEndpoint as(String otherAuthority) {
        if (!Address.isName(otherAuthority)) {
            throw new IllegalArgumentException(
                    "authority '%s' is not allowed; it must be the name of a host, such as api.example.com"
                            .formatted(otherAuthority));
        }
        return new GrpcEndpoint(address, tls, otherAuthority);
    }

    /** Refuses a process of which no port is known. */
    void validate(ProcessSpec process) {
        if (address == null && process.kind() != ProcessKind.INTEGRATED) {
            throw new IllegalArgumentException(
                    "no address is given, and only an integrated process is given a port; set the address, such as localhost:50051");
        }
    }

    Address addressFor(HealthTarget target) {
        if (address != null) {
            return address;
        }
        int port = target.port()
                .orElseThrow(() -> new IllegalStateException(
                        "process '%s' was given no port, and no address is set; set it, such as localhost:50051"
                                .formatted(target.processId())));
        return new Address("localhost", port);
    }

    /** {@return a channel that connects when it is first used} */
    ManagedChannel open(HealthTarget target) {
        Address at = addressFor(target);
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(at.host(), at.port())
                // Native transports leave a file in the directory for temporary files, and one thread serves all.
                .eventLoopGroup(EventLoop.shared())
                .channelType(NioSocketChannel.class)
                // Pools would keep megabytes for a few bytes now and then.
                .withOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .directExecutor() // nothing that is called back blocks
                .offloadExecutor(blocking(target)) // names are looked up there, certificates verified
                .disableServiceConfigLookUp()
                // What is asked is whether the process answers.
                .proxyDetector(server -> null)
                .maxTraceEvents(0)
                .userAgent("hsu-health-check");
        if (authority != null) {
            builder.overrideAuthority(authority);
        }
        return secured(builder).build();
    }

    private NettyChannelBuilder secured(NettyChannelBuilder builder) {
        if (tls == null) {
            return builder.usePlaintext();
        }
        try {
            return builder.sslContext(tls.context());
        } catch (SSLException e) {
            throw new IllegalStateException("TLS cannot be used: " + e.getMessage(), e);
        }
    }

    private static Executor blocking(HealthTarget target) {
        return task -> {
            try {
                target.blockingExecutor().execute(task);
            } catch (RejectedExecutionException e) {
                // The manager is closed: nobody waits for it.
            }
        };
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(address == null ? "at its port" : address.toString());
        if (tls != null) {
            text.append(" over ").append(tls);
        }
        if (authority != null) {
            text.append(" as ").append(authority);
        }
        return text.toString();
    }
}
