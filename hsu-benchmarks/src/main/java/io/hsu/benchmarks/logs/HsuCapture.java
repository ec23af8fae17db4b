package io.hsu.benchmarks.logs;

import com.sun.management.OperatingSystemMXBean;
import io.hsu.OutputCapture;
import io.hsu.OutputSpec;
import io.hsu.ProcessEvent;
import io.hsu.ProcessManager;
import io.hsu.ProcessManagerBuilder;
import io.hsu.Restart;
import io.hsu.benchmarks.support.CannotMeasureException;
import io.hsu.benchmarks.support.Programs;
import io.hsu.benchmarks.support.Session;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** HSU in this JVM: from the call of {@code start}, a manager for each round. */
final class HsuCapture implements Capture {

    private static final String ID = "child";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Of an exit that was told before everything is written. */
    private static final Duration PATIENCE_AFTER_EXIT = Duration.ofSeconds(10);

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final String key;
    private final String title;
    private final OutputCapture capture;
    private final BiConsumer<OutputSpec.Builder, Path> output;

    /**
     * @param capture how the output gets to the manager
     * @param output sets where it goes, told the file
     */
    HsuCapture(String key, String title, OutputCapture capture, BiConsumer<OutputSpec.Builder, Path> output) {
        this.key = key;
        this.title = title;
        this.capture = capture;
        this.output = output;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public Taken capture(Session session, Input input, LogFiles logs) throws IOException, InterruptedException {
        CountDownLatch exit = new CountDownLatch(1);
        ProcessManager manager = build(session, input, logs, exit);
        session.atEnd(() -> manager.shutdownAsync(Duration.ZERO).join());
        Allocation allocation = Allocation.sinceNow();
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        manager.start(ID);
        exit.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        logs.awaitLast(input.lines(), PATIENCE_AFTER_EXIT);
        Taken taken = new Taken(
                Duration.ofNanos(System.nanoTime() - start),
                Duration.ofNanos(SYSTEM.getProcessCpuTime() - cpu),
                OptionalLong.of(allocation.bytesOfOtherThreads()));
        requireTheWay(manager, session, input);
        return taken;
    }

    /** HSU takes the common way where it knows no better one; that is measured already. */
    private void requireTheWay(ProcessManager manager, Session session, Input input) {
        if (capture == OutputCapture.SPOOL && !Files.exists(state(session))) {
            throw new CannotMeasureException("nothing has come through a spool");
        }
        long passed = Fairness.total(manager.status(ID)).passedThrough();
        if (manager.spec(ID).output().keptLines() == 0 && passed < input.bytes()) {
            throw new CannotMeasureException(
                    "the kernel has passed through only %d of %d bytes".formatted(passed, input.bytes()));
        }
    }

    private static Path state(Session session) {
        return session.directory().resolve("state");
    }

    private ProcessManager build(Session session, Input input, LogFiles logs, CountDownLatch exit) {
        ProcessManagerBuilder builder = ProcessManager.builder()
                .process(
                        ID,
                        process -> process.command(
                                        Programs.require("cat").toString(),
                                        input.file().toString())
                                .environment(session.environment())
                                .restart(Restart.never())
                                .output(spec -> output.accept(spec.capture(capture), logs.current())))
                .listener(event -> {
                    if (event instanceof ProcessEvent.ProcessExited) {
                        exit.countDown();
                    }
                });
        if (capture == OutputCapture.SPOOL) {
            builder.stateDirectory(state(session));
        }
        return builder.build();
    }
}
