package io.hsu.internal.launch;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hsu.ProcessSpec;
import io.hsu.ProcessSpecBuilder;
import io.hsu.ProcessStartException;
import io.hsu.Signal;
import io.hsu.internal.time.SystemTimer;
import io.hsu.internal.time.Timer;
import io.hsu.testkit.Marked;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every launcher promises, with real processes. The parts of the contract extend this; a launcher's test extends
 * each of them. After each test, whatever the launcher still counts to its launches is killed, and nothing may be left:
 * that too is part of the contract.
 */
@DisabledOnOs(OS.WINDOWS)
abstract class LauncherContract {

    @TempDir
    Path directory;

    final Marked marked = new Marked();
    private final List<Launch> launches = new ArrayList<>();
    private SystemTimer timer;
    private Launcher launcher;

    /** {@return the launcher that is put to the test} */
    abstract Launcher create(Timer timer, ThreadFactory threads);

    @BeforeEach
    void open() {
        timer = new SystemTimer(LauncherContract::daemon);
        launcher = create(timer, LauncherContract::daemon);
    }

    @AfterEach
    void nothingIsLeft() {
        try {
            soon("the end of all processes").untilAsserted(() -> {
                launches.forEach(
                        launch -> launch.signalAll(Signal.KILL)); // again: one may have been born since the look
                assertEquals(Set.of(), marked.alive());
            });
            launches.forEach(Launch::exit);
        } finally {
            marked.killAll();
            launcher.close();
            timer.close();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "contract");
        thread.setDaemon(true);
        return thread;
    }

    /** {@return the one that is put to the test} */
    final Launcher tested() {
        return launcher;
    }

    /** Launches a process that may be changed before. */
    final Launch launch(Consumer<ProcessSpecBuilder> change) {
        return launch(change, newLaunch(new CountDownLatch(0)));
    }

    /** Launches a shell script whose output is not taken before a gate is open. */
    final Launch heldUp(CountDownLatch gate, String script, String... arguments) {
        return launch(p -> p.command(shell(script, arguments)), newLaunch(gate));
    }

    /** {@return a launch that is to be made} */
    Launch newLaunch(CountDownLatch gate) {
        return new Launch(gate);
    }

    private Launch launch(Consumer<ProcessSpecBuilder> change, Launch launch) {
        return launch(LaunchRequest.of(spec(change)), launch);
    }

    /** Launches what is asked for. */
    final Launch launch(LaunchRequest request) {
        return launch(request, newLaunch(new CountDownLatch(0)));
    }

    private Launch launch(LaunchRequest request, Launch launch) {
        launch.begun(launcher.launch(request, launch));
        launches.add(launch);
        return launch;
    }

    /** Launches a command as one that runs beside a process. */
    final Launch beside(Consumer<ProcessSpecBuilder> change, List<String> command) {
        return launch(LaunchRequest.of(spec(change)).beside(command), newLaunch(new CountDownLatch(0)));
    }

    /** Launches a shell script. */
    final Launch sh(String script, String... arguments) {
        return launch(p -> p.command(shell(script, arguments)));
    }

    static List<String> shell(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** {@return why a launch is refused} */
    final ProcessStartException refusal(Consumer<ProcessSpecBuilder> change) {
        return assertThrows(ProcessStartException.class, () -> launch(change));
    }

    final ProcessSpec spec(Consumer<ProcessSpecBuilder> change) {
        ProcessSpecBuilder builder = ProcessSpec.builder("api").environment(Marked.VARIABLE, marked.mark());
        change.accept(builder);
        return builder.build();
    }
}
