package io.hsu.internal.launch;

import io.hsu.LimitStatus;
import io.hsu.Signal;
import io.hsu.internal.linux.ProcStat;
import io.hsu.spi.ResourceTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A child of this JVM and what came out of it. */
final class PortableProcess implements LaunchedProcess {

    private static final Logger log = LoggerFactory.getLogger(PortableProcess.class);

    private final Process process;
    private final String mark;
    /** In the kernel's ticks; 0 where it does not tell, or the process was quicker. */
    private final long start;

    private final List<LimitStatus> limits;
    /** Everything ever found of the tree: a child that lost its parent is in no later tree. Guarded by itself. */
    private final Map<Long, Member> known = new LinkedHashMap<>();

    PortableProcess(Process process, String mark, List<LimitStatus> limits) {
        this.process = process;
        this.mark = mark;
        this.limits = limits;
        ProcStat stat = OperatingSystem.LINUX ? ProcStat.of(process.pid()) : null;
        this.start = stat == null ? 0 : stat.start();
        known.put(process.pid(), new Root());
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public ResourceTarget measured(boolean tree) {
        return MeasuredLaunch.of(pid(), start, tree, Optional::empty, mark);
    }

    @Override
    public List<LimitStatus> limits() {
        return limits;
    }

    @Override
    public Supplier<List<TreeMember>> look() {
        long asked = ProcTable.moment();
        return () -> members(asked);
    }

    private List<TreeMember> members(long asked) {
        ProcTable table = OperatingSystem.LINUX ? ProcTable.after(asked) : null;
        List<Member> found = table == null ? descendants() : inTable(table);
        synchronized (known) {
            if (table == null || table.isComplete()) {
                known.values().removeIf(member -> !member.isAlive());
            }
            for (Member member : found) {
                known.putIfAbsent(member.pid(), member);
            }
            return List.copyOf(known.values());
        }
    }

    private List<Member> inTable(ProcTable table) {
        List<Member> found = new ArrayList<>();
        for (ProcStat stat : table.treeOf(process.pid(), start, mark)) {
            ProcessHandle.of(stat.pid())
                    .map(Member::new)
                    .filter(Member::isAlive)
                    .ifPresent(found::add);
        }
        return found;
    }

    private List<Member> descendants() {
        synchronized (known) {
            return known.values().stream()
                    .flatMap(member -> member.handle.descendants())
                    .map(Member::new)
                    .toList();
        }
    }

    @Override
    public void signal(Collection<TreeMember> members, Signal signal) {
        switch (signal) {
            case TERM -> handles(members).forEach(ProcessHandle::destroy);
            case KILL -> handles(members).forEach(ProcessHandle::destroyForcibly);
            default -> signalByCommand(members, signal);
        }
    }

    private static List<ProcessHandle> handles(Collection<TreeMember> members) {
        return members.stream()
                .map(member -> ((Member) member).handle)
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    /** Java knows TERM and KILL only; the others are sent by the kill command that POSIX asks for. */
    private void signalByCommand(Collection<TreeMember> members, Signal signal) {
        List<String> command = new ArrayList<>(List.of("kill", "-s", signal.name()));
        members.stream().filter(TreeMember::isAlive).forEach(member -> command.add(Long.toString(member.pid())));
        try {
            Process kill = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(5, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
            }
        } catch (IOException e) {
            log.warn("{} could not be sent ({}); TERM is sent instead", signal, e.getMessage());
            signal(members, Signal.TERM);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One process of the tree; the handle tells it from a later one with the same id by its start time. */
    private static class Member implements TreeMember {
        private final ProcessHandle handle;

        Member(ProcessHandle handle) {
            this.handle = handle;
        }

        @Override
        public long pid() {
            return handle.pid();
        }

        @Override
        public boolean isAlive() {
            // Java counts a zombie of a foreign parent as alive.
            return handle.isAlive() && !ProcTable.isZombie(handle.pid());
        }
    }

    /** The process itself: our own child, of which the JVM knows without having to look. */
    private final class Root extends Member {
        Root() {
            super(process.toHandle());
        }

        @Override
        public boolean isAlive() {
            return process.isAlive();
        }
    }
}
