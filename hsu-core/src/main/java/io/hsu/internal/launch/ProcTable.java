package io.hsu.internal.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All processes of a Linux system at one moment, as {@code /proc} shows them: who started whom, in which session, under
 * which marks.
 *
 * <p>See proc_pid_stat(5): the command stands in parentheses and may hold anything, so fields are counted from the last
 * {@code )}: state, parent, group, session.
 */
final class ProcTable {

    private static final Path PROC = Path.of("/proc");
    private static final byte[] MARK = (PortableLauncher.MARK + "=").getBytes(StandardCharsets.US_ASCII);

    private static final Logger log = LoggerFactory.getLogger(ProcTable.class);

    private static final Object scanning = new Object();
    private static final AtomicLong begun = new AtomicLong();
    private static ProcTable latest = new ProcTable(0);

    private final long number;
    private boolean complete = true;
    private final Set<Long> pids = new HashSet<>();
    private final Map<Long, List<Long>> byParent = new HashMap<>();
    private final Map<Long, List<Long>> bySession = new HashMap<>();
    private final Map<Long, String> marks = new HashMap<>();

    private ProcTable(long number) {
        this.number = number;
    }

    /** {@return now, for {@link #after}} */
    static long moment() {
        return begun.get();
    }

    /**
     * {@return a table whose reading began after a moment} To read one costs milliseconds, and stopping a thousand processes
     * asks two thousand times: who asked before it was read gets the one that is there.
     */
    static ProcTable after(long moment) {
        synchronized (scanning) {
            if (latest.number <= moment) {
                latest = read();
            }
            return latest;
        }
    }

    /** {@return whether a process is dead and only waits for its parent to look} */
    static boolean isZombie(long pid) {
        if (!OperatingSystem.LINUX) {
            return false;
        }
        String[] stat = stat(PROC.resolve(Long.toString(pid)));
        return stat != null && isDead(stat[0]);
    }

    /** {@return whether every process that was there could be looked at} */
    boolean isComplete() {
        return complete;
    }

    /**
     * {@return the process, whatever else is in its session or carries its mark, and all their descendants}
     *
     * @param root the process's id
     * @param rootAlive whether it lives; if not, its id may be another's by now
     * @param mark its mark
     */
    Set<Long> treeOf(long root, boolean rootAlive, String mark) {
        Set<Long> tree = new LinkedHashSet<>();
        Deque<Long> toVisit = new ArrayDeque<>();
        boolean idIsAnothers = !rootAlive && pids.contains(root);
        if (rootAlive) {
            toVisit.add(root);
        }
        if (!idIsAnothers) {
            toVisit.addAll(bySession.getOrDefault(root, List.of()));
        }
        marks.forEach((pid, marked) -> {
            if (marked.contains(mark)) {
                toVisit.add(pid);
            }
        });
        while (!toVisit.isEmpty()) {
            long pid = toVisit.remove();
            if (tree.add(pid)) {
                toVisit.addAll(byParent.getOrDefault(pid, List.of()));
            }
        }
        return tree;
    }

    private static ProcTable read() {
        ProcTable table = new ProcTable(begun.incrementAndGet());
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                table.add(Long.parseLong(process.getFileName().toString()), process);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // What has been read still counts: the caller goes on with the members it knows.
            log.warn("/proc cannot be read to its end: {}", e.toString());
            table.complete = false;
        }
        return table;
    }

    private void add(long pid, Path process) {
        String[] stat = stat(process);
        if (stat == null && Files.exists(process)) {
            complete = false; // it is there, and could not be looked at: out of descriptors, most likely
        }
        if (stat == null || isDead(stat[0])) {
            return;
        }
        pids.add(pid);
        byParent.computeIfAbsent(Long.parseLong(stat[1]), parent -> new ArrayList<>())
                .add(pid);
        bySession
                .computeIfAbsent(Long.parseLong(stat[3]), session -> new ArrayList<>())
                .add(pid);
        String mark = markOf(process);
        if (mark != null) {
            marks.put(pid, mark);
        }
    }

    private static boolean isDead(String state) {
        return state.equals("Z") || state.equals("X");
    }

    /** {@return state, parent, group and session; null if the process is gone} */
    private static String[] stat(Path process) {
        try {
            String text = new String(Files.readAllBytes(process.resolve("stat")), StandardCharsets.ISO_8859_1);
            return text.substring(text.lastIndexOf(')') + 2).split(" ", 5);
        } catch (IOException e) {
            return null;
        }
    }

    /** {@return the mark; null if there is none, or the process is somebody else's} */
    private static String markOf(Path process) {
        byte[] environment;
        try {
            environment = Files.readAllBytes(process.resolve("environ"));
        } catch (IOException e) {
            return null;
        }
        int start = indexOfMark(environment);
        if (start < 0) {
            return null;
        }
        int end = start;
        while (end < environment.length && environment[end] != 0) {
            end++;
        }
        return new String(environment, start, end - start, StandardCharsets.US_ASCII);
    }

    private static int indexOfMark(byte[] environment) {
        for (int at = 0; at + MARK.length <= environment.length; at++) {
            boolean atStart = at == 0 || environment[at - 1] == 0;
            if (atStart && java.util.Arrays.equals(environment, at, at + MARK.length, MARK, 0, MARK.length)) {
                return at + MARK.length;
            }
        }
        return -1;
    }
}
