package io.hsu.benchmarks.resources;

import io.hsu.benchmarks.proc.ProcFs;
import io.hsu.benchmarks.report.Column;
import io.hsu.benchmarks.report.Report;
import io.hsu.benchmarks.report.ReportOptions;
import io.hsu.benchmarks.report.Samples;
import io.hsu.benchmarks.support.CannotMeasureException;
import io.hsu.benchmarks.support.Session;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import oshi.SystemInfo;
import oshi.software.os.OperatingSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code resources}: what it costs to measure a process, and a thousand of them. */
@Command(
        name = "resources",
        description =
                "What it costs to measure one process, and many in one pass, beside reading a file of /proc and OSHI.")
public final class ResourcesCommand implements Callable<Integer> {

    private static final double MICROS_PER_MILLI = 1000;
    private static final double PERCENT_OF_A_SECOND = 1e-4;
    private static final int STAT_SIZE = 1024;

    @Option(names = "--rounds", paramLabel = "N", description = "turns of each contender (${DEFAULT-VALUE})")
    private int rounds = 100;

    @Option(names = "--reads", paramLabel = "N", description = "reads of one process in a turn (${DEFAULT-VALUE})")
    private int reads = 100;

    @Option(names = "--processes", paramLabel = "N", description = "how many a pass measures (${DEFAULT-VALUE})")
    private int processes = 1000;

    @Option(names = "--passes", paramLabel = "N", description = "passes of each contender (${DEFAULT-VALUE})")
    private int passes = 20;

    @Mixin
    private ReportOptions output;

    private final Random chance = new Random(1);

    @Override
    public Integer call() throws Exception {
        ProcFs.requireAvailable();
        atLeastOne("--rounds", rounds);
        atLeastOne("--reads", reads);
        atLeastOne("--processes", processes);
        atLeastOne("--passes", passes);
        try (Session session = new Session()) {
            List<Long> pids = Sleepers.start(session, processes);
            Report one = ofOne(pids.get(0));
            output.print(one);
            System.out.println();
            Report all = ofAll(pids);
            output.print(all);
            output.write(List.of(one, all));
        }
        return 0;
    }

    private static void atLeastOne(String option, int value) {
        if (value < 1) {
            throw new CannotMeasureException("%s must be 1 or more, but is %d".formatted(option, value));
        }
    }

    private Report ofOne(long pid) throws IOException {
        OperatingSystem oshi = new SystemInfo().getOperatingSystem();
        List<Long> pids = List.of(pid);
        List<Contender> contenders = List.of(
                new Contender("read /proc/<pid>/stat, Files.readAllBytes", () -> readStat(pid), 1),
                new Contender("the same by an open RandomAccessFile", new OpenStats(pids), 1),
                new Contender("HSU, process", new Meters("linux", false, pids), 1),
                new Contender("HSU, tree, found in the table", new Meters("linux", true, pids), 1),
                new Contender("OSHI, getProcess", () -> oshi.getProcess((int) pid), 1),
                new Contender("HSU through OSHI, process", new Meters("oshi", false, pids), 1));
        measure(contenders, rounds, reads);
        return report("One process, %d times %d samples each".formatted(rounds, reads), contenders);
    }

    private Report ofAll(List<Long> pids) throws IOException {
        OperatingSystem oshi = new SystemInfo().getOperatingSystem();
        List<Integer> ids = pids.stream().map(Long::intValue).toList();
        Meters alone = new Meters("linux", false, pids);
        Meters trees = new Meters("linux", true, pids);
        List<Contender> contenders = List.of(
                new Contender("read /proc/<pid>/stat, Files.readAllBytes", () -> readStats(pids), processes),
                new Contender("the same by open RandomAccessFiles", new OpenStats(pids), processes),
                new Contender("HSU, processes", alone, processes),
                new Contender("HSU, trees, found in the table", trees, processes),
                new Contender("OSHI, getProcesses(ids)", () -> oshi.getProcesses(ids), processes));
        measure(contenders, passes, 1);
        if (!alone.allMeasured() || !trees.allMeasured()) { // the last time: what is closed stays as it was
            throw new IllegalStateException("not every process was measured");
        }
        Report report = report("%d processes in a pass, %d passes each".formatted(processes, passes), contenders);
        for (Contender contender : contenders.subList(2, 4)) {
            double microsOfPass = contender.cpuTimes().median() * MICROS_PER_MILLI * processes;
            report.note("%s: a pass every 10 s takes %.2f %% of a core"
                    .formatted(contender.title(), microsOfPass / 10 * PERCENT_OF_A_SECOND));
        }
        return report;
    }

    /** Each in turn, in an order that chance makes anew each time: so noise hits all alike. */
    private void measure(List<Contender> contenders, int turns, int times) throws IOException {
        try {
            turns(contenders, Math.max(1, turns / 5), times);
            contenders.forEach(Contender::forget);
            turns(contenders, turns, times);
        } finally {
            for (Contender contender : contenders) {
                contender.close();
            }
        }
    }

    private void turns(List<Contender> contenders, int turns, int times) throws IOException {
        List<Contender> order = new ArrayList<>(contenders);
        for (int turn = 0; turn < turns; turn++) {
            Collections.shuffle(order, chance);
            for (Contender contender : order) {
                contender.turn(times);
            }
        }
    }

    private static Report report(String title, List<Contender> contenders) {
        Report report = new Report(
                title,
                new Column("contender", "contender", "%s"),
                new Column("p50Micros", "p50 µs", "%.1f"),
                new Column("p90Micros", "p90 µs", "%.1f"),
                new Column("cpuMicros", "CPU µs p50", "%.1f"),
                new Column("timesStat", "CPU × stat", "%.2f"),
                new Column("oshiTimes", "CPU OSHI / this", "%.1f"),
                new Column("allocatedBytes", "bytes allocated", "%.0f"));
        double stat = contenders.get(0).cpuTimes().median();
        double oshi = contenders.stream()
                .filter(contender -> contender.title().startsWith("OSHI"))
                .findFirst()
                .orElseThrow()
                .cpuTimes()
                .median();
        for (Contender contender : contenders) {
            Samples times = contender.times();
            double cpu = contender.cpuTimes().median();
            report.row(
                    contender.title(),
                    times.median() * MICROS_PER_MILLI,
                    times.percentile(90) * MICROS_PER_MILLI,
                    cpu * MICROS_PER_MILLI,
                    cpu / stat,
                    oshi / cpu,
                    contender.allocatedBytes());
        }
        return report;
    }

    private static byte[] readStat(long pid) throws IOException {
        return Files.readAllBytes(Path.of("/proc", Long.toString(pid), "stat"));
    }

    private static void readStats(List<Long> pids) throws IOException {
        for (long pid : pids) {
            readStat(pid);
        }
    }

    /** As one would keep them open with what Java has. */
    private static final class OpenStats implements Reading {
        private final List<RandomAccessFile> files = new ArrayList<>();
        private final byte[] bytes = new byte[STAT_SIZE];

        OpenStats(List<Long> pids) throws IOException {
            for (long pid : pids) {
                files.add(new RandomAccessFile("/proc/" + pid + "/stat", "r"));
            }
        }

        @Override
        public void read() throws IOException {
            for (RandomAccessFile file : files) {
                file.seek(0);
                if (file.read(bytes) <= 0) {
                    throw new IOException("nothing to read");
                }
            }
        }

        @Override
        public void close() throws IOException {
            for (RandomAccessFile file : files) {
                file.close();
            }
        }
    }
}
