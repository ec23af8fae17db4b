package io.hsu.benchmarks.logs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The files that a contender has written in a directory of its own. All of them call the one they write now the same. */
final class LogFiles {

    /** What is written now; what is set aside has this name and something behind it, or a time (TAI64N) for a name. */
    static final String CURRENT = "current";

    private static final String TIME = "@";

    /** A line with everything that may stand around it. */
    private static final int TAIL = 1024;

    private static final Duration BETWEEN_LOOKS = Duration.ofNanos(200_000);

    private final Path directory;

    LogFiles(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    Path current() {
        return directory.resolve(CURRENT);
    }

    /** {@return those that have something in them, in no order; also among contenders' other files} */
    List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(LogFiles::isLog).filter(file -> size(file) > 0).toList();
        }
    }

    private static boolean isLog(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(CURRENT) || name.startsWith(TIME);
    }

    private static long size(Path file) {
        return file.toFile().length(); // 0 if it has just been renamed
    }

    /** Waits until a line is the last one, or for so long; looks take about a twentieth of one processor. */
    void awaitLast(long number, Duration patience) throws IOException {
        long start = System.nanoTime();
        while (!isLast(number) && System.nanoTime() - start < patience.toNanos()) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    boolean isLast(long number) throws IOException {
        Optional<Path> newest = size(current()) > 0
                ? Optional.of(current())
                : all().stream().max(Comparator.comparing(LogFiles::changed));
        if (newest.isEmpty()) {
            return false;
        }
        String tail = tail(newest.get());
        return tail.endsWith("\n") && tail.contains(NumberedLines.text(number));
    }

    private static long changed(Path file) {
        return file.toFile().lastModified();
    }

    private static String tail(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long size = file.length();
            byte[] tail = new byte[(int) Math.min(size, TAIL)];
            file.seek(size - tail.length);
            file.readFully(tail);
            return new String(tail, StandardCharsets.ISO_8859_1);
        } catch (FileNotFoundException e) {
            return ""; // it has just been renamed
        }
    }
}
