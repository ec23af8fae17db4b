package io.hsu.benchmarks.logs;

import io.hsu.Bytes;
import io.hsu.LogField;
import io.hsu.LogFormat;
import io.hsu.LogTarget;
import io.hsu.OutputCapture;
import io.hsu.OutputSpec;
import io.hsu.Rotation;
import io.hsu.StreamKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All that are compared, in the order of the tables. */
final class Captures {

    static final String CAT = "cat";
    static final String S6 = "s6";

    /** The largest that all of them know. */
    private static final int SIZE = 16_777_215;

    private static final int LEAST_FILES = 30;

    /** Nobody makes a line more than three times as long. */
    private static final int GROWTH = 3;

    /** The largest that s6-log knows. */
    private static final int LARGEST_SIZE_S6 = 268_435_455;

    private final int files;

    /** @param bytes how much a child writes */
    Captures(long bytes) {
        files = files(bytes);
    }

    /** {@return how many files must be kept so that none is deleted before it was checked} */
    static int files(long bytes) {
        return Math.max(LEAST_FILES, Math.toIntExact(GROWTH * bytes / SIZE));
    }

    /** {@return those that write what comes, as it is, to one file if they can} */
    List<Capture> plain() {
        return List.of(
                new PipedLogger(
                        CAT,
                        "cat, the limit",
                        "cat",
                        logs -> List.of(
                                "/bin/sh",
                                "-c",
                                "exec cat > \"$0\"",
                                logs.current().toString())),
                new HsuCapture(
                        "hsu-pass",
                        "HSU, no lines kept (passed through)",
                        OutputCapture.PIPE,
                        (output, file) -> plain(output.keptLines(0), file)),
                new HsuCapture("hsu", "HSU", OutputCapture.PIPE, Captures::plain),
                new HsuCapture("hsu-spool", "HSU, spool", OutputCapture.SPOOL, Captures::plain),
                new SupervisordCapture(0, 0),
                svlogd("svlogd", 0),
                multilog("multilog, files of 16 MiB", "n" + files, "s" + SIZE),
                s6("s6-log, files of 256 MiB", "n" + files, "s" + LARGEST_SIZE_S6));
    }

    /** {@return those that write a time before each line, and rotate} */
    List<Capture> enhanced() {
        return List.of(
                s6("s6-log, time", "t", "n" + files, "s" + SIZE),
                new HsuCapture(
                        "hsu",
                        "HSU, time, id, sequence",
                        OutputCapture.PIPE,
                        (output, file) -> enhanced(output, file, LogFormat.ENHANCED_PLAIN)),
                new HsuCapture(
                        "hsu-json",
                        "HSU, the same as JSON",
                        OutputCapture.PIPE,
                        (output, file) -> enhanced(output, file, LogFormat.JSON)),
                svlogd("svlogd, time", SIZE, "-tt"),
                multilog("multilog, time", "t", "n" + files, "s" + SIZE),
                new SupervisordCapture(SIZE, files));
    }

    /**
     * A file of its own for the stream, as {@link OutputSpec.Builder#toFiles} makes: two in one cannot be passed through, nor one
     * that others may rotate. So large that it is not rotated here.
     */
    private static void plain(OutputSpec.Builder output, Path file) {
        output.to(LogTarget.file(file).only(StreamKind.STDOUT).rotation(Rotation.ofSize(Bytes.gib(64))));
    }

    private void enhanced(OutputSpec.Builder output, Path file, LogFormat format) {
        output.fields(LogField.TIMESTAMP, LogField.SEQUENCE)
                .to(LogTarget.file(file)
                        .format(format)
                        .rotation(Rotation.ofSize(SIZE).maxFiles(files)));
    }

    private static Capture s6(String title, String... directives) {
        return new PipedLogger(S6, title, "s6-log", logs -> command("s6-log", directives, logs));
    }

    private static Capture multilog(String title, String... directives) {
        return new PipedLogger("multilog", title, "multilog", logs -> command("multilog", directives, logs));
    }

    private Capture svlogd(String title, int size, String... options) {
        return new PipedLogger("svlogd", title, "svlogd", logs -> {
            Files.writeString(logs.directory().resolve("config"), "s%d\nn%d\n".formatted(size, files));
            return command("svlogd", options, logs);
        });
    }

    private static List<String> command(String program, String[] arguments, LogFiles logs) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        command.add(logs.directory().toString());
        return command;
    }
}
