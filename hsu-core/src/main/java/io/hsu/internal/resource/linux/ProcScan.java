package io.hsu.internal.resource.linux;

import io.hsu.internal.launch.ProcTable;
import io.hsu.internal.linux.LibC;
import io.hsu.internal.linux.ProcReader;
import io.hsu.internal.resource.PidMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds the processes of trees among all of the system's, for all trees at once: by descent, by session, by mark, and because
 * they were found before.
 *
 * <p>To list the processes is cheap, to read about each is not. That is done when it is new: what belongs to a tree does so from
 * its birth on, and a process that has another's id by now is told by the number of its entry in the list, which no other has.
 */
final class ProcScan {

    // struct linux_dirent64.
    private static final int ENTRY_LENGTH = 16;
    private static final int ENTRY_NAME = 19;
    private static final int INODE_BYTES = 8;

    /** The parent of all threads of the kernel, which have no environment. */
    private static final long KERNEL_THREADS = 2;

    private final ProcReader reader;
    private final ProcFiles files;
    private final PidMap<Proc> procs;
    private final Map<String, LinuxWatch> marks = new HashMap<>();

    private final PidList listed = new PidList();
    private final List<Proc> unsought = new ArrayList<>();
    private final List<Proc> toVisit = new ArrayList<>();
    private final Consumer<Proc> unlink = ProcScan::unlink;
    private final Consumer<Proc> link = this::link;

    private int directory = -1;
    private long number;
    private long visit;
    private String trouble;

    ProcScan(ProcReader reader, ProcFiles files, PidMap<Proc> procs) {
        this.reader = reader;
        this.files = files;
        this.procs = procs;
    }

    /** One more tree that may have to be looked for. */
    void add(LinuxWatch watch) {
        watch.target.mark().ifPresent(mark -> marks.put(mark, watch));
    }

    void remove(LinuxWatch watch) {
        watch.target.mark().ifPresent(mark -> marks.remove(mark, watch));
    }

    /** {@return why the last scan has not seen everything; null if it has} */
    String trouble() {
        return trouble;
    }

    /** Looks at all processes, for trees whose own processes have been read. {@link #find} tells then who belongs to one. */
    void run(List<LinuxWatch> watches) {
        number++;
        trouble = null;
        if (!list()) {
            trouble = "/proc cannot be read: " + LibC.strerror(reader.errno());
            return;
        }
        lookAtNew(oldestNew(watches));
        procs.removeIf(proc -> proc.users == 0 && proc.seenIn != number);
        procs.forEach(unlink);
        procs.forEach(link);
        seekMarks();
    }

    private boolean list() {
        listed.clear();
        if (directory < 0) {
            directory = reader.open("/proc");
            if (directory < 0) {
                return false;
            }
        }
        reader.rewind(directory);
        int length = reader.list(directory);
        while (length > 0) {
            addListed(reader.bytes(), length);
            length = reader.list(directory);
        }
        return length == 0;
    }

    private void addListed(byte[] entries, int length) {
        int at = 0;
        while (at < length) {
            int size = (entries[at + ENTRY_LENGTH] & 0xFF) | (entries[at + ENTRY_LENGTH + 1] & 0xFF) << 8;
            long pid = 0;
            int letter = at + ENTRY_NAME;
            while (entries[letter] >= '0' && entries[letter] <= '9') {
                pid = pid * 10 + entries[letter++] - '0';
            }
            if (pid > 0 && entries[letter] == 0) {
                long inode = 0;
                for (int i = INODE_BYTES - 1; i >= 0; i--) {
                    inode = inode << 8 | (entries[at + i] & 0xFF);
                }
                listed.add(pid, inode);
            }
            at += size;
        }
    }

    /** {@return when the oldest of the trees has begun that were not looked for before} Nothing of them is older. */
    private static long oldestNew(List<LinuxWatch> watches) {
        long oldest = Long.MAX_VALUE;
        for (LinuxWatch watch : watches) {
            if (!watch.inTable) {
                watch.inTable = true;
                oldest = Math.min(oldest, watch.root.start);
            }
        }
        return oldest;
    }

    private void lookAtNew(long oldest) {
        unsought.clear();
        for (int i = 0; i < listed.size(); i++) {
            long pid = listed.pid(i);
            Proc proc = procs.get(pid);
            boolean known = proc != null && !proc.gone && proc.inode == listed.number(i);
            boolean mayBeOfNew = known && proc.users == 0 && proc.start >= oldest;
            if (!known || mayBeOfNew) {
                proc = look(pid, proc);
            }
            if (proc != null) {
                proc.inode = listed.number(i);
                proc.seenIn = number;
                proc.markSought &= !mayBeOfNew;
                if (!proc.markSought && proc.users == 0) {
                    unsought.add(proc);
                }
            }
        }
    }

