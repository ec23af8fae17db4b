package io.hsu.health;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.hsu.spi.HealthTarget;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a gRPC server: made when it is first needed, kept from call to call, made anew after a call that has failed.
 * Safe for use by many threads.
 */
final class GrpcLink {

    private final GrpcEndpoint endpoint;
    private final GrpcHeaders headers;
    private ManagedChannel channel; // guarded by this; null while there is none
    private boolean closed; // guarded by this

    GrpcLink(GrpcEndpoint endpoint, GrpcHeaders headers) {
        this.endpoint = endpoint;
        this.headers = headers;
    }

    /** {@return what is called} */
    Address server(HealthTarget target) {
        return endpoint.addressFor(target);
    }

    /**
     * Calls a method, for the target's timeout at the most.
     *
     * @param method its full name
     * @param question the request, as bytes
     * @return the answer, or a {@link GrpcCallException}; cancelling it cancels the call
     */
    CompletableFuture<byte[]> call(String method, byte[] question, HealthTarget target) {
        Deadline deadline = Deadline.after(target.timeout().toNanos(), TimeUnit.NANOSECONDS);
        Call call = new Call(RawMessages.unary(method), question, target, deadline);
        ManagedChannel open = current();
        if (open != null) {
            call.onKeptConnection = true;
            call.begin(open);
        } else {
            // A name may take its time to be looked up, what the JDK trusts to be loaded.
            target.blockingExecutor().execute(call::begin);
        }
        return call.result;
    }

    private synchronized ManagedChannel current() {
        if (closed) {
            throw new IllegalStateException("the launch is over");
        }
        return channel;
    }

    private synchronized ManagedChannel open(HealthTarget target) {
        if (current() == null) {
            channel = endpoint.open(target);
        }
        return channel;
    }

    /** After a failure, a channel would go on with a connection that may be dead, or wait before it tries another one. */
    private synchronized void drop(ManagedChannel failed) {
        if (channel == failed) {
            letGo();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    synchronized void close() {
        closed = true;
        letGo();
    }

    private void letGo() {
        if (channel != null) {
            channel.shutdownNow();
            channel = null;
            EventLoop.released();
        }
    }

    private final class Call implements StreamObserver<byte[]> {
        private final MethodDescriptor<byte[], byte[]> method;
        private final byte[] question;
        private final HealthTarget target;
        private final Address server;
        private final Deadline deadline;
        private final CompletableFuture<byte[]> result = new CompletableFuture<>();
        private volatile boolean onKeptConnection;
        private ManagedChannel channel;
        private byte[] answer;

        Call(MethodDescriptor<byte[], byte[]> method, byte[] question, HealthTarget target, Deadline deadline) {
            this.method = method;
            this.question = question;
            this.target = target;
            this.server = server(target);
            this.deadline = deadline;
        }

        void begin() {
            try {
                // gRPC would report an unknown host in the log of the host application, with a stack trace for each
                // look.
                InetAddress.getByName(server.host());
                begin(open(target));
            } catch (UnknownHostException e) {
                fail(Status.UNAVAILABLE.withCause(e));
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        }

        void begin(ManagedChannel open) {
            channel = open;
            ClientCall<byte[], byte[]> call = ClientInterceptors.intercept(
                            open, MetadataUtils.newAttachHeadersInterceptor(headers.metadata()))
                    .newCall(method, CallOptions.DEFAULT.withDeadline(deadline));
            ClientCalls.asyncUnaryCall(call, question, this);
            result.whenComplete((answered, failure) -> {
                if (failure != null) {
                    call.cancel("nobody waits for it any more", failure);
                }
            });
        }

        @Override
        public void onNext(byte[] only) {
            answer = only;
        }

        @Override
        public void onError(Throwable failure) {
            Status status = Status.fromThrowable(failure);
            if (mayBeDead(status)) {
                drop(channel);
            }
            if (onKeptConnection && status.getCode() == Status.Code.UNAVAILABLE && !isClosed()) {
                onKeptConnection = false; // the server may have been started anew since: that it went says nothing
                again(status);
            } else {
                fail(status);
            }
        }

        private void again(Status before) {
            try {
                target.blockingExecutor().execute(this::begin);
            } catch (RejectedExecutionException e) {
                fail(before);
            }
        }

        /** Other statuses are answers: the connection is as good as before. */
        private static boolean mayBeDead(Status status) {
            return switch (status.getCode()) {
                case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, UNKNOWN, INTERNAL -> true;
                default -> status.getCause() != null;
            };
        }

        private void fail(Status status) {
            result.completeExceptionally(GrpcCallException.of(status, server, headers));
        }

        @Override
        public void onCompleted() {
            result.complete(answer);
        }
    }
}
