package io.hsu.health;

import io.grpc.Status;
import io.hsu.health.HealthMessages.ServingStatus;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import java.util.concurrent.CompletableFuture;

/**
 * What a server says of a service by {@code grpc.health.v1}.
 *
 * @param name the service; "" is the server as a whole
 */
record ServiceHealth(String name) implements GrpcQuestion {

    static final ServiceHealth OF_SERVER = new ServiceHealth("");

    private static final String CHECK = "grpc.health.v1.Health/Check";

    @Override
    public CompletableFuture<HealthResult> ask(GrpcLink link, HealthTarget target) {
        Address server = link.server(target);
        return GrpcQuestion.judged(
                link.call(CHECK, HealthMessages.request(name), target),
                response -> found(HealthMessages.status(response), server),
                failure -> HealthResult.unhealthy(words(failure, server)));
    }

    private HealthResult found(ServingStatus status, Address server) {
        if (status == ServingStatus.SERVICE_UNKNOWN) {
            return HealthResult.unhealthy(unknown(server));
        }
        String reason = "%s from %s%s".formatted(status, server, name.isEmpty() ? "" : " for service '" + name + "'");
        return new HealthResult(status == ServingStatus.SERVING, reason);
    }

    private String words(GrpcCallException failure, Address server) {
        if (failure.code() == Status.Code.NOT_FOUND) {
            return unknown(server);
        }
        return failure.code() == Status.Code.UNIMPLEMENTED
                ? "%s does not offer grpc.health.v1.Health; add that service to it, or name a method that it offers"
                        .formatted(server)
                : failure.getMessage();
    }

    private String unknown(Address server) {
        return name.isEmpty()
                ? "%s says nothing of its health as a whole; name a service".formatted(server)
                : "%s does not know service '%s'".formatted(server, name);
    }

    @Override
    public String toString() {
        return name.isEmpty() ? "" : "service '" + name + "'";
    }
}
