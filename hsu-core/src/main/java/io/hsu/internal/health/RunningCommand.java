package io.hsu.internal.health;

import io.hsu.spi.CommandResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** How a command ends that was begun beside a process, and what it has written until then. */
public final class RunningCommand extends CompletableFuture<CommandResult> {

    private final Supplier<List<String>> output;

    /** @param output gives the last lines so far */
    public RunningCommand(Supplier<List<String>> output) {
        this.output = output;
    }

    /** {@return the last lines so far} */
    List<String> outputSoFar() {
        return output.get();
    }
}
