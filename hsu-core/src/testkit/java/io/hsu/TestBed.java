package io.hsu;

import io.hsu.internal.engine.EngineRuntime;
import io.hsu.internal.launch.Ports;
import io.hsu.testkit.FakeLauncher;
import io.hsu.testkit.FakeMonitor;
import io.hsu.testkit.ManualExecutor;
import io.hsu.testkit.ManualTime;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A manager without threads, real time or real processes: everything happens in the test's thread, in the order it is
 * asked for, and time moves when the test moves it.
 */
public final class TestBed {

    public final ManualTime time = new ManualTime();
    public final ManualExecutor executor = new ManualExecutor();
    public final FakeLauncher launcher = new FakeLauncher();
    /** Ports that are taken on this machine; a process is given 40001 or the next one that is free. */
    public final Set<Integer> takenPorts = new HashSet<>();

    /** How often a port was looked for. */
    public int portLooks;

    private final Ports ports = new Ports(this::findPort);
    private int lastPort = 40_000;
    public final List<ProcessEvent> events = new ArrayList<>();
    /** What processes use. */
    public final FakeMonitor monitor = new FakeMonitor();
    /** Where chance falls. */
    public double random;
    /** Whether calls to the operating system never return. */
    public boolean systemHangs;
    /** Whether there are no threads to be had for code that is not ours. */
    public boolean noThreads;

    /** {@return a builder whose manager lives in this test bed} */
    public ProcessManagerBuilder builder() {
        return ProcessManager.builder()
                .listener(events::add)
                .resourceMonitor(monitor)
                .seams(() -> new EngineRuntime(
                        time, time, executor, this::callSystem, this::callSystem, this::callOutside, launcher, ports, () -> random, () -> {}));
    }

    private int findPort(int wanted) throws IOException {
        portLooks++;
        int port = wanted == 0 ? ++lastPort : wanted;
        if (takenPorts.contains(port)) {
            throw new BindException("port " + port + " is taken");
        }
        return port;
    }

    private void callSystem(Runnable task) {
        if (!systemHangs) {
            executor.execute(task);
        }
    }

    private void callOutside(Runnable task) {
        if (noThreads) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        executor.execute(task);
    }

    /** Moves time on; what falls due on the way is done at its time. */
    public void advance(Duration duration) {
        time.advance(duration, executor::runAll);
    }

    /** {@return the events of one kind, in order} */
    public <E extends ProcessEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