    /** {@return the process that has an id now; null if it is gone, or could not be looked at} */
    private Proc look(long pid, Proc before) {
        Proc proc = before == null || before.gone ? null : before;
        ProcFiles.Outcome outcome = proc == null ? ProcFiles.Outcome.GONE : files.read(proc);
        if (outcome == ProcFiles.Outcome.GONE) {
            proc = new Proc(pid);
            outcome = files.read(proc);
            if (outcome == ProcFiles.Outcome.READ) {
                procs.put(pid, proc);
            }
        }
        if (outcome == ProcFiles.Outcome.UNREADABLE && files.lacksDescriptors()) {
            trouble = files.trouble(); // whereas what another user hides is none of ours
        }
        return outcome == ProcFiles.Outcome.READ ? proc : null;
    }

    private static void unlink(Proc proc) {
        proc.firstChild = null;
        proc.nextSibling = null;
        proc.firstOfSession = null;
        proc.nextOfSession = null;
    }

    private void link(Proc proc) {
        if (proc.seenIn != number) {
            return;
        }
        Proc parent = procs.get(proc.parent);
        if (parent != null && parent != proc) {
            proc.nextSibling = parent.firstChild;
            parent.firstChild = proc;
        }
        Proc leader = procs.get(proc.session);
        if (leader != null && leader != proc) {
            proc.nextOfSession = leader.firstOfSession;
            leader.firstOfSession = proc;
        }
    }

    /** Who has lost its parents still has its mark, if it has not cleared it. That is read once. */
    private void seekMarks() {
        if (unsought.isEmpty()) {
            return;
        }
        long oldest = oldestMarked();
        for (Proc proc : unsought) {
            boolean isOfKernel = proc.parent == KERNEL_THREADS || proc.pid == KERNEL_THREADS;
            if (isOfKernel || proc.start < oldest) {
                proc.markSought = true;
            } else {
                seekMark(proc);
            }
        }
    }

    private long oldestMarked() {
        long oldest = Long.MAX_VALUE;
        for (LinuxWatch watch : marks.values()) {
            if (watch.root != null) {
                oldest = Math.min(oldest, watch.root.start);
            }
        }
        return oldest;
    }

    private void seekMark(Proc proc) {
        String found = ProcTable.marksOf(proc.pid);
        proc.markSought = found != null; // otherwise it is becoming another program just now
        if (found != null && !found.isEmpty()) {
            adopt(proc, found);
        }
    }

    private void adopt(Proc proc, String found) {
        for (String mark : found.split(":", -1)) {
            LinuxWatch watch = marks.get(mark);
            if (watch != null) {
                if (watch.adopted == null) {
                    watch.adopted = new ArrayList<>(1);
                }
                watch.adopted.add(proc);
            }
        }
    }

    /**
     * Finds who belongs to a tree now.
     *
     * @param watch the tree
     * @param into where they go, the tree's own process first
     */
    void find(LinuxWatch watch, List<Proc> into) {
        visit++;
        toVisit.clear();
        watch.root.foundIn = visit; // it has been read just now, also if it is not there any more
        toVisit.add(watch.root);
        for (Proc proc = watch.root.firstOfSession; proc != null; proc = proc.nextOfSession) {
            visit(proc);
        }
        for (int i = 0; i < watch.members.size(); i++) {
            visit(watch.members.get(i));
        }
        if (watch.adopted != null) {
            watch.adopted.forEach(this::visit);
            watch.adopted = null;
        }
        if (watch.alsoInGroup != null) {
            for (int i = 0; i < watch.alsoInGroup.size(); i++) {
                visit(procs.get(watch.alsoInGroup.pid(i)));
            }
            watch.alsoInGroup = null;
        }
        for (int i = 0; i < toVisit.size(); i++) { // grows meanwhile
            Proc proc = toVisit.get(i);
            into.add(proc);
            for (Proc child = proc.firstChild; child != null; child = child.nextSibling) {
                visit(child);
            }
        }
    }

    private void visit(Proc proc) {
        if (proc != null && !proc.gone && proc.seenIn == number && proc.foundIn != visit) {
            proc.foundIn = visit;
            toVisit.add(proc);
        }
    }

    void close() {
        if (directory >= 0) {
            ProcReader.close(directory);
            directory = -1;
        }
    }
}
