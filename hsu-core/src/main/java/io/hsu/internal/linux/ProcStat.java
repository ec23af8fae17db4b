package io.hsu.internal.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel tells of one process in {@code /proc/<pid>/stat} (proc(5)). The command's name, in parentheses, may hold
 * anything: what counts stands after the last one.
 *
 * @param pid its id
 * @param state its state; Z and X are dead
 * @param parent its parent's id
 * @param group its process group
 * @param session its session
 * @param childrensFaults the page faults of the children it has waited for
 * @param start when it has begun, in the kernel's ticks: with the id, its identity
 */
public record ProcStat(long pid, char state, long parent, long group, long session, long childrensFaults, long start) {

    // Counted from the state; the names are the manual page's.
    private static final int CMINFLT = 8;
    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final int START = 19;

    /** {@return what is told of a process; null if it is gone} */
    public static ProcStat of(long pid) {
        return in(Path.of("/proc", Long.toString(pid)), pid);
    }

    /** {@return whether there is such a process} If it is, and nothing is told of it, descriptors have run out, most likely. */
    public static boolean exists(long pid) {
        return Files.exists(Path.of("/proc", Long.toString(pid)));
    }

    /** {@return what is told of a thread of this process} */
    static ProcStat ofThread(int id) {
        return in(Path.of("/proc/self/task", Integer.toString(id)), id);
    }

    /** {@return what a process has used itself, all its threads together; 0 if it is gone} Told of one that is dead, too. */
    public static double cpuSeconds(long pid) {
        String text = SmallFile.read("/proc/" + pid + "/stat");
        int end = text.lastIndexOf(')');
        if (end < 0) {
            return 0;
        }
        String[] fields = text.substring(end + 2).split(" ", STIME + 2);
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / (double) ProcReader.ticksPerSecond();
    }

    /** {@return what the {@code stat} in a directory tells} */
    public static ProcStat in(Path directory, long pid) {
        String text;
        try {
            text = new String(Files.readAllBytes(directory.resolve("stat")), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return null;
        }
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", START + 2);
        return new ProcStat(
                pid,
                fields[0].charAt(0),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[CMINFLT]),
                Long.parseLong(fields[START]));
    }

    /** {@return whether it is dead and only waits for its parent to look} */
    public boolean isDead() {
        return state == 'Z' || state == 'X';
    }
}
