package io.hsu.internal.resource.linux;

import io.hsu.internal.linux.Errno;
import io.hsu.internal.linux.LibC;
import io.hsu.internal.linux.ProcReader;
import io.hsu.spi.ResourceReading;
import java.nio.charset.StandardCharsets;

/** Reads the files of processes, each at most once in a pass. */
final class ProcFiles {

    /** What came of it. */
    enum Outcome {
        READ,
        GONE,
        UNREADABLE
    }

    private static final byte[] STAT = "/stat".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] IO = "/io".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DESCRIPTORS = "/fd".getBytes(StandardCharsets.US_ASCII);

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int ENTRY_LENGTH = 16;
    /** The directory itself and the one above it. */
    private static final int DOTS = 2;

    private final ProcReader reader;
    private final KeptDescriptors kept;
    private final StatText stat = new StatText();
    private final IoText io = new IoText();
    private final long nanosPerTick = NANOS_PER_SECOND / ProcReader.ticksPerSecond();
    private final long pageSize = ProcReader.pageSize();
    private final boolean sizeIsCount;
    private long pass;
    private String trouble;
    private int errno;

    ProcFiles(ProcReader reader, KeptDescriptors kept) {
        this.reader = reader;
        this.kept = kept;
        this.sizeIsCount = tellsDescriptorsAsSize();
    }

    /** Since Linux 6.2. */
    private boolean tellsDescriptorsAsSize() {
        int own = reader.openToLook(ProcessHandle.current().pid(), DESCRIPTORS);
        if (own < 0) {
            return false;
        }
        long size = reader.size(own);
        ProcReader.close(own);
        return size > 0;
    }

    void beginPass(long number) {
        pass = number;
    }

    /** {@return why something was unreadable last} */
    String trouble() {
        return trouble;
    }

    /** {@return whether that was because descriptors have run out} */
    boolean lacksDescriptors() {
        return errno == Errno.EMFILE || errno == Errno.ENFILE;
    }

    /** Reads who it is and what it has used, of those that are measured. */
    Outcome read(Proc proc) {
        if (proc.gone) {
            return Outcome.GONE;
        }
        if (proc.readIn == pass) {
            return Outcome.READ;
        }
        int descriptor = proc.stat;
        if (descriptor < 0) {
            descriptor = reader.open(proc.pid, STAT);
            if (descriptor < 0) {
                return notRead(proc);
            }
            if (proc.users > 0 && kept.take()) {
                proc.stat = descriptor;
            }
        }
        int length = reader.read(descriptor, 0);
        Outcome outcome = length > 0 ? take(proc, length) : notRead(proc);
        if (descriptor != proc.stat) {
            ProcReader.close(descriptor);
        }
        if (outcome == Outcome.GONE) {
            end(proc);
        }
        return outcome;
    }

    private Outcome take(Proc proc, int length) {
        if (!stat.parse(reader.bytes(), length)) {
            trouble = "/proc/%d/stat has an unknown form".formatted(proc.pid);
            errno = 0;
            return Outcome.UNREADABLE;
        }
        boolean isAnother = proc.start >= 0 && proc.start != stat.start();
        boolean ends = stat.hasNoMemory() && !stat.isZombie();
        if (stat.isDead() || isAnother || (ends && proc.users > 0)) {
            return Outcome.GONE;
        }
        proc.start = stat.start();
        proc.parent = stat.parent();
        proc.session = stat.session();
        proc.readIn = pass;
        if (proc.users > 0) {
            fill(proc);
        }
        return Outcome.READ;
    }

    private void fill(Proc proc) {
        if (proc.reading == null) {
            proc.reading = new ResourceReading();
        }
        ResourceReading reading =
                proc.reading.begin(proc.pid, stat.start(), stat.parent()).threads(stat.threads());
        reading.cpu(stat.cpu() * nanosPerTick, stat.waitedCpu() * nanosPerTick);
        if (!stat.hasNoMemory()) {
            reading.memory(stat.rss() * pageSize, stat.virtual());
        }
    }

    /** Reads the rest of one whose {@link #read} has gone well in this pass. */
    void readDetails(Proc proc) {
        if (proc.detailsIn != pass) {
            proc.detailsIn = pass;
            readIo(proc);
            proc.reading.descriptors(sizeIsCount ? sizeOfDescriptors(proc) : countDescriptors(proc));
        }
    }

    private void readIo(Proc proc) {
        int descriptor = proc.io;
        if (descriptor < 0) {
            descriptor = reader.open(proc.pid, IO);
            if (descriptor < 0) {
                return;
            }
            if (kept.take()) {
                proc.io = descriptor;
            }
        }
        int length = reader.read(descriptor, 0);
        if (length > 0) { // otherwise it is another user's, or gone
            io.parse(reader.bytes(), length);
            proc.reading
                    .bytes(io.readBytes(), io.writtenBytes())
                    .operations(io.reads(), io.writes())
                    .countsWaited();
        }
        if (descriptor != proc.io) {
            ProcReader.close(descriptor);
        }
    }

    private long sizeOfDescriptors(Proc proc) {
        int descriptor = proc.descriptors;
        if (descriptor < 0) {
            descriptor = reader.openToLook(proc.pid, DESCRIPTORS);
            if (descriptor < 0) {
                return ResourceReading.UNKNOWN;
            }
            if (kept.take()) {
                proc.descriptors = descriptor;
            }
        }
        long size = reader.size(descriptor);
        if (descriptor != proc.descriptors) {
            ProcReader.close(descriptor);
        }
        return size < 0 ? ResourceReading.UNKNOWN : size;
    }

    /** One by one, as older kernels want it. */
    private long countDescriptors(Proc proc) {
        int directory = reader.openDirectory(proc.pid, DESCRIPTORS);
        if (directory < 0) {
            return ResourceReading.UNKNOWN;
        }
        long entries = 0;
        int length = reader.list(directory);
        while (length > 0) {
            byte[] bytes = reader.bytes();
            for (int at = 0;
                    at < length;
                    at += (bytes[at + ENTRY_LENGTH] & 0xFF) | (bytes[at + ENTRY_LENGTH + 1] & 0xFF) << 8) {
                entries++;
            }
            length = reader.list(directory);
        }
        ProcReader.close(directory);
        return length < 0 ? ResourceReading.UNKNOWN : entries - DOTS;
    }

    private Outcome notRead(Proc proc) {
        errno = reader.errno();
        boolean gone = errno == 0 || errno == Errno.ESRCH || errno == Errno.ENOENT;
        if (gone && errno == Errno.ENOENT && ProcReader.exists(proc.pid)) {
            trouble = "process %d is hidden: /proc is mounted with hidepid".formatted(proc.pid);
            return Outcome.UNREADABLE;
        }
        if (gone) {
            end(proc);
            return Outcome.GONE;
        }
        trouble = "/proc/%d/stat cannot be read: %s".formatted(proc.pid, LibC.strerror(errno));
        return Outcome.UNREADABLE;
    }

    private void end(Proc proc) {
        proc.gone = true;
        release(proc);
    }

    /** Lets go of what is kept for a process. */
    void release(Proc proc) {
        proc.stat = kept.close(proc.stat);
        proc.io = kept.close(proc.io);
        proc.descriptors = kept.close(proc.descriptors);
        proc.reading = null;
    }
}
