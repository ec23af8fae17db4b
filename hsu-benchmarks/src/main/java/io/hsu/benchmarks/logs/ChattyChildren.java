package io.hsu.benchmarks.logs;

import io.hsu.LogTarget;
import io.hsu.OutputCapture;
import io.hsu.OutputSpec;
import io.hsu.ProcessEvent;
import io.hsu.ProcessManager;
import io.hsu.ProcessManagerBuilder;
import io.hsu.ProcessStatus;
import io.hsu.Restart;
import io.hsu.Rotation;
import io.hsu.benchmarks.support.CannotMeasureException;
import io.hsu.benchmarks.support.Programs;
import io.hsu.benchmarks.support.Session;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Children of one manager that wait until all of them run, and then all write at once. */
final class ChattyChildren implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** How often threads are looked at while the children write. */
    private static final int LOOKS = 20;

    /** When the counters have stood still for so long, everything has come. */
    private static final Duration STILL = Duration.ofMillis(200);

    private final Session session;
    private final Path fifo;
    private final Duration time;
    private final boolean files;
    private final CountDownLatch exits;
    private final ProcessManager manager;

    /**
     * What came of it.
     *
     * @param children each as it was in the end
     * @param time from their start to the exit of the last one
     * @param threads the most threads that HSU had at a time
     * @param threadTimes what each has taken of the processors
     * @param faults what is wrong with files
     */
    record Outcome(List<ProcessStatus> children, Duration time, int threads, String threadTimes, List<String> faults) {}

    ChattyChildren(int count, Chatter chatter, Duration time, boolean files, Path directory)
            throws IOException, InterruptedException {
        this.time = time;
        this.files = files;
        this.exits = new CountDownLatch(count);
        this.session = new Session(directory);
        try {
            this.fifo = session.directory().resolve("begin");
            session.runToEnd(List.of(Programs.require("mkfifo").toString(), fifo.toString()));
            this.manager = build(count, chatter);
            session.atEnd(() -> manager.shutdownAsync(Duration.ZERO).join());
        } catch (IOException | InterruptedException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private ProcessManager build(int count, Chatter chatter) throws IOException {
        ProcessManagerBuilder builder = ProcessManager.builder().listener(this::heard);
        for (int i = 0; i < count; i++) {
            String id = "child-" + i;
            Files.createDirectory(logs(id));
            builder.process(
                    id,
                    child -> child.command(chatter.command(fifo, time))
                            .environment(session.environment())
                            .restart(Restart.never())
                            .startTimeout(START_TIMEOUT)
                            .output(output -> configure(output, id)));
        }
        return builder.build();
    }

    private void configure(OutputSpec.Builder output, String id) {
        output.capture(OutputCapture.PIPE);
        if (files) {
            output.to(LogTarget.file(new LogFiles(logs(id)).current()).rotation(Rotation.none()));
        }
    }

    private Path logs(String id) {
        return session.directory().resolve(id);
    }

    private void heard(ProcessEvent event) {
        if (event instanceof ProcessEvent.ProcessExited) {
            exits.countDown();
        }
    }

    Outcome run() throws IOException, InterruptedException {
        manager.start();
        HsuThreads threads = HsuThreads.watch();
        long start = System.nanoTime();
        try (OutputStream begin = new FileOutputStream(fifo.toFile())) { // held open for who comes late
            begin.flush();
            for (int i = 0; i < LOOKS; i++) {
                Thread.sleep(time.toMillis() / (LOOKS + 1));
                threads.look();
            }
            if (!exits.await(time.plus(PATIENCE).toSeconds(), TimeUnit.SECONDS)) {
                throw new CannotMeasureException("%d children still write".formatted(exits.getCount()));
            }
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        threads.look();
        List<ProcessStatus> children = settled();
        return new Outcome(children, taken, threads.most(), threads.describe(), files ? faults(children) : List.of());
    }

    /** {@return the children when all of their output has come, which may be after they have ended} */
    private List<ProcessStatus> settled() throws InterruptedException {
        List<ProcessStatus> children = manager.list();
        while (true) {
            Thread.sleep(STILL.toMillis());
            List<ProcessStatus> later = manager.list();
            if (bytes(later) == bytes(children)) {
                return later;
            }
            children = later;
        }
    }

    private static long bytes(List<ProcessStatus> children) {
        return children.stream()
                .mapToLong(child -> Fairness.total(child).bytes())
                .sum();
    }

    private List<String> faults(List<ProcessStatus> children) throws IOException {
        List<String> faults = new ArrayList<>();
        for (ProcessStatus child : children) {
            LogFiles logs = new LogFiles(logs(child.id()));
            LineCheck.check(logs.all(), Fairness.total(child).lines())
                    .fault()
                    .ifPresent(fault -> faults.add(child.id() + ": " + fault));
        }
        return faults;
    }

    @Override
    public void close() {
        session.close();
    }
}
