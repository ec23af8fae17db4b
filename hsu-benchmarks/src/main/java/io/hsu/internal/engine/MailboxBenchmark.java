package io.hsu.internal.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Messages through a mailbox, from the first one posted to the last one done, beside an executor with a thread of its own.
 *
 * <p>It stands in the engine's package because the mailbox is nobody else's; on the class path a package may be split.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MailboxBenchmark {

    private static final int MESSAGES = 10_000;

    /** As many threads as the engine has for all mailboxes together. */
    private static final int ENGINE_THREADS = 2;

    /** Who runs the messages: {@code mailbox} or {@code executor}. */
    @Param({"mailbox", "executor"})
    public String runner;

    private ExecutorService threads;
    private Executor executor;
    /** Written by messages only; it keeps them from being nothing. */
    private long done;

    /** Makes the threads. */
    @Setup(Level.Trial)
    public void open() {
        boolean mailbox = runner.equals("mailbox");
        threads = mailbox ? Executors.newFixedThreadPool(ENGINE_THREADS) : Executors.newSingleThreadExecutor();
        executor = mailbox ? new Mailbox(threads, "benchmark") : threads;
    }

    /** Ends the threads. */
    @TearDown(Level.Trial)
    public void close() {
        threads.shutdown();
    }

    /** One thread posts, and waits for the last message. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long messages() throws InterruptedException {
        CountDownLatch last = new CountDownLatch(1);
        for (int i = 1; i < MESSAGES; i++) {
            executor.execute(() -> done++);
        }
        executor.execute(last::countDown);
        last.await();
        return done;
    }
}
