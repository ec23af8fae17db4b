package io.hsu.internal.launch.linux;

import io.hsu.Signal;
import io.hsu.internal.launch.LaunchedProcess.TreeMember;
import io.hsu.internal.launch.MeasuredLaunch;
import io.hsu.internal.launch.ProcTable;
import io.hsu.internal.linux.Descriptors;
import io.hsu.internal.linux.PidFd;
import io.hsu.internal.linux.ProcStat;
import io.hsu.internal.linux.SmallFile;
import io.hsu.spi.ResourceTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Everything that came out of one launch: what {@code /proc} shows to belong to it, by session, by mark, by descent; and what is
 * in the control group that the process was born in or was moved to. The one finds what has left the group, the other what has
 * cleared its environment: together, nothing can hide that was in the group once and has not been put elsewhere as well.
 */
final class LinuxTree {

    private static final Path LOADAVG = Path.of("/proc/loadavg");

    /** In some containers a file of the host's making lies over it, which may be seconds old. */
    private static final boolean LOADAVG_IS_THE_KERNELS = !isMountPoint(LOADAVG);

    private final LinuxProcess root;
    private final String mark;
    /** In the kernel's ticks. */
    private final long start;

    private final Runnable whenOver;

    private volatile Cgroup cgroup;
    /** Everything ever found: what lost its parents and its mark may be in no later look. Guarded by itself. */
    private final Map<Long, Member> known = new LinkedHashMap<>(2);

    /**
     * @param birthplace the group it was born in; null if it was born in the manager's own
     * @param whenOver told when nothing of it is left; perhaps more than once
     */
    LinuxTree(LinuxProcess root, String mark, Cgroup birthplace, Runnable whenOver) {
        this.root = root;
        this.mark = mark;
        ProcStat stat = ProcStat.of(root.pid()); // it is not reaped yet: it is there
        this.start = stat == null ? 0 : stat.start();
        this.cgroup = birthplace;
        this.whenOver = whenOver;
    }

    /**
     * Moves the process to a group of its own.
     *
     * @return whether it has started others that are to follow
     */
    boolean moveRoot(Cgroups groups) {
        Cgroup made = root.isAlive() ? groups.create() : null;
        if (made == null) {
            return false;
        }
        cgroup = made;
        root.whileAlive(() -> made.attach(root.pid())); // so that its id cannot become another's meanwhile
        giveBackIfOver(made);
        return hasForked(root.pid());
    }

    /** {@return moves what a look finds, now asked for, and tells whether anything of it was new} */
    Supplier<Boolean> moveMembers() {
        Supplier<List<TreeMember>> members = look();
        return () -> {
            Cgroup group = cgroup;
            List<Long> inside = group.members();
            List<TreeMember> outside = members.get().stream()
                    .filter(member -> !inside.contains(member.pid()) && member.isAlive())
                    .toList();
            outside.forEach(member -> group.attach(member.pid()));
            giveBackIfOver(group);
            return !outside.isEmpty();
        };
    }

    /** The last look at the tree may have come before there was a group. */
    private void giveBackIfOver(Cgroup group) {
        if (!root.isAlive() && group.isEmpty()) {
            group.giveBack();
        }
    }

    /** It has a child, or has had one that has left its page faults behind. Whom this misses, the mark finds. */
    private static boolean hasForked(long pid) {
        String children = SmallFile.read("/proc/" + pid + "/task/" + pid + "/children", "unknown");
        ProcStat stat = ProcStat.of(pid);
        return !children.isEmpty() || stat == null || stat.childrensFaults() > 0;
    }

    /** {@return when its process has begun, in the kernel's ticks} */
    long start() {
        return start;
    }

    /** {@return what a resource monitor is to measure of it, with all of it or without} */
    ResourceTarget measured(boolean whole) {
        return MeasuredLaunch.of(root.pid(), start, whole, this::group, mark);
    }

    private Optional<Path> group() {
        Cgroup group = cgroup;
        return group == null ? Optional.empty() : group.measured();
    }

    Supplier<List<TreeMember>> look() {
        long asked = ProcTable.moment();
        return () -> members(ProcTable.after(asked));
    }

