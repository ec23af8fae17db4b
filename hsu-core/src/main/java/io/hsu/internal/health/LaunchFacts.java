package io.hsu.internal.health;

import io.hsu.internal.launch.LaunchedProcess;
import io.hsu.internal.log.LaunchOutput;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What all checks of one launch, and whoever asks it to stop, know of it.
 *
 * @param process the launched process; gives null before there is one
 * @param notifications what the process says of itself; null if it has nothing to say it by
 * @param blocking where code that is not ours may block
 * @param commands runs a command beside the process
 */
public record LaunchFacts(
        String processId,
        long launch,
        OptionalInt port,
        Supplier<LaunchedProcess> process,
        LaunchOutput output,
        Notifications notifications,
        Executor blocking,
        Function<List<String>, RunningCommand> commands) {}
