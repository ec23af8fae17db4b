package io.hsu.benchmarks.spawn;

import io.hsu.LauncherType;
import io.hsu.ProcessEvent;
import io.hsu.ProcessManager;
import io.hsu.Restart;
import java.util.concurrent.Semaphore;

/** HSU, from the call of {@code start} on a registered process to the event of its exit. */
final class HsuSpawner implements SpawnContender {

    private static final String ID = "true";

    private final Semaphore exits = new Semaphore(0);
    private final ProcessManager manager;
    private volatile long told;

    HsuSpawner(String program, LauncherType launcher, boolean capture) {
        this.manager = ProcessManager.builder()
                .launcher(launcher)
                .process(
                        ID,
                        process -> process.command(program)
                                .restart(Restart.never())
                                .output(output -> output.captureStdout(capture).captureStderr(capture)))
                .listener(this::heard)
                .build();
    }

    /** {@return one whose manager keeps no control groups} */
    static HsuSpawner withoutControlGroups(String program) {
        System.setProperty("hsu.cgroups", "off"); // read when a manager is built
        try {
            return new HsuSpawner(program, LauncherType.AUTO, false);
        } finally {
            System.clearProperty("hsu.cgroups");
        }
    }

    private void heard(ProcessEvent event) {
        if (event instanceof ProcessEvent.ProcessExited) {
            told = System.nanoTime();
            exits.release();
        }
    }

    @Override
    public long spawn() throws InterruptedException {
        manager.start(ID);
        exits.acquire();
        return told;
    }

    @Override
    public void close() {
        manager.close();
    }
}
