package io.hsu.internal.launch.linux;

import io.hsu.ExitStatus;
import io.hsu.ExitStatus.Breach;
import io.hsu.Limit;
import io.hsu.LimitAction;
import io.hsu.LimitKind;
import io.hsu.LimitStatus;
import io.hsu.LimitStatus.Holder;
import io.hsu.ProcessSpec;
import io.hsu.Signal;
import io.hsu.internal.launch.LimitRules;
import io.hsu.internal.launch.LimitSupport;
import io.hsu.internal.linux.Errno;
import io.hsu.internal.linux.LibC;
import io.hsu.internal.linux.ProcStat;
import io.hsu.internal.linux.ResourceLimits;
import io.hsu.internal.linux.ResourceLimits.Resource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the kernel is asked to hold for one launch, and what has come of it. */
final class LaunchLimits {

    /** Of a process that may take what it likes. */
    static final LaunchLimits NONE = new LaunchLimits(null, List.of(), List.of(), Optional.empty(), null);

    private static final int SIGXCPU = 24;
    /** The kernel tells processor time in ticks of 10 ms, and counts it more finely. */
    private static final double TICKS = 0.1;

    private static final Logger log = LoggerFactory.getLogger(LaunchLimits.class);

    /**
     * One limit that each process has by itself.
     *
     * @param current what holds
     * @param most what the process may raise it to
     * @param limit the limit that is held by it; null if it is none
     */
    record ResourceLimit(Resource resource, long current, long most, Limit limit) {}

    /** @param required whether it is to run with no other */
    record Niceness(int value, boolean required) {}

    private final ProcessSpec spec;
    /** Written before anyone but the launching thread sees it. */
    private volatile List<LimitStatus> statuses;

    private final List<ResourceLimit> resources;
    private final Optional<Niceness> niceness;
    private final LimitGroup group;
    /** When the process ended: later, its group may be gone. */
    private volatile long killsAtTheEnd;

    private volatile long killsTold;
    /** Of those, the ones that the process has outlived. */
    private volatile long killsOfOthers;

    /** @param group null if nothing is held by control groups */
    LaunchLimits(
            ProcessSpec spec,
            List<LimitStatus> statuses,
            List<ResourceLimit> resources,
            Optional<Niceness> niceness,
            LimitGroup group) {
        this.spec = spec;
        this.statuses = List.copyOf(statuses);
        this.resources = List.copyOf(resources);
        this.niceness = niceness;
        this.group = group;
    }

    /** {@return whether there is anything to be done at the launch} */
    boolean isAnythingHeld() {
        return !resources.isEmpty() || niceness.isPresent() || group != null;
    }

    List<LimitStatus> statuses() {
        return statuses;
    }

    /** {@return the group of version 2 that the process is to be in; null if it is all the same} */
    Cgroup unified() {
        return group == null ? null : group.unified();
    }

    /**
     * Has the kernel hold it all.
     *
     * @param born whether the process was born in its group of version 2
     * @throws IOException if it does not, and must
     */
    void hold(int pid, boolean born) throws IOException {
        if (group != null) {
            attach(pid, born);
        }
        for (ResourceLimit one : resources) {
            set(pid, one);
        }
        if (niceness.isPresent()) {
            int error = ResourceLimits.niceness(pid, niceness.get().value());
            if (error != 0 && niceness.get().required()) {
                throw Errno.failed("setpriority", error);
            } else if (error != 0) {
                log.warn(
                        "process '{}' runs without niceness {}: {}",
                        spec.id(),
                        niceness.get().value(),
                        LibC.strerror(error));
            }
        }
    }

    private void attach(int pid, boolean born) throws IOException {
        try {
            group.attach(pid, born);
        } catch (IOException e) {
            boolean required = statuses.stream()
                            .anyMatch(
                                    status -> status.holder() == Holder.CGROUP && LimitRules.isRequired(status.limit()))
                    || (!spec.isPriorityBestEffort()
                            && (spec.cpuShares().isPresent() || spec.ioWeight().isPresent()));
            if (required) {
                throw e;
            }
            log.warn("process '{}' runs without a control group for its limits: {}", spec.id(), e.getMessage());
            statuses = statuses.stream()
                    .map(status -> status.holder() == Holder.CGROUP
                            ? LimitRules.status(status.limit(), LimitSupport.none(e.getMessage()))
                            : status)
                    .toList();
        }
    }

