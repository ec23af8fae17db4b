package io.hsu.benchmarks.logs;

import io.hsu.benchmarks.report.Column;
import io.hsu.benchmarks.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One child whose output several contenders capture, each in its turn. */
final class CaptureScenario implements Scenario {

    private static final double BYTES_PER_MEGABYTE = 1e6;
    private static final int WARMUP_ROUNDS = 1;
    private static final int SMALL_ROUNDS = 4;

    private final String key;
    private final String title;
    private final List<Capture> captures;
    private final String measure;
    private final Setting setting;

    /**
     * What all such scenarios have in common.
     *
     * @param bytes how much the child writes
     * @param rounds how often each contender has its turn
     * @param directory where output goes
     */
    record Setting(long bytes, int rounds, Path directory) {}

    /** @param measure the key of the contender that the others are compared with */
    CaptureScenario(String key, String title, List<Capture> captures, String measure, Setting setting) {
        this.key = key;
        this.title = title;
        this.captures = captures;
        this.measure = measure;
        this.setting = setting;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public List<String> contenders() {
        return captures.stream().map(Capture::key).toList();
    }

    @Override
    public Report measure(Selection selection) throws IOException, InterruptedException {
        Report report = new Report(
                "%s: one child, %d MB in lines of %d bytes, %d rounds"
                        .formatted(
                                title,
                                Math.round(setting.bytes() / BYTES_PER_MEGABYTE),
                                NumberedLines.LENGTH,
                                setting.rounds()),
                new Column("contender", "contender", "%s"),
                new Column("megabytesPerSecond", "MB/s p50", "%.0f"),
                new Column("ratio", "× " + measure, "%.2f"),
                new Column("cpuSeconds", "CPU s p50", "%.2f"),
                new Column("allocatedBytesPerLine", "allocated bytes per line", "%.3f"),
                new Column("complete", "complete", "%s"));
        List<Capture> chosen = captures.stream()
                .filter(capture -> selection.has(capture.key()))
                .filter(capture -> isInstalled(capture, report))
                .toList();
        long lines = NumberedLines.in(setting.bytes());
        CaptureRounds rounds = new CaptureRounds(setting.directory(), chosen);
        try (Input input = Input.prepare(lines, '\n')) {
            rounds.run(input, WARMUP_ROUNDS);
            Map<Capture, Takings> takings = rounds.run(input, setting.rounds());
            fill(report, takings, lines, allocation(takings, lines));
        }
        rounds.dropouts().forEach((capture, why) -> report.note("%s: %s".formatted(capture.title(), why)));
        return report;
    }

    /** {@return what each allocates for a line; a launch costs something too, so what a tenth of them takes is taken off} */
    private Map<Capture, Double> allocation(Map<Capture, Takings> takings, long lines)
            throws IOException, InterruptedException {
        List<Capture> counted = takings.keySet().stream()
                .filter(capture -> takings.get(capture).allocated().isPresent())
                .toList();
        long fewer = Math.max(1, lines / 10);
        Map<Capture, Double> perLine = new LinkedHashMap<>();
        try (Input input = Input.prepare(fewer, '\n')) {
            new CaptureRounds(setting.directory(), counted)
                    .run(input, SMALL_ROUNDS)
                    .forEach((capture, small) -> small.allocated()
                            .ifPresent(bytes -> perLine.put(
                                    capture,
                                    (takings.get(capture).allocated().orElseThrow() - bytes) / (lines - fewer))));
        }
        return perLine;
    }

    private static boolean isInstalled(Capture capture, Report report) {
        Optional<String> missing = capture.missing();
        missing.ifPresent(what -> report.note("%s: skipped, %s".formatted(capture.title(), what)));
        return missing.isEmpty();
    }

    private void fill(Report report, Map<Capture, Takings> takings, long lines, Map<Capture, Double> allocation) {
        Optional<Double> measureSeconds = takings.entrySet().stream()
                .filter(entry -> entry.getKey().key().equals(measure))
                .findFirst()
                .flatMap(entry -> entry.getValue().seconds());
        takings.forEach((capture, taken) -> {
            Optional<Double> seconds = taken.seconds();
            report.row(
                    capture.title(),
                    seconds.map(s -> lines * NumberedLines.LENGTH / BYTES_PER_MEGABYTE / s)
                            .orElse(null),
                    seconds.flatMap(s -> measureSeconds.map(of -> of / s)).orElse(null),
                    taken.cpuSeconds().orElse(null),
                    allocation.get(capture),
                    taken.complete());
            taken.firstFault().ifPresent(fault -> report.note("%s: %s".formatted(capture.title(), fault)));
        });
    }
}
