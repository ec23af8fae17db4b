package io.hsu.testkit;

import io.hsu.ProcessStartException;
import io.hsu.internal.launch.LaunchListener;
import io.hsu.internal.launch.LaunchRequest;
import io.hsu.internal.launch.LaunchedProcess;
import io.hsu.internal.launch.Launcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** Launches {@link FakeProcess fake processes}. Not safe for use by many threads. */
public final class FakeLauncher implements Launcher {

    private final Map<String, List<FakeProcess>> launches = new HashMap<>();
    private final Map<String, ProcessStartException.Reason> failures = new HashMap<>();
    private final List<LaunchRequest> commands = new ArrayList<>();
    private final List<FakeProcess> runningCommands = new ArrayList<>();
    private boolean commandsHang;
    private Consumer<FakeProcess> onLaunch = process -> {};
    private ToIntFunction<List<String>> commandExit = command -> 0;
    private long nextPid = 1000;

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public boolean canPause() {
        return true;
    }

    @Override
    public boolean canBeNotified() {
        return true;
    }

    @Override
    public LaunchedProcess launch(LaunchRequest request, LaunchListener listener) {
        FakeProcess process = new FakeProcess(nextPid++, request, listener);
        if (request.beside()) {
            commands.add(request);
            runningCommands.add(process);
            if (!commandsHang) {
                process.exit(commandExit.applyAsInt(request.command()));
            } else {
                process.print("still at it");
            }
            return process;
        }
        String id = request.spec().id();
        ProcessStartException.Reason failure = failures.get(id);
        if (failure != null) {
            throw new ProcessStartException(
                    id, failure, "process '%s' cannot be started: %s".formatted(id, failure), List.of(), null);
        }
        launches.computeIfAbsent(id, any -> new ArrayList<>()).add(process);
        onLaunch.accept(process);
        return process;
    }

    /** Lets every launch of a process fail; null: lets it succeed again. */
    public void fail(String id, ProcessStartException.Reason reason) {
        failures.put(id, reason);
    }

    /** Does something with every process that is launched, before anyone else sees it. */
    public void onLaunch(Consumer<FakeProcess> action) {
        onLaunch = action;
    }

    /** Sets the exit code of commands that run beside a process. */
    public void commandExit(ToIntFunction<List<String>> exit) {
        commandExit = exit;
    }

    /** Lets commands that run beside a process write a line, and go on for ever. */
    public void commandsHang() {
        commandsHang = true;
    }

    /** {@return every launch of a process, in order} */
    public List<FakeProcess> launches(String id) {
        return launches.getOrDefault(id, List.of());
    }

    /** {@return the latest launch of a process} */
    public FakeProcess latest(String id) {
        List<FakeProcess> all = launches(id);
        return all.get(all.size() - 1);
    }

    /** {@return what was run beside processes} */
    public List<LaunchRequest> commandRequests() {
        return List.copyOf(commands);
    }

    /** {@return of each command that was run beside processes, whether it lives still} */
    public List<Boolean> commandsAlive() {
        return runningCommands.stream().map(FakeProcess::isAlive).toList();
    }

    /** {@return the commands that were run beside processes} */
    public List<List<String>> commands() {
        return commands.stream().map(LaunchRequest::command).toList();
    }
}
