package io.hsu.benchmarks.logs;

import io.hsu.benchmarks.report.Column;
import io.hsu.benchmarks.report.Report;
import io.hsu.benchmarks.support.CannotMeasureException;
import io.hsu.benchmarks.support.Figures;
import io.hsu.benchmarks.support.Installation;
import io.hsu.benchmarks.support.Session;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** One line that never ends, in a JVM with less memory than it is long. */
final class LongLine implements Scenario {

    private static final String HEAP = "-Xmx64m";
    private static final int BUFFER = 1 << 20;

    private final long bytes;
    private final Path directory;

    /** @param directory where it is written */
    LongLine(long bytes, Path directory) {
        this.bytes = bytes;
        this.directory = directory;
    }

    @Override
    public String key() {
        return "long-line";
    }

    @Override
    public List<String> contenders() {
        return List.of();
    }

    @Override
    public Report measure(Selection selection) throws IOException, InterruptedException {
        Report report = new Report(
                "Long line: %d MB without a line feed, JVM with %s".formatted(Math.round(bytes / 1e6), HEAP),
                new Column("figure", "figure", "%s"),
                new Column("value", "value", "%s"));
        try (Input input = Input.prepare(NumberedLines.in(bytes), ' ');
                Session session = new Session(directory)) {
            Path file = session.directory().resolve(LogFiles.CURRENT);
            session.runToEnd(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    HEAP,
                    "-cp",
                    Installation.jar().toString(),
                    LongLineHost.class.getName(),
                    input.file().toString(),
                    file.toString()));
            fill(report, Figures.parse(session.output()));
            fillFile(report, input, file);
        } catch (CannotMeasureException e) {
            report.note(e.getMessage());
        }
        return report;
    }

    private static void fillFile(Report report, Input input, Path file) throws IOException {
        OptionalLong added = Files.exists(file) ? addedLineFeeds(input.file(), file) : OptionalLong.empty();
        report.row("the file has every byte, and none but line feeds besides", added.isPresent() ? "yes" : "NO");
        report.row("line feeds that HSU has added", added.isPresent() ? added.getAsLong() : null);
    }

    /** {@return how many line feeds a copy of a file has besides all of its bytes; nothing if it differs in another way} */
    static OptionalLong addedLineFeeds(Path original, Path copy) throws IOException {
        try (InputStream from = new BufferedInputStream(Files.newInputStream(original), BUFFER);
                InputStream to = new BufferedInputStream(Files.newInputStream(copy), BUFFER)) {
            long added = 0;
            int wanted = from.read();
            while (true) {
                int found = to.read();
                if (found == wanted) {
                    if (found < 0) {
                        return OptionalLong.of(added);
                    }
                    wanted = from.read();
                } else if (found == '\n') {
                    added++;
                } else {
                    return OptionalLong.empty();
                }
            }
        }
    }

    private static void fill(Report report, Figures figures) {
        report.row("live heap before, KB", figures.get(LongLineHost.LIVE_BEFORE));
        report.row("used heap at its most, KB", figures.get(LongLineHost.HEAP_PEAK));
        report.row("live heap after, KB", figures.get(LongLineHost.LIVE_AFTER));
        report.row("resident memory at its most before, KB", figures.get(LongLineHost.RESIDENT_BEFORE));
        report.row("resident memory at its most after, KB", figures.get(LongLineHost.RESIDENT_AFTER));
        report.row("bytes that HSU counted", figures.get(LongLineHost.BYTES));
        report.row("how often HSU cut the line", figures.get(LongLineHost.SPLITS));
        report.row("pieces in memory", figures.get(LongLineHost.PIECES));
        report.row("of these marked as cut", figures.get(LongLineHost.SPLIT_PIECES));
        report.row("longest piece in memory, bytes", figures.get(LongLineHost.LONGEST_PIECE));
    }
}
