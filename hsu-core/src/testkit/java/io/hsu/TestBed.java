package io.hsu;

import io.hsu.internal.engine.EngineRuntime;
import io.hsu.testkit.FakeLauncher;
import io.hsu.testkit.ManualExecutor;
import io.hsu.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A manager without threads, real time or real processes: everything happens in the test's thread, in the order it is
 * asked for, and time moves when the test moves it.
 */
public final class TestBed {

    public final ManualTime time = new ManualTime();
    public final ManualExecutor executor = new ManualExecutor();
    public final FakeLauncher launcher = new FakeLauncher();
    public final List<ProcessEvent> events = new ArrayList<>();
    /** Where chance falls. */
    public double random;
    /** Whether calls to the operating system never return. */
    public boolean systemHangs;

    /** {@return a builder whose manager lives in this test bed} */
    public ProcessManagerBuilder builder() {
        return ProcessManager.builder()
                .listener(events::add)
                .seams(() -> new EngineRuntime(
                        time, time, executor, this::callSystem, this::callSystem, executor, launcher, () -> random, () -> {}));
    }

    private void callSystem(Runnable task) {
        if (!systemHangs) {
            executor.execute(task);
        }
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