    private void set(int pid, ResourceLimit one) throws IOException {
        int error = ResourceLimits.set(pid, one.resource(), one.current(), one.most());
        if (error == Errno.EPERM) {
            // The manager itself may have no more. That is no breach of a limit, but a stricter one.
            long most = least(one.most(), ResourceLimits.own(one.resource()));
            long current = least(one.current(), most);
            error = ResourceLimits.set(pid, one.resource(), current, most);
            replace(
                    one.limit(),
                    "RLIMIT_%s of each process, %d: more is not allowed here".formatted(one.resource(), current));
        }
        if (error != 0) {
            throw Errno.failed("prlimit(RLIMIT_%s)".formatted(one.resource()), error);
        }
    }

    private static long least(long one, long other) {
        return Long.compareUnsigned(one, other) < 0 ? one : other;
    }

    private void replace(Limit limit, String detail) {
        statuses = statuses.stream()
                .map(status -> status.limit().equals(limit) ? new LimitStatus(limit, status.holder(), detail) : status)
                .toList();
    }

    /**
     * {@return how often the kernel has killed something of the tree for want of memory since this was asked last} A process that
     * lives when it is asked again was not meant by what had been told before. Asked by one thread at a time.
     */
    long newMemoryKills() {
        OptionalLong now = group == null ? OptionalLong.empty() : group.memoryKills();
        if (now.isEmpty()) {
            return 0;
        }
        long before = killsTold;
        killsOfOthers = before;
        killsTold = now.getAsLong();
        return killsTold - before;
    }

    /**
     * The process may have ended; nobody knows yet, and its id is still its own.
     *
     * @return the CPU seconds of the process itself, without its children, as its limit counts them; 0 if it has no such limit
     */
    double ending(int pid) {
        if (group != null) {
            killsAtTheEnd = group.memoryKills().orElse(0) - killsOfOthers;
        }
        return limit(LimitKind.CPU_TIME, Holder.RLIMIT).isPresent() ? ProcStat.cpuSeconds(pid) : 0;
    }

    /**
     * {@return how the process has ended, with the limit at which the kernel has ended it}
     *
     * @param cpuSeconds what {@link #ending} has told
     * @param killed whether this manager has killed it
     */
    ExitStatus explained(ExitStatus status, double cpuSeconds, boolean killed) {
        if (status instanceof ExitStatus.Killed by && !(killed && by.signal() == Signal.KILL.number())) {
            Optional<Breach> breach = by.signal() == Signal.KILL.number() ? memoryBreach() : Optional.empty();
            return new ExitStatus.Killed(by.signal(), breach.or(() -> cpuBreach(by.signal(), cpuSeconds)));
        }
        if (status instanceof ExitStatus.Exited exited && exited.code() != 0 && !killed) {
            return new ExitStatus.Exited(exited.code(), memoryBreach());
        }
        return status;
    }

    private Optional<Breach> memoryBreach() {
        if (killsAtTheEnd == 0) {
            return Optional.empty();
        }
        String detail = limit(LimitKind.MEMORY, Holder.CGROUP)
                .filter(limit -> limit.action() != LimitAction.THROTTLE)
                .map(limit ->
                        "out of memory, the limit of its control group is " + LimitKind.MEMORY.text(limit.amount()))
                .orElse("out of memory, though it had no limit of its own");
        return Optional.of(new Breach(LimitKind.MEMORY, detail));
    }

    /** Whoever handles XCPU is killed a second later. */
    private Optional<Breach> cpuBreach(int signal, double cpuSeconds) {
        return limit(LimitKind.CPU_TIME, Holder.RLIMIT)
                .filter(limit -> signal == SIGXCPU
                        || (signal == Signal.KILL.number() && cpuSeconds > Math.ceil(limit.amount()) + 1 - TICKS))
                .map(limit -> new Breach(
                        LimitKind.CPU_TIME,
                        "the limit of its CPU time is " + LimitKind.CPU_TIME.text(Math.ceil(limit.amount()))));
    }

    private Optional<Limit> limit(LimitKind kind, Holder holder) {
        return statuses.stream()
                .filter(status -> status.holder() == holder)
                .map(LimitStatus::limit)
                .filter(limit -> limit.kind() == kind)
                .findFirst();
    }

    /** Nothing of the launch is alive any more. */
    void over() {
        if (group != null) {
            group.remove();
        }
    }

    /** Nothing was launched. */
    void discard() {
        if (group != null) {
            group.discard();
        }
    }
}
