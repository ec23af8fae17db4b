package io.hsu.health;

import io.hsu.LogLine;
import io.hsu.spi.CommandResult;
import io.hsu.spi.HealthTarget;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** A launch of which a check needs to know nothing but the time it has, where it may block, and perhaps the port. */
record AnyTarget(Duration timeout, OptionalInt port, Executor blockingExecutor) implements HealthTarget {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "blocking");
        thread.setDaemon(true);
        return thread;
    });

    /** Blocks nowhere. */
    AnyTarget(Duration timeout) {
        this(timeout, OptionalInt.empty(), task -> {
            throw new AssertionError("nothing blocks");
        });
    }

    /** One that may block. */
    static AnyTarget blocking(Duration timeout) {
        return new AnyTarget(timeout, OptionalInt.empty(), THREADS);
    }

    /** One of an integrated process. */
    static AnyTarget at(int port) {
        return new AnyTarget(Duration.ofSeconds(10), OptionalInt.of(port), THREADS);
    }

    @Override
    public String processId() {
        return "api";
    }

    @Override
    public long launch() {
        return 1;
    }

    @Override
    public long pid() {
        return 4711;
    }

    @Override
    public boolean isAlive() {
        return true;
    }

    @Override
    public void onOutput(Consumer<LogLine> listener) {
        throw new AssertionError("no output");
    }

    @Override
    public CompletableFuture<CommandResult> run(List<String> command) {
        throw new AssertionError("no command");
    }
}
