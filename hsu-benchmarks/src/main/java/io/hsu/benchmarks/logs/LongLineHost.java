package io.hsu.benchmarks.logs;

import io.hsu.LogLine;
import io.hsu.LogTarget;
import io.hsu.OutputCapture;
import io.hsu.OutputCounters;
import io.hsu.ProcessEvent;
import io.hsu.ProcessManager;
import io.hsu.Restart;
import io.hsu.Rotation;
import io.hsu.StreamKind;
import io.hsu.benchmarks.proc.ProcFs;
import io.hsu.benchmarks.support.Figures;
import io.hsu.benchmarks.support.Programs;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A JVM with one child that writes one line, and what that takes. */
final class LongLineHost {

    static final String LIVE_BEFORE = "liveBeforeKilobytes";
    static final String HEAP_PEAK = "heapPeakKilobytes";
    static final String LIVE_AFTER = "liveAfterKilobytes";
    static final String RESIDENT_BEFORE = "residentBeforeKilobytes";
    static final String RESIDENT_AFTER = "residentAfterKilobytes";
    static final String BYTES = "bytes";
    static final String SPLITS = "splits";
    static final String PIECES = "pieces";
    static final String SPLIT_PIECES = "splitPieces";
    static final String LONGEST_PIECE = "longestPiece";

    private static final String ID = "child";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Of an exit that was told before everything is written. */
    private static final Duration PATIENCE_AFTER_EXIT = Duration.ofSeconds(10);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);

    private final Path input;
    private final Path file;
    private final CountDownLatch exit = new CountDownLatch(1);

    private LongLineHost(Path input, Path file) {
        this.input = input;
        this.file = file;
    }

    /**
     * Captures a line and prints {@link Figures}.
     *
     * @param args what the child writes, and where that goes
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        System.out.println(new LongLineHost(Path.of(args[0]), Path.of(args[1])).measure());
    }

    private Figures measure() throws IOException, InterruptedException {
        try (ProcessManager manager = ProcessManager.builder()
                .process(
                        ID,
                        process -> process.command(Programs.require("cat").toString(), input.toString())
                                .restart(Restart.never())
                                .output(output -> output.capture(OutputCapture.PIPE)
                                        .to(LogTarget.file(file)
                                                .only(StreamKind.STDOUT)
                                                .rotation(Rotation.none()))))
                .listener(this::heard)
                .build()) {
            Figures figures = new Figures()
                    .put(LIVE_BEFORE, liveHeapKilobytes())
                    .put(RESIDENT_BEFORE, ProcFs.ownPeakResidentKilobytes());
            heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
            manager.start(ID);
            exit.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            awaitFile();
            figures.put(HEAP_PEAK, heapPeakKilobytes())
                    .put(LIVE_AFTER, liveHeapKilobytes())
                    .put(RESIDENT_AFTER, ProcFs.ownPeakResidentKilobytes());
            putOutput(figures, manager);
            return figures;
        }
    }

    private void heard(ProcessEvent event) {
        if (event instanceof ProcessEvent.ProcessExited) {
            exit.countDown();
        }
    }

    /** Not for ever: who asked for this looks whether the file is complete. */
    private void awaitFile() throws IOException, InterruptedException {
        long size = Files.size(input);
        for (int i = 0;
                i < PATIENCE_AFTER_EXIT.dividedBy(BETWEEN_LOOKS)
                        && file.toFile().length() < size;
                i++) {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    private static void putOutput(Figures figures, ProcessManager manager) {
        OutputCounters counters = Fairness.total(manager.status(ID));
        List<LogLine> kept = manager.logs(ID).tail(Integer.MAX_VALUE);
        figures.put(BYTES, counters.bytes())
                .put(SPLITS, counters.split())
                .put(PIECES, kept.size())
                .put(SPLIT_PIECES, kept.stream().filter(LogLine::split).count())
                .put(
                        LONGEST_PIECE,
                        kept.stream()
                                .mapToInt(line -> line.text().length())
                                .max()
                                .orElse(0));
    }

    private static long liveHeapKilobytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024;
    }

    /** {@return the sum of what each part of the heap had at its most, which may have been at different times} */
    private static long heapPeakKilobytes() {
        return heapPools().stream()
                .mapToLong(pool -> pool.getPeakUsage().getUsed() / 1024)
                .sum();
    }

    private static List<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }
}
