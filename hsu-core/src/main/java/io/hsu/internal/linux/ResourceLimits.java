package io.hsu.internal.linux;

/** The limits and the priority that the kernel keeps for each process (prlimit(2), setpriority(2)), set from outside. */
public final class ResourceLimits {

    /** No limit. */
    public static final long UNLIMITED = -1;

    private static final int PRIO_PROCESS = 0;
    private static final int CURRENT_AT = 0;
    private static final int MOST_AT = 8;

    private static final ThreadLocal<NativeMemory> MEMORY = ThreadLocal.withInitial(() -> new NativeMemory(16));

    /** Those that are used here, under the numbers that x86-64 and aarch64 share. */
    public enum Resource {
        /** In seconds. */
        CPU(0),
        CORE(4),
        NOFILE(7),
        AS(9),
        /** 20 less the lowest niceness that may be set. */
        NICE(13);

        private final int number;

        Resource(int number) {
            this.number = number;
        }
    }

    /**
     * Sets a limit of another process.
     *
     * @param current what holds
     * @param most what the process itself may raise it to
     * @return 0, or the error number
     */
    public static int set(int pid, Resource resource, long current, long most) {
        if (pid <= 0) {
            throw new IllegalArgumentException("this process's own limits are its host's business");
        }
        NativeMemory memory = MEMORY.get();
        memory.putLong(CURRENT_AT, current);
        memory.putLong(MOST_AT, most);
        return LibC.prlimit(pid, resource.number, memory.address(), 0) == 0 ? 0 : LibC.errno();
    }

    /** {@return what this process may raise its limit to; 0 if that cannot be told} */
    public static long own(Resource resource) {
        NativeMemory memory = MEMORY.get();
        return LibC.prlimit(0, resource.number, 0, memory.address()) == 0 ? memory.getLong(MOST_AT) : 0;
    }

    /** Sets how willingly another process lets others have the processor. {@return 0, or the error number} */
    public static int niceness(int pid, int niceness) {
        return LibC.setpriority(PRIO_PROCESS, pid, niceness) == 0 ? 0 : LibC.errno();
    }

    /** {@return this process's niceness: its first thread's} */
    public static int ownNiceness() {
        return LibC.getpriority(PRIO_PROCESS, (int) ProcessHandle.current().pid());
    }

    private ResourceLimits() {}
}
