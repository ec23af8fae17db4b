package io.hsu.health;

import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.SingleThreadIoEventLoop;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.ThreadFactory;

/**
 * The one thread that all gRPC connections share. It is a daemon, begins with the first connection and ends with the last; so
 * there is nothing to close.
 */
final class EventLoop {

    private static final ThreadFactory THREADS = task -> {
        Thread thread = new Thread(task, "hsu-grpc-check");
        thread.setDaemon(true);
        return thread;
    };

    private static final SingleThreadIoEventLoop LOOP =
            new SingleThreadIoEventLoop(null, THREADS, NioIoHandler.newFactory());

    static EventLoopGroup shared() {
        return LOOP;
    }

    /**
     * A connection has been let go. Once there is none, nor a task or timer, the loop lets its thread go; it counts them itself,
     * and takes a thread again when something comes. Said in the loop, since it looks whether it can when it has done something.
     */
    static void released() {
        LOOP.execute(LOOP::trySuspend);
    }

    private EventLoop() {}
}
