package io.hsu.internal.resource.linux;

import io.hsu.internal.linux.ProcReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads who is in the control group of one tree. */
final class GroupFiles {

    private static final byte[] NOTHING_BELOW = "nr_descendants 0\n".getBytes(StandardCharsets.US_ASCII);

    private final ProcReader reader;
    private final KeptDescriptors kept;
    private final Digits digits = new Digits();
    private Path group;
    private int procs = -1;
    private int stat = -1;

    GroupFiles(ProcReader reader, KeptDescriptors kept) {
        this.reader = reader;
        this.kept = kept;
    }

    /**
     * Reads its processes.
     *
     * @param directory the group
     * @param pids where their ids go
     * @return whether those are all; otherwise there are groups below it, or it cannot be read
     */
    boolean read(Path directory, PidList pids) {
        if (!directory.equals(group)) {
            release();
            group = directory;
        }
        return readProcs(pids) && hasNothingBelow();
    }

    private boolean readProcs(PidList pids) {
        pids.clear();
        int descriptor = procs < 0 ? reader.open(group + "/cgroup.procs") : procs;
        if (descriptor < 0) {
            return false;
        }
        boolean all = readPids(descriptor, pids);
        if (procs < 0 && all && kept.take()) {
            procs = descriptor;
        } else if (descriptor != procs) {
            ProcReader.close(descriptor);
        }
        if (!all) {
            release(); // it may have been removed, and be there anew
        }
        return all;
    }

    private boolean readPids(int descriptor, PidList pids) {
        long offset = 0;
        int length = reader.read(descriptor, 0);
        while (length > 0) {
            byte[] text = reader.bytes();
            int end = length;
            while (end > 0 && text[end - 1] != '\n') {
                end--; // the last number may go on in the next read
            }
            if (end == 0) {
                return false;
            }
            digits.begin(text, 0, end);
            while (digits.hasNext()) {
                pids.add(digits.next(), 0);
            }
            offset += end;
            length = reader.read(descriptor, offset);
        }
        return length == 0;
    }

    private boolean hasNothingBelow() {
        int descriptor = stat < 0 ? reader.open(group + "/cgroup.stat") : stat;
        if (descriptor < 0) {
            return false;
        }
        int length = reader.read(descriptor, 0);
        if (stat < 0 && kept.take()) {
            stat = descriptor;
        } else if (descriptor != stat) {
            ProcReader.close(descriptor);
        }
        int compared = Math.min(Math.max(0, length), NOTHING_BELOW.length);
        return Arrays.equals(reader.bytes(), 0, compared, NOTHING_BELOW, 0, NOTHING_BELOW.length);
    }

    void release() {
        procs = kept.close(procs);
        stat = kept.close(stat);
    }
}
