package io.hsu.internal.health;

import io.hsu.ExitStatus;
import io.hsu.internal.Require;
import io.hsu.spi.CommandResult;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthCheckProvider;
import io.hsu.spi.HealthResult;
import io.hsu.spi.HealthTarget;
import io.hsu.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A command ends with code 0. */
public record ExecHealthCheck(List<String> command) implements HealthCheck {

    @Override
    public CompletionStage<HealthResult> check(HealthTarget target) {
        CompletableFuture<CommandResult> run = target.run(command);
        CompletableFuture<HealthResult> result = run.thenApply(this::judge);
        // Cancelling what thenApply returns would leave the command running.
        result.whenComplete((done, failed) -> run.cancel(true));
        return result;
    }

    private HealthResult judge(CommandResult result) {
        if (result.status().equals(new ExitStatus.Exited(0))) {
            return HealthResult.healthy("%s exited with code 0".formatted(command.get(0)));
        }
        String output = result.output().isEmpty() ? "" : ": " + String.join(" | ", result.output());
        return HealthResult.unhealthy("%s %s%s".formatted(command.get(0), result.status(), output));
    }

    @Override
    public String toString() {
        return "exec " + String.join(" ", command);
    }

    /** Provides {@code exec}. */
    public static final class Provider implements HealthCheckProvider {
        @Override
        public String type() {
            return "exec";
        }

        @Override
        public HealthCheck create(Settings settings) {
            List<String> command = new ArrayList<>();
            command.add(Require.nonBlank(settings.requiredString("command"), "command"));
            command.addAll(settings.strings("args"));
            return new ExecHealthCheck(List.copyOf(command));
        }
    }
}
