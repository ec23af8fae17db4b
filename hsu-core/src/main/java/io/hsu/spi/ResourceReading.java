package io.hsu.spi;

/**
 * What was read of one process: counters as the system has them, each {@link #UNKNOWN} where it does not tell. A monitor fills
 * one and may fill it again for the next process. Not safe for use by many threads.
 */
public final class ResourceReading {

    /** The system does not tell. */
    public static final long UNKNOWN = -1;

    private long pid;
    private long start;
    private long parent;
    private long rss;
    private long virtual;
    private long cpuNanos;
    private long waitedCpuNanos;
    private long readBytes;
    private long writtenBytes;
    private long readOperations;
    private long writeOperations;
    private boolean countsWaited;
    private long descriptors;
    private long threads;

    /** Makes one of which nothing is known. */
    public ResourceReading() {
        begin(0, 0, 0);
    }

    /**
     * Begins anew: everything else is unknown.
     *
     * @param pid the process
     * @param start when it has begun, in whatever unit: with the id, its identity
     * @param parent its parent's id
     */
    public ResourceReading begin(long pid, long start, long parent) {
        this.pid = pid;
        this.start = start;
        this.parent = parent;
        this.countsWaited = false;
        return memory(UNKNOWN, UNKNOWN)
                .cpu(UNKNOWN, UNKNOWN)
                .bytes(UNKNOWN, UNKNOWN)
                .operations(UNKNOWN, UNKNOWN)
                .descriptors(UNKNOWN)
                .threads(UNKNOWN);
    }

    /**
     * Sets its memory.
     *
     * @param rss bytes of it that are in RAM
     * @param virtual bytes of address space
     */
    public ResourceReading memory(long rss, long virtual) {
        this.rss = rss;
        this.virtual = virtual;
        return this;
    }

    /**
     * Sets the processor time it has used in its life.
     *
     * @param own nanoseconds of itself
     * @param waited nanoseconds of those children that have ended and that it has waited for, and of theirs
     */
    public ResourceReading cpu(long own, long waited) {
        this.cpuNanos = own;
        this.waitedCpuNanos = waited;
        return this;
    }

    /** Sets how many bytes it has had read from storage and written to it. */
    public ResourceReading bytes(long read, long written) {
        this.readBytes = read;
        this.writtenBytes = written;
        return this;
    }

    /** Sets how often it has read and written. */
    public ResourceReading operations(long reads, long writes) {
        this.readOperations = reads;
        this.writeOperations = writes;
        return this;
    }

    /** Says that bytes and operations are also those of children that have ended and that it has waited for. Otherwise they are not. */
    public ResourceReading countsWaited() {
        this.countsWaited = true;
        return this;
    }

    /** Sets how many file descriptors it has open. */
    public ResourceReading descriptors(long count) {
        this.descriptors = count;
        return this;
    }

    /** Sets how many threads it has. */
    public ResourceReading threads(long count) {
        this.threads = count;
        return this;
    }

    /** Becomes the same as another. */
    public void copy(ResourceReading other) {
        begin(other.pid, other.start, other.parent)
                .memory(other.rss, other.virtual)
                .cpu(other.cpuNanos, other.waitedCpuNanos)
                .bytes(other.readBytes, other.writtenBytes)
                .operations(other.readOperations, other.writeOperations)
                .descriptors(other.descriptors)
                .threads(other.threads);
        countsWaited = other.countsWaited;
    }

    public long pid() {
        return pid;
    }

    public long start() {
        return start;
    }

    public long parent() {
        return parent;
    }

    public long rss() {
        return rss;
    }

    public long virtual() {
        return virtual;
    }

    public long cpuNanos() {
        return cpuNanos;
    }

    public long waitedCpuNanos() {
        return waitedCpuNanos;
    }

    public long readBytes() {
        return readBytes;
    }

    public long writtenBytes() {
        return writtenBytes;
    }

    public long readOperations() {
        return readOperations;
    }

    public long writeOperations() {
        return writeOperations;
    }

    /** {@return whether bytes and operations are also those of children that it has waited for} */
    public boolean isWaitedCounted() {
        return countsWaited;
    }

    public long descriptors() {
        return descriptors;
    }

    public long threads() {
        return threads;
    }

    @Override
    public String toString() {
        return "process %d (started %d by %d): rss %d, virtual %d, cpu %d + %d ns, bytes %d/%d, operations %d/%d, %d fds, %d threads"
                .formatted(
                        pid,
                        start,
                        parent,
                        rss,
                        virtual,
                        cpuNanos,
                        waitedCpuNanos,
                        readBytes,
                        writtenBytes,
                        readOperations,
                        writeOperations,
                        descriptors,
                        threads);
    }
}