    /** {@return whether nothing of it is left, if that can be told at once} Its process is dead. */
    boolean isOver() {
        Cgroup group = cgroup;
        boolean empty = group == null || group.isEmpty();
        // If no process has come to be since this one did, as the end of this file tells, it had no children.
        boolean over = empty
                && LOADAVG_IS_THE_KERNELS
                && SmallFile.read(LOADAVG.toString()).endsWith(" " + root.pid() + "\n");
        if (over) {
            over(group);
        }
        return over;
    }

    private void over(Cgroup group) {
        if (group != null) {
            group.giveBack();
        }
        whenOver.run();
    }

    private static boolean isMountPoint(Path file) {
        try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mountinfo"))) {
            return mounts.anyMatch(mount -> mount.contains(" " + file + " "));
        } catch (IOException | UncheckedIOException e) {
            return true; // not known
        }
    }

    /** Kills all of it in one step, if the kernel can; what forks meanwhile has no chance then. */
    void killAtOnce() {
        Cgroup group = cgroup;
        if (group != null) {
            group.kill();
        }
    }

    private List<TreeMember> members(ProcTable table) {
        Cgroup group = cgroup;
        List<ProcStat> found = new ArrayList<>(table.treeOf(root.pid(), start, mark));
        if (group != null) {
            found.addAll(in(group));
        }
        synchronized (known) {
            if (table.isComplete()) {
                known.values().removeIf(member -> !member.isAlive());
            }
            found.forEach(
                    stat -> known.put(stat.pid(), new Member(stat))); // its group may be another since the last look
            if (root.isAlive()) {
                known.put(root.pid(), new Root()); // wherever it is
            }
            List<TreeMember> members = new ArrayList<>(known.values());
            if (members.isEmpty() && !root.isAlive()) {
                if (group == null || group.isEmpty()) {
                    over(group);
                } else {
                    members.add(new Restless(group));
                }
            }
            return members;
        }
    }

    /** {@return what is alive in a group} */
    private static List<ProcStat> in(Cgroup group) {
        List<ProcStat> found = new ArrayList<>();
        for (long pid : group.members()) {
            ProcStat stat = ProcStat.of(pid);
            if (stat != null && !stat.isDead()) {
                found.add(stat);
            } else if (stat == null && ProcStat.exists(pid)) {
                throw new UncheckedIOException(new IOException("process " + pid + " cannot be looked at"));
            }
        }
        return found;
    }

    /** One process of it. */
    static class Member implements TreeMember {
        private final ProcStat found;

        Member(ProcStat found) {
            this.found = found;
        }

        @Override
        public long pid() {
            return found.pid();
        }

        /** {@return its process group} */
        long group() {
            return found.group();
        }

        @Override
        public boolean isAlive() {
            ProcStat now = ProcStat.of(found.pid());
            return now != null && now.start() == found.start() && !now.isDead();
        }

        /** By a descriptor: if the one that has it is the one that was found, it cannot become another before it is signalled. */
        void signal(Signal signal) {
            signal(signal.number());
        }

        void signal(int number) {
            int descriptor = PidFd.open((int) found.pid());
            if (descriptor < 0) {
                return;
            }
            if (isAlive()) {
                PidFd.signal(descriptor, number);
            }
            Descriptors.close(descriptor);
        }
    }

    /** The process itself, of which no look at {@code /proc} is needed. As the leader of its session it cannot leave its group. */
    private final class Root extends Member {
        Root() {
            super(new ProcStat(root.pid(), 'R', 0, root.pid(), root.pid(), 0, 0));
        }

        @Override
        public boolean isAlive() {
            return root.isAlive();
        }

        @Override
        void signal(int number) {
            root.signal(number);
        }
    }

    /** What forks and ends faster than it can be looked at: only its group shows that it is there, and only that can kill it. */
    private static final class Restless extends Member {
        private final Cgroup group;

        Restless(Cgroup group) {
            super(new ProcStat(group.members().stream().findFirst().orElse(0L), 'R', 0, 0, 0, 0, 0));
            this.group = group;
        }

        @Override
        public boolean isAlive() {
            return !group.isEmpty();
        }

        @Override
        void signal(int number) {
            in(group).forEach(stat -> new Member(stat).signal(number));
        }
    }
}
