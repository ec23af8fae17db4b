package io.hsu.internal.resource.linux;

import io.hsu.internal.linux.ProcReader;
import io.hsu.internal.linux.SmallFile;
import io.hsu.internal.resource.PidMap;
import io.hsu.internal.resource.linux.ProcFiles.Outcome;
import io.hsu.spi.ResourceMonitor;
import io.hsu.spi.ResourceReceiver;
import io.hsu.spi.ResourceTarget;
import io.hsu.spi.ResourceWatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Measures by {@code /proc}. Of each process three files are kept open, as far as there are descriptors; what is read of a process
 * that has ended is an error, so that another one with its id cannot be taken for it. Nothing is allocated for a process that was
 * there in the pass before: for the same reason loops over processes count instead of iterating.
 */
final class LinuxResourceMonitor implements ResourceMonitor {

    private static final long KIB = 1024;

    private final ProcReader reader = new ProcReader();
    private final KeptDescriptors kept;
    private final ProcFiles files;
    private final ProcScan scan;
    private final PidMap<Proc> procs = new PidMap<>();
    private final Set<LinuxWatch> watches = new HashSet<>();

    private final PidList inGroup = new PidList();
    private final List<LinuxWatch> toFind = new ArrayList<>();
    private List<Proc> found = new ArrayList<>();
    private long pass;
    private long change;

    LinuxResourceMonitor(KeptDescriptors kept) {
        this.kept = kept;
        this.files = new ProcFiles(reader, kept);
        this.scan = new ProcScan(reader, files, procs);
    }

    @Override
    public OptionalLong totalMemory() {
        Digits digits = new Digits();
        String text = SmallFile.read("/proc/meminfo").lines().findFirst().orElse("");
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        digits.begin(bytes, 0, bytes.length);
        return text.startsWith("MemTotal:") && digits.hasNext()
                ? OptionalLong.of(digits.next() * KIB)
                : OptionalLong.empty();
    }

    @Override
    public ResourceWatch watch(ResourceTarget target, ResourceReceiver receiver) {
        LinuxWatch watch = new LinuxWatch(this, target, receiver);
        watches.add(watch);
        if (watch.tree) {
            scan.add(watch);
        }
        return watch;
    }

    void closed(LinuxWatch watch) {
        watches.remove(watch);
        letGo(watch);
        if (watch.tree) {
            scan.remove(watch);
        }
    }

    @Override
    public void sample(Collection<? extends ResourceWatch> due) {
        files.beginPass(++pass);
        toFind.clear();
        for (ResourceWatch watch : due) {
            sample((LinuxWatch) watch);
        }
        if (!toFind.isEmpty()) {
            scan.run(toFind);
            for (LinuxWatch watch : toFind) {
                find(watch);
            }
        }
    }

    private void sample(LinuxWatch watch) {
        Outcome outcome = readRoot(watch);
        if (outcome == Outcome.GONE) {
            watch.gone = true;
            letGo(watch);
            watch.receiver.gone();
        } else if (outcome == Outcome.UNREADABLE) {
            watch.receiver.unreadable(files.trouble());
        } else if (!watch.tree || membersAreOfGroup(watch)) {
            tell(watch);
        } else {
            toFind.add(watch);
        }
    }

    private Outcome readRoot(LinuxWatch watch) {
        if (watch.gone) {
            return Outcome.GONE;
        }
        if (watch.root != null) {
            return files.read(watch.root);
        }
        Proc root = procOf(watch.target.pid());
        enter(watch, root);
        Outcome outcome = files.read(root);
        OptionalLong start = watch.target.start();
        boolean isAnother = outcome == Outcome.READ && start.isPresent() && start.getAsLong() != root.start;
        if (outcome == Outcome.READ && !isAnother) {
            watch.root = root;
        } else {
            letGo(watch);
        }
        return isAnother ? Outcome.GONE : outcome;
    }

