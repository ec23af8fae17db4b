package io.hsu.internal.launch;

import io.hsu.ExitStatus;
import io.hsu.LimitStatus;
import io.hsu.ProcessStartException;
import io.hsu.ProcessStartException.Reason;
import io.hsu.StreamKind;
import io.hsu.internal.time.Timer;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Launches with what every JDK has: {@link ProcessBuilder} and {@link ProcessHandle}, a thread per captured stream and one per
 * process that waits for its exit.
 *
 * <p>Two things go beyond {@code ProcessBuilder}. Each launch carries a mark in its environment, by which what came out of
 * it is found again after its parents are gone (Linux). And where the {@code setsid} command exists, the child gets a
 * session of its own, so that a Ctrl-C in the terminal reaches the manager and not its children.
 */
public final class PortableLauncher implements Launcher {

    private static final Logger log = LoggerFactory.getLogger(PortableLauncher.class);

    private final LaunchMark marks = new LaunchMark();
    private final Timer timer;
    private final ThreadFactory threads;
    private final List<String> sessionPrefix;

    public PortableLauncher(Timer timer, ThreadFactory threads) {
        this.timer = timer;
        this.threads = threads;
        this.sessionPrefix = findSetsid();
    }

    @Override
    public String name() {
        return "portable";
    }

    @Override
    public LaunchedProcess launch(LaunchRequest request, LaunchListener listener) {
        LaunchCommand command = LaunchCommand.of(request);
        String mark = marks.next();
        Process process = spawn(command, mark);
        PortableProcess launched = new PortableProcess(process, mark, limits(request));
        List<OutputPump> pumps = new ArrayList<>();
        if (command.captureStdout()) {
            pumps.add(new OutputPump(StreamKind.STDOUT, process.getInputStream(), listener));
        }
        if (command.captureStderr()) {
            pumps.add(new OutputPump(StreamKind.STDERR, process.getErrorStream(), listener));
        }
        try {
            pumps.forEach(pump -> pump.start(threads, command.processId()));
            watch(command, process, pumps, listener);
        } catch (Error e) {
            process.destroyForcibly(); // no thread is to be had that could look after it
            throw refused(command, e);
        }
        return launched;
    }

    /** {@return how its limits are held: nothing is asked of the kernel, since Java has no means to} */
    private List<LimitStatus> limits(LaunchRequest request) {
        return request.limits().stream()
                .map(limit -> LimitRules.status(limit, support(limit, request.limits())))
                .toList();
    }

    private Process spawn(LaunchCommand command, String mark) {
        List<String> line = new ArrayList<>(sessionPrefix);
        line.add(command.executable().toString());
        line.addAll(command.command().subList(1, command.command().size()));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(command.workingDirectory().toFile())
                .redirectInput(Redirect.from(nullDevice()))
                .redirectOutput(command.captureStdout() ? Redirect.PIPE : Redirect.DISCARD)
                .redirectError(command.captureStderr() ? Redirect.PIPE : Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(command.environment());
        environment.merge(LaunchMark.VARIABLE, mark, (outer, ours) -> outer + LaunchMark.SEPARATOR + ours);
        try {
            return builder.start();
        } catch (IOException e) {
            throw refused(command, e);
        }
    }

    private static ProcessStartException refused(LaunchCommand command, Throwable e) {
        return new ProcessStartException(
                command.processId(),
                Reason.SPAWN_FAILED,
                "process '%s' cannot be started: the system refused to launch '%s': %s"
                        .formatted(command.processId(), command.executable(), e.getMessage()),
                List.of(),
                e);
    }

    /** In a thread of its own: {@link Process#onExit} answers on the common pool, and the host may keep that busy. */
    private void watch(LaunchCommand command, Process process, List<OutputPump> pumps, LaunchListener listener) {
        Thread thread = threads.newThread(() -> {
            ExitStatus status = exitStatus(awaitExit(process));
            ExitNotice.after(pumps, timer).join(); // so that what follows is done here, not on the timer's thread
            listener.exited(status, null);
        });
        thread.setName("hsu-exit-" + command.processId());
        thread.start();
    }

    private static int awaitExit(Process process) {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                log.debug("pid {}: nobody should interrupt this thread; it waits on", process.pid());
            }
        }
    }

    /** Java tells a death by signal n as the exit code 128+n, as shells do: told apart from a code it cannot be. */
    private static ExitStatus exitStatus(int code) {
        boolean signal = code > 128 && code <= 128 + 64 && !OperatingSystem.WINDOWS;
        return signal ? new ExitStatus.Killed(code - 128) : new ExitStatus.Exited(code);
    }

    private static File nullDevice() {
        return new File(OperatingSystem.WINDOWS ? "NUL" : "/dev/null");
    }

    /** As a prefix, setsid replaces itself with the command: the process id stays the same. */
    private static List<String> findSetsid() {
        if (!OperatingSystem.LINUX) {
            return List.of();
        }
        String searchPath = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        for (String directory : searchPath.split(":", -1)) {
            Path candidate = directory.isEmpty() ? null : ExecutableResolver.in(directory, "setsid");
            if (candidate != null && Files.isExecutable(candidate)) {
                return List.of(candidate.toString());
            }
        }
        log.info("there is no setsid command: children share the manager's session, and a Ctrl-C reaches them too");
        return List.of();
    }
}
