package io.hsu.internal.launch;

import io.hsu.internal.linux.ProcStat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All processes of a Linux system at one moment, as {@code /proc} shows them: who started whom, in which session, under
 * which marks.
 */
public final class ProcTable {

    private static final Path PROC = Path.of("/proc");
    /** The parent of all threads of the kernel, which have no environment. */
    private static final long KERNEL_THREADS = 2;

    private static final byte[] MARK = (LaunchMark.VARIABLE + "=").getBytes(StandardCharsets.US_ASCII);

    private static final Logger log = LoggerFactory.getLogger(ProcTable.class);

    private static final byte[] UNREADABLE = {0};
    private static final int MAX_LOOKS = 4;
    private static final long EXECVE_NANOS = 300_000;

    private static final Object scanning = new Object();
    private static final AtomicLong begun = new AtomicLong();
    private static ProcTable latest = new ProcTable(0);

    private final long number;
    private boolean complete = true;
    private final Map<Long, ProcStat> processes = new HashMap<>();
    private final Map<Long, List<Long>> byParent = new HashMap<>();
    private final Map<Long, List<Long>> bySession = new HashMap<>();
    private final Map<Long, String> marks = new HashMap<>();
    private final List<Long> unclear = new ArrayList<>();

    private ProcTable(long number) {
        this.number = number;
    }

    /** {@return now, for {@link #after}} */
    public static long moment() {
        return begun.get();
    }

    /**
     * {@return a table whose reading began after a moment} To read one costs milliseconds, and stopping a thousand processes
     * asks two thousand times: who asked before it was read gets the one that is there.
     */
    public static ProcTable after(long moment) {
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
        ProcStat stat = ProcStat.of(pid);
        return stat != null && stat.isDead();
    }

    /** {@return whether every process that was there could be looked at} */
    public boolean isComplete() {
        return complete;
    }

    /**
     * {@return the process, whatever else is in its session or carries its mark, and all their descendants}
     *
     * @param root the process's id
     * @param rootStart when it has begun ({@link ProcStat#start}), since its id may be another's by now; 0 if that is not known
     * @param mark its mark
     */
    public Collection<ProcStat> treeOf(long root, long rootStart, String mark) {
        Map<Long, ProcStat> tree = new LinkedHashMap<>();
        Deque<Long> toVisit = new ArrayDeque<>();
        ProcStat withItsId = processes.get(root);
        boolean idIsAnothers = withItsId != null && rootStart != 0 && withItsId.start() != rootStart;
        if (!idIsAnothers) {
            toVisit.add(root);
            toVisit.addAll(bySession.getOrDefault(root, List.of()));
        }
        marks.forEach((pid, marked) -> {
            if (marked.contains(mark)) {
                toVisit.add(pid);
            }
        });
        while (!toVisit.isEmpty()) {
            long pid = toVisit.remove();
            ProcStat stat = processes.get(pid);
            if (stat != null && tree.put(pid, stat) == null) {
                toVisit.addAll(byParent.getOrDefault(pid, List.of()));
            }
        }
        return tree.values();
    }

    /**
     * {@return the marks of a process; an empty text if it has none, or is somebody else's; null if its environment is empty, as
     * it is while a process becomes another} Several are separated by {@link LaunchMark#SEPARATOR}.
     */
    public static String marksOf(long pid) {
        byte[] environment = environment(PROC.resolve(Long.toString(pid)));
        if (environment.length == 0) {
            return null;
        }
        String marks = markIn(environment);
        return marks == null ? "" : marks;
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
        table.lookAgain();
        return table;
    }

    private void add(long pid, Path process) {
        ProcStat stat = ProcStat.in(process, pid);
        if (stat == null && Files.exists(process)) {
            complete = false; // it is there, and could not be looked at: out of descriptors, most likely
        }
        if (stat == null || stat.isDead()) {
            return;
        }
        processes.put(pid, stat);
        byParent.computeIfAbsent(stat.parent(), parent -> new ArrayList<>()).add(pid);
        bySession.computeIfAbsent(stat.session(), session -> new ArrayList<>()).add(pid);
        byte[] environment = environment(process);
        if (environment.length == 0 && stat.parent() != KERNEL_THREADS && pid != KERNEL_THREADS) {
            unclear.add(pid);
        }
        addMark(pid, environment);
    }

    /** While a process becomes another (execve), its environment is empty; that takes some hundred microseconds. */
    private void lookAgain() {
        for (int look = 0; look < MAX_LOOKS && !unclear.isEmpty(); look++) {
            LockSupport.parkNanos(EXECVE_NANOS);
            unclear.removeIf(pid -> {
                byte[] environment = environment(PROC.resolve(Long.toString(pid)));
                addMark(pid, environment);
                return environment.length > 0;
            });
        }
    }

    private void addMark(long pid, byte[] environment) {
        String mark = markIn(environment);
        if (mark != null) {
            marks.put(pid, mark);
        }
    }

    /** {@return what a process was started with; something without a mark if it is gone, or somebody else's} */
    private static byte[] environment(Path process) {
        try {
            return Files.readAllBytes(process.resolve("environ"));
        } catch (IOException e) {
            return UNREADABLE;
        }
    }

    /** {@return the marks; null if there is none} A process may have the variable twice. */
    private static String markIn(byte[] environment) {
        StringBuilder marks = null;
        int start = indexOfMark(environment, 0);
        while (start >= 0) {
            int end = start;
            while (end < environment.length && environment[end] != 0) {
                end++;
            }
            marks = marks == null ? new StringBuilder() : marks.append(LaunchMark.SEPARATOR);
            marks.append(new String(environment, start, end - start, StandardCharsets.US_ASCII));
            start = indexOfMark(environment, end);
        }
        return marks == null ? null : marks.toString();
    }

    private static int indexOfMark(byte[] environment, int from) {
        for (int at = from; at + MARK.length <= environment.length; at++) {
            boolean atStart = at == 0 || environment[at - 1] == 0;
            if (atStart && Arrays.equals(environment, at, at + MARK.length, MARK, 0, MARK.length)) {
                return at + MARK.length;
            }
        }
        return -1;
    }
}