    /** {@return the process that has an id, as far as it is known} */
    private Proc procOf(long pid) {
        Proc proc = procs.get(pid);
        if (proc == null || files.read(proc) == Outcome.GONE) {
            proc = new Proc(pid);
            procs.put(pid, proc);
        }
        return proc;
    }

    private boolean membersAreOfGroup(LinuxWatch watch) {
        Optional<Path> directory = watch.target.controlGroup();
        inGroup.clear();
        if (directory.isEmpty()) {
            return false;
        }
        if (watch.group == null) {
            watch.group = new GroupFiles(reader, kept);
        }
        boolean all = watch.group.read(directory.get(), inGroup);
        if (!inGroup.contains(watch.root.pid)) {
            return false; // it is not in the group any more, or the group has been given to another launch
        }
        if (!all || !holdsAllOf(watch.members)) {
            watch.alsoInGroup = inGroup.copy();
            return false;
        }
        findInGroup(watch);
        replaceMembers(watch);
        return true;
    }

    private void findInGroup(LinuxWatch watch) {
        change++;
        found.clear();
        found.add(watch.root);
        watch.root.listedIn = change;
        for (int i = 0; i < inGroup.size(); i++) {
            long pid = inGroup.pid(i);
            Proc proc = pid > 0 ? procOf(pid) : watch.root; // 0: it is not in this process's namespace
            if (proc.listedIn != change) { // the kernel may list one twice
                proc.listedIn = change;
                found.add(proc);
            }
        }
    }

    /** A tree that is moved to a group comes there one by one, and a part of it may have been moved out again. */
    private boolean holdsAllOf(List<Proc> members) {
        for (int i = 0; i < members.size(); i++) {
            Proc member = members.get(i);
            if (!inGroup.contains(member.pid) && files.read(member) != Outcome.GONE) {
                return false;
            }
        }
        return true;
    }

    private void find(LinuxWatch watch) {
        if (scan.trouble() != null) {
            watch.receiver.unreadable(scan.trouble());
            return;
        }
        found.clear();
        scan.find(watch, found);
        replaceMembers(watch);
        tell(watch);
    }

    /** Those that were found are the members now. */
    private void replaceMembers(LinuxWatch watch) {
        change++;
        List<Proc> before = watch.members;
        for (int i = 0; i < before.size(); i++) {
            before.get(i).memberOf = change;
        }
        for (int i = 0; i < found.size(); i++) {
            Proc proc = found.get(i);
            if (proc.memberOf == change) {
                proc.memberOf = 0;
            } else {
                use(proc);
            }
        }
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i).memberOf == change) {
                leave(before.get(i));
            }
        }
        watch.members = found;
        found = before;
        found.clear();
    }

    private void enter(LinuxWatch watch, Proc proc) {
        use(proc);
        watch.members.add(proc);
    }

    private static void use(Proc proc) {
        proc.users++;
        if (proc.users == 1) {
            proc.readIn = 0; // only now all of it counts
        }
    }

    private void leave(Proc proc) {
        proc.users--;
        if (proc.users == 0) {
            files.release(proc);
            boolean mayBeInTable = !proc.gone && proc.inode != 0;
            if (!mayBeInTable && procs.get(proc.pid) == proc) {
                procs.remove(proc.pid);
            }
        }
    }

    private void tell(LinuxWatch watch) {
        for (int i = 0; i < watch.members.size(); i++) {
            Proc proc = watch.members.get(i);
            Outcome outcome = files.read(proc);
            if (outcome == Outcome.UNREADABLE) {
                watch.receiver.unreadable(files.trouble());
                return;
            }
            if (outcome == Outcome.READ) {
                files.readDetails(proc);
                watch.receiver.process(proc.reading);
            }
        }
        watch.receiver.measured();
    }

    private void letGo(LinuxWatch watch) {
        watch.members.forEach(this::leave);
        watch.members.clear();
        watch.root = null;
        if (watch.group != null) {
            watch.group.release();
        }
    }

    @Override
    public void close() {
        watches.forEach(this::letGo);
        watches.clear();
        procs.clear();
        scan.close();
    }
}
