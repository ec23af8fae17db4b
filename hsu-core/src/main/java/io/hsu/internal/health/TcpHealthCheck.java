package io.hsu.internal.health;

import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthCheckProvider;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import io.hsu.spi.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A TCP connection can be made; it is closed at once. */
public record TcpHealthCheck(String host, int port) implements HealthCheck {

    @Override
    public CompletionStage<HealthResult> check(HealthTarget target) {
        CompletableFuture<HealthResult> result = new CompletableFuture<>();
        // A name may take its time to resolve, and Java resolves it in the calling thread.
        target.blockingExecutor().execute(() -> connect(result));
        return result;
    }

    private void connect(CompletableFuture<HealthResult> result) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            result.complete(HealthResult.unhealthy("host %s is unknown".formatted(host)));
            return;
        }
        try {
            AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
            result.whenComplete((done, cancelled) -> close(channel));
            channel.connect(address, null, new CompletionHandler<Void, Void>() {
                @Override
                public void completed(Void nothing, Void none) {
                    result.complete(HealthResult.healthy("%s:%d accepts connections".formatted(host, port)));
                }

                @Override
                public void failed(Throwable e, Void none) {
                    result.complete(HealthResult.unhealthy("%s:%d: %s".formatted(host, port, e.getMessage())));
                }
            });
        } catch (IOException e) {
            result.complete(HealthResult.unhealthy("%s:%d: %s".formatted(host, port, e.getMessage())));
        }
    }

    private static void close(AsynchronousSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was written to it, so nothing is lost.
        }
    }

    @Override
    public String toString() {
        return "tcp %s:%d".formatted(host, port);
    }

    /** Provides {@code tcp}. */
    public static final class Provider implements HealthCheckProvider {
        @Override
        public String type() {
            return "tcp";
        }

        @Override
        public HealthCheck create(Settings settings) {
            return new TcpHealthCheck(settings.requiredString("address"), settings.requiredInt("port", 1, 65535));
        }
    }
}
