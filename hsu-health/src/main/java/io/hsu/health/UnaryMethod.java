package io.hsu.health;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * A method that is called with an empty message, and of whose answer only the status counts.
 *
 * @param name {@code package.Service/Method}
 */
record UnaryMethod(String name) implements GrpcQuestion {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*/[A-Za-z_]\\w*");

    UnaryMethod {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "method '%s' is not allowed; it must be package.Service/Method, such as proto.CoreService/Ping"
                            .formatted(name));
        }
    }

    /** Calls it; what it answers is nothing. */
    CompletableFuture<Nothing> call(GrpcLink link, HealthTarget target) {
        MethodDescriptor<Nothing, Nothing> method = MethodDescriptor.newBuilder(Nothing.MARSHALLER, Nothing.MARSHALLER)
                .setType(MethodType.UNARY)
                .setFullMethodName(name)
                .build();
        return link.call(method, Nothing.NOTHING, target);
    }

    @Override
    public CompletableFuture<HealthResult> ask(GrpcLink link, HealthTarget target) {
        Address server = link.server(target);
        return GrpcQuestion.judged(
                call(link, target),
                answered -> HealthResult.healthy("%s answered at %s".formatted(name, server)),
                failure -> HealthResult.unhealthy(
                        failure.code() == Status.Code.UNIMPLEMENTED
                                ? "%s does not offer %s".formatted(server, name)
                                : failure.getMessage()));
    }

    @Override
    public String toString() {
        return name;
    }

    /** A message of no bytes, which every message type can be read from. */
    enum Nothing {
        NOTHING;

        private static final MethodDescriptor.Marshaller<Nothing> MARSHALLER = new MethodDescriptor.Marshaller<>() {
            @Override
            public InputStream stream(Nothing none) {
                return new ByteArrayInputStream(new byte[0]);
            }

            @Override
            public Nothing parse(InputStream ignored) {
                return NOTHING;
            }
        };
    }
}
