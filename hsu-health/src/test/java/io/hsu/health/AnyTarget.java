package io.hsu.health;

import io.hsu.LogLine;
import io.hsu.spi.CommandResult;
import io.hsu.spi.HealthTarget;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A launch of which an HTTP check needs to know nothing but the time it has. */
record AnyTarget(Duration timeout) implements HealthTarget {
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
    public OptionalInt port() {
        return OptionalInt.empty();
    }

    @Override
    public void onOutput(Consumer<LogLine> listener) {
        throw new AssertionError("no output");
    }

    @Override
    public Executor blockingExecutor() {
        throw new AssertionError("nothing blocks");
    }

    @Override
    public CompletableFuture<CommandResult> run(List<String> command) {
        throw new AssertionError("no command");
    }
}
