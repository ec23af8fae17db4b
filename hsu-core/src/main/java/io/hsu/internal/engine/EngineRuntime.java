package io.hsu.internal.engine;

import io.hsu.LauncherType;
import io.hsu.internal.launch.Launcher;
import io.hsu.internal.launch.Launchers;
import io.hsu.internal.launch.Ports;
import io.hsu.internal.time.Clock;
import io.hsu.internal.time.SystemTimer;
import io.hsu.internal.time.Timer;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;

/**
 * Time, threads and the launcher of one manager.
 *
 * @param clock what time it is
 * @param timer what happens later
 * @param engine where mailboxes are worked off; nothing on it may block
 * @param launching where processes and commands are launched; a launch that hangs holds up launches only
 * @param system where other calls to the operating system are made that take milliseconds
 * @param outside where everything else runs that is not ours: listeners, futures' dependants, blocking health checks
 * @param launcher what makes processes
 * @param ports finds ports for those who take part
 * @param random chance, 0 to 1
 * @param onClose ends the threads
 */
public record EngineRuntime(
        Clock clock,
        Timer timer,
        Executor engine,
        Executor launching,
        Executor system,
        Executor outside,
        Launcher launcher,
        Ports ports,
        DoubleSupplier random,
        Runnable onClose)
        implements AutoCloseable {

    private static final int ENGINE_THREADS = 2;
    private static final long IDLE_SECONDS = 5;

    static EngineRuntime ofSystem(LauncherType launcherType) {
        SystemTimer timer = new SystemTimer(daemons("hsu-timer"));
        ExecutorService engine = pool(ENGINE_THREADS, daemons("hsu-engine"));
        ExecutorService launching =
                pool(Math.max(2, Runtime.getRuntime().availableProcessors()), Lending.threads("hsu-launch"));
        ExecutorService system = pool(Math.max(2, Runtime.getRuntime().availableProcessors()), daemons("hsu-system"));
        ThreadPoolExecutor outside = (ThreadPoolExecutor) Executors.newCachedThreadPool(daemons("hsu-outside"));
        outside.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        Launcher launcher;
        try {
            launcher = Launchers.open(launcherType, timer, Clock.system(), Lending.threads("hsu-reactor"), outside);
        } catch (RuntimeException | Error e) {
            timer.close();
            throw e;
        }
        return new EngineRuntime(
                Clock.system(),
                timer,
                Lending.mailboxes(engine),
                Lending.launches(launching),
                system,
                outside,
                launcher,
                Ports.ofSystem(),
                () -> ThreadLocalRandom.current().nextDouble(),
                () -> {
                    launcher.close();
                    timer.close();
                    engine.shutdown();
                    launching.shutdown();
                    system.shutdown();
                    outside.shutdown();
                });
    }

    @Override
    public void close() {
        onClose.run();
    }

    /** So many threads at the most, and none when there is nothing to do. */
    private static ExecutorService pool(int threads, ThreadFactory factory) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
