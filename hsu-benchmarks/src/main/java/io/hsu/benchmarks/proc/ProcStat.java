package io.hsu.benchmarks.proc;

/**
 * What {@code /proc/<pid>/stat} says, see proc_pid_stat(5).
 *
 * @param state the state's letter; Z is a zombie
 * @param parent the parent's process id
 * @param cpuTicks time on processors, in user and kernel mode, in {@link #TICKS_PER_SECOND}
 * @param threads how many threads it has
 */
public record ProcStat(char state, long parent, long cpuTicks, int threads) {

    /** What the kernel counts in towards programs, whatever its own clock does. */
    public static final int TICKS_PER_SECOND = 100;

    // Fields counted from the one behind the command, which is the state.
    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final int THREADS = 17;

    /** {@return what a line says} The command in it stands in parentheses and may hold anything, also parentheses. */
    static ProcStat parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", THREADS + 2);
        return new ProcStat(
                fields[STATE].charAt(0),
                Long.parseLong(fields[PARENT]),
                Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]),
                Integer.parseInt(fields[THREADS]));
    }

    /** {@return whether it is dead and only waits for its parent to look} */
    public boolean isZombie() {
        return state == 'Z';
    }
}
