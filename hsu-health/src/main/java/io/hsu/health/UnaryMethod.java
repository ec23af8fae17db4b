package io.hsu.health;

import io.grpc.Status;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
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

    /** Calls it. Every type of message can be read from no bytes. */
    CompletableFuture<byte[]> call(GrpcLink link, HealthTarget target) {
        return link.call(name, new byte[0], target);
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
}
