package io.hsu.benchmarks.stress;

import io.hsu.LauncherType;
import io.hsu.ProcessEvent;
import io.hsu.ProcessManager;
import io.hsu.ProcessManagerBuilder;
import io.hsu.ProcessStatus;
import io.hsu.Restart;
import io.hsu.benchmarks.support.Cleanup;
import io.hsu.benchmarks.support.Programs;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Children of one manager, all killed at once. */
final class Massacre implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Long enough for an exit that is told twice to be told again. */
    private static final Duration ENCORE = Duration.ofSeconds(2);

    private final ProcessManager manager;
    private final Cleanup cleanup;
    private final Map<String, Integer> exits = new ConcurrentHashMap<>();
    private final CountDownLatch outstanding;
    private final AtomicLong dropped = new AtomicLong();
    private volatile long lastExit;

    /**
     * What came of it.
     *
     * @param toldOnce children whose exit was told exactly once
     * @param toldAgain children whose exit was told more often
     * @param dropped events that the listener has missed
     * @param killing the time that the command took which kills them
     * @param lastExit the time from the start of that command to the last exit event
     */
    record Outcome(long toldOnce, long toldAgain, long dropped, Duration killing, Duration lastExit) {}

    Massacre(int children, LauncherType launcher) {
        outstanding = new CountDownLatch(children);
        String sleep = Programs.require("sleep").toString();
        ProcessManagerBuilder builder = ProcessManager.builder().listener(this::heard);
        for (int i = 0; i < children; i++) {
            builder.process(
                    "child-" + i,
                    child -> child.command(sleep, "100000")
                            .restart(Restart.never())
                            .output(output -> output.captureStdout(false).captureStderr(false))
                            .startTimeout(PATIENCE));
        }
        manager = builder.launcher(launcher).build();
        cleanup = new Cleanup(() -> manager.shutdownAsync(Duration.ZERO).join());
    }

    private void heard(ProcessEvent event) {
        if (event instanceof ProcessEvent.ProcessExited exited) {
            lastExit = System.nanoTime();
            exits.merge(exited.processId(), 1, Integer::sum);
            outstanding.countDown();
        } else if (event instanceof ProcessEvent.EventsDropped missed) {
            dropped.addAndGet(missed.count());
        }
    }

    Outcome commit() throws IOException, InterruptedException {
        manager.start();
        List<String> kill = killCommand();
        long firstKill = System.nanoTime();
        new ProcessBuilder(kill).inheritIO().start().waitFor();
        long lastKill = System.nanoTime();
        outstanding.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Thread.sleep(ENCORE.toMillis());
        long toldOnce = exits.values().stream().filter(times -> times == 1).count();
        return new Outcome(
                toldOnce,
                exits.size() - toldOnce,
                dropped.get(),
                Duration.ofNanos(lastKill - firstKill),
                Duration.ofNanos(lastExit - firstKill));
    }

    /** One call for all: {@link ProcessHandle} looks into {@code /proc} before each kill. */
    private List<String> killCommand() {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "kill -KILL \"$@\"", "kill"));
        for (ProcessStatus status : manager.list()) {
            command.add(Long.toString(status.pid().orElseThrow()));
        }
        return command;
    }

    @Override
    public void close() {
        cleanup.close();
    }
}
