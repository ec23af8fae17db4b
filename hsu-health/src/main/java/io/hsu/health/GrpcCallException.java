package io.hsu.health;

import io.grpc.Status;

/** Why a call came to nothing, in words. */
final class GrpcCallException extends Exception {

    private static final long serialVersionUID = 1;

    /** What gRPC itself says, as a server might. */
    private static final String CLOSED = "Network closed for unknown reason";

    private final Status.Code code;

    private GrpcCallException(String message, Status status) {
        super(message, status.getCause());
        this.code = status.getCode();
    }

    static GrpcCallException of(Status status, Address server, GrpcHeaders headers) {
        return new GrpcCallException(words(status, server, headers), status);
    }

    private static String words(Status status, Address server, GrpcHeaders headers) {
        if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
            return "no answer from %s in time".formatted(server);
        }
        if (status.getCause() != null) {
            return "no answer from %s: %s".formatted(server, Failures.words(status.getCause()));
        }
        String said = status.getDescription();
        if (CLOSED.equals(said)) {
            return "no answer from %s: the connection was closed in the middle of it".formatted(server);
        }
        return "%s from %s%s"
                .formatted(status.getCode(), server, said == null ? "" : ": " + Failures.oneLine(headers.masked(said)));
    }

    Status.Code code() {
        return code;
    }
}
