package io.hsu;

/** What is measured of a process, or of a tree of processes. */
public enum ResourceMetric {
    /** Memory in RAM, in bytes. What processes share counts for each of them. */
    RSS(Kind.LEVEL),
    /** Address space, in bytes. */
    VIRTUAL(Kind.LEVEL),
    /** {@link #RSS} of the system's memory, in percent. */
    MEMORY_PERCENT(Kind.LEVEL),
    /** Processor time since the sample before, in percent; 100 is one processor kept busy all the time. */
    CPU_PERCENT(Kind.LEVEL),
    /** Processor time used so far, in seconds. */
    CPU_TIME(Kind.COUNTER),
    /** Bytes read from storage so far. */
    READ_BYTES(Kind.COUNTER),
    /** Bytes written to storage so far. */
    WRITTEN_BYTES(Kind.COUNTER),
    /** How often was read so far, from whatever: files, pipes, sockets. */
    READ_OPERATIONS(Kind.COUNTER),
    /** How often was written so far, to whatever. */
    WRITE_OPERATIONS(Kind.COUNTER),
    /** {@link #READ_BYTES} a second since the sample before. */
    READ_BYTES_PER_SECOND(Kind.LEVEL),
    /** {@link #WRITTEN_BYTES} a second since the sample before. */
    WRITTEN_BYTES_PER_SECOND(Kind.LEVEL),
    /** {@link #READ_OPERATIONS} a second since the sample before. */
    READ_OPERATIONS_PER_SECOND(Kind.LEVEL),
    /** {@link #WRITE_OPERATIONS} a second since the sample before. */
    WRITE_OPERATIONS_PER_SECOND(Kind.LEVEL),
    /** Open file descriptors. */
    DESCRIPTORS(Kind.LEVEL),
    /** Threads. */
    THREADS(Kind.LEVEL),
    /**
     * Of a tree: how many processes are in it besides the first one. Of a process of a tree: how many of the tree are its
     * children. Of a process that is measured alone: not known.
     */
    CHILDREN(Kind.LEVEL);

    private enum Kind {
        LEVEL,
        COUNTER
    }

    private final Kind kind;

    ResourceMetric(Kind kind) {
        this.kind = kind;
    }

    /** {@return whether it only grows; the others rise and fall} */
    public boolean isCounter() {
        return kind == Kind.COUNTER;
    }
}
