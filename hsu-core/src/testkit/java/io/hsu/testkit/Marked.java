package io.hsu.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Finds real processes again by a mark in their environment, whoever their parents are by now; so that a test can say
 * that none is left. Looks at {@code /proc} itself, not with the code under test. Elsewhere than on Linux it only sees
 * descendants of this JVM.
 */
public final class Marked {

    /** The variable to set in the environment of what is started. */
    public static final String VARIABLE = "HSU_TEST_MARK";

    private static final Path PROC = Path.of("/proc");

    private final String mark = UUID.randomUUID().toString();

    /** {@return the variable's value} */
    public String mark() {
        return mark;
    }

    /** {@return the process ids of all that carry the mark and live; zombies do not} */
    public Set<Long> alive() {
        if (!Files.isDirectory(PROC)) {
            return ProcessHandle.current()
                    .descendants()
                    .map(ProcessHandle::pid)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
        Set<Long> found = new LinkedHashSet<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (read(process.resolve("environ")).contains(VARIABLE + "=" + mark) && !isDead(pid)) {
                    found.add(pid);
                }
            }
        } catch (IOException e) {
            throw new AssertionError("/proc cannot be read", e);
        }
        return found;
    }

    /** Kills all that carry the mark; a test that has failed cleans up after itself. */
    public void killAll() {
        alive().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    /** {@return whether a process is gone, or a zombie} Linux only. */
    public static boolean isDead(long pid) {
        return state(pid).map(state -> state.equals("Z") || state.equals("X")).orElse(true);
    }

    /** {@return whether a process is a zombie} Linux only. */
    public static boolean isZombie(long pid) {
        return state(pid).equals(Optional.of("Z"));
    }

    /** {@return a process's session} Linux only. */
    public static long session(long pid) {
        return stat(pid).map(fields -> Long.parseLong(fields[3])).orElseThrow();
    }

    private static Optional<String> state(long pid) {
        return stat(pid).map(fields -> fields[0]);
    }

    /** State, parent, group, session and more: what follows the command, which may hold anything. */
    private static Optional<String[]> stat(long pid) {
        String stat = read(PROC.resolve(Long.toString(pid)).resolve("stat"));
        int end = stat.lastIndexOf(')');
        return end < 0 ? Optional.empty() : Optional.of(stat.substring(end + 2).split(" ", -1));
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // gone, or somebody else's
        }
    }
}
