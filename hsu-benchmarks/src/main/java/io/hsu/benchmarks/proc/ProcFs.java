package io.hsu.benchmarks.proc;

import io.hsu.benchmarks.support.CannotMeasureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Linux's {@code /proc}. A process that is gone is no error: there is just nothing to read. */
public final class ProcFs {

    // Directories are listed as java.io.File: one call for all names, where a stream makes an object for each.
    private static final Path PROC = Path.of("/proc");

    /**
     * Returns if there is a {@code /proc} as Linux has it.
     *
     * @throws CannotMeasureException otherwise
     */
    public static void requireAvailable() {
        if (!Files.isReadable(PROC.resolve("self/stat"))) {
            throw new CannotMeasureException("this benchmark reads /proc, which only Linux has");
        }
    }

    /** {@return all processes' ids} */
    public static long[] pids() {
        String[] names = PROC.toFile().list();
        if (names == null) {
            throw new IllegalStateException("/proc cannot be read");
        }
        return numbers(names);
    }

    /** {@return the ids of a process's threads; none if it is gone} */
    static long[] threads(long pid) {
        String[] names =
                PROC.resolve(Long.toString(pid)).resolve("task").toFile().list();
        return names == null ? new long[0] : numbers(names);
    }

    private static long[] numbers(String... names) {
        return Arrays.stream(names)
                .filter(name -> Character.isDigit(name.charAt(0)))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    /**
     * {@return a file of a process}
     *
     * @param pid the process
     * @param file such as {@code stat}
     */
    public static Optional<String> read(long pid, String file) {
        return read(PROC.resolve(Long.toString(pid)).resolve(file));
    }

    /** {@return how a process stands} */
    public static Optional<ProcStat> stat(long pid) {
        return read(pid, "stat").map(ProcStat::parse);
    }

    /** {@return the memory of a process in KB, with what it shares counted in part (PSS); 0 if it is gone} */
    public static long pssKilobytes(long pid) {
        return read(pid, "smaps_rollup").map(text -> kilobytes(text, "Pss")).orElse(0L);
    }

    /** {@return the memory of this process that is in RAM, in KB} */
    public static long ownResidentKilobytes() {
        return kilobytes(read(PROC.resolve("self/status")).orElse(""), "VmRSS");
    }

    /** {@return the most memory of this process that was in RAM so far, in KB} */
    public static long ownPeakResidentKilobytes() {
        return kilobytes(read(PROC.resolve("self/status")).orElse(""), "VmHWM");
    }

    /** {@return how many descriptors this process has open} */
    public static int ownDescriptors() {
        String[] names = PROC.resolve("self/fd").toFile().list();
        return names == null ? 0 : names.length - 1; // without the one that this look has opened
    }

    /** {@return the process id that was given out last; ids are given out in rising order} */
    public static long lastPid() {
        return lastPid(read(PROC.resolve("loadavg")).orElse(""));
    }

    static long lastPid(String loadavg) {
        return Long.parseLong(loadavg.substring(loadavg.lastIndexOf(' ') + 1).strip());
    }

    /**
     * {@return the value of a line such as {@code Pss:  17 kB}}
     *
     * @throws IllegalArgumentException if there is no such line
     */
    static long kilobytes(String text, String field) {
        Matcher line = Pattern.compile("^" + field + ":\\s*(\\d+) kB$", Pattern.MULTILINE)
                .matcher(text);
        if (!line.find()) {
            throw new IllegalArgumentException("there is no line '%s: ... kB' in: %s".formatted(field, text));
        }
        return Long.parseLong(line.group(1));
    }

    private static Optional<String> read(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return text.isEmpty() ? Optional.empty() : Optional.of(text); // a zombie's files are empty
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private ProcFs() {}
}
