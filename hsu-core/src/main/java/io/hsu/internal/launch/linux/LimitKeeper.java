package io.hsu.internal.launch.linux;

import io.hsu.Limit;
import io.hsu.ProcessSpec;
import io.hsu.internal.launch.LaunchRequest;
import io.hsu.internal.launch.LaunchSetting;
import io.hsu.internal.launch.LimitRules;
import io.hsu.internal.launch.LimitSupport;
import io.hsu.internal.launch.linux.LimitGroups.Home;
import io.hsu.internal.linux.ResourceLimits;
import io.hsu.internal.linux.ResourceLimits.Resource;
import io.hsu.internal.linux.SmallFile;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Knows what this system's kernel can hold, and works out what it is asked to hold for a launch. Safe for use by many threads. */
final class LimitKeeper implements AutoCloseable {

    private static final int CAP_SYS_NICE = 23;

    private final LimitGroups groups;
    private final Disks disks;

    LimitKeeper(LimitGroups groups, Disks disks) {
        this.groups = groups;
        this.disks = disks;
    }

    // What can be held.

    LimitSupport support(Limit limit, List<Limit> all) {
        return switch (limit.kind()) {
            case OPEN_FILES -> LimitSupport.byProcess("RLIMIT_NOFILE of each process");
            case VIRTUAL_MEMORY -> LimitSupport.byProcess("RLIMIT_AS of each process");
            case CPU_TIME -> LimitSupport.byProcess("RLIMIT_CPU of each process");
            case CHILD_PROCESSES -> LimitSupport.none("no kernel counts them");
            default ->
                byGroup(limit, all.stream().filter(LimitRules::asksKernel).toList());
        };
    }

    private LimitSupport byGroup(Limit limit, List<Limit> held) {
        Home home = groups.home(GroupSetting.controllerOf(limit.kind()).orElseThrow());
        if (!home.isThere()) {
            return LimitSupport.none(home.whyNot());
        }
        Optional<String> whyNot = GroupSetting.whyNot(home.version(), limit, held);
        if (whyNot.isPresent()) {
            return LimitSupport.none(whyNot.get());
        }
        List<String> numbers = disks.numbers();
        GroupSetting first =
                GroupSetting.of(home.version(), limit, held, numbers).get(0);
        if (first.controller() == Controller.IO && numbers.isEmpty()) {
            return LimitSupport.none("there is no disk");
        }
        return inGroup(first.controller(), first.file());
    }

    LimitSupport support(LaunchSetting setting, long value) {
        return switch (setting) {
            case NICENESS -> niceness(value);
            case CORE_DUMPS ->
                value > 0 && ResourceLimits.own(Resource.CORE) == 0
                        ? LimitSupport.none("the manager's own limit of core dumps (RLIMIT_CORE) is 0")
                        : LimitSupport.byProcess("RLIMIT_CORE of each process");
            case CPU_SHARES ->
                inGroup(
                        Controller.CPU,
                        GroupSetting.shares(version(Controller.CPU), value).file());
            case IO_WEIGHT ->
                weightFile()
                        .map(file -> inGroup(Controller.IO, file))
                        .orElseGet(() -> LimitSupport.none("no disk has a scheduler that knows weights (bfq)"));
        };
    }

    private LimitSupport inGroup(Controller controller, String file) {
        Home home = groups.home(controller);
        if (!home.isThere()) {
            return LimitSupport.none(home.whyNot());
        }
        return home.has(file)
                ? LimitSupport.byGroup(file + " of a control group")
                : LimitSupport.none("the kernel's control groups have no " + file);
    }

    /** {@return the file that weights are written to; empty if no disk goes by them} */
    Optional<String> weightFile() {
        int version = version(Controller.IO);
        if (disks.haveScheduler("bfq")) {
            return Optional.of(version == 1 ? "blkio.bfq.weight" : "io.bfq.weight");
        }
        return disks.haveScheduler("cfq") && version == 1 ? Optional.of("blkio.weight") : Optional.empty();
    }

    private static LimitSupport niceness(long value) {
        long most = ResourceLimits.own(Resource.NICE);
        long least = most == ResourceLimits.UNLIMITED ? -20 : 20 - most;
        boolean may = value >= ResourceLimits.ownNiceness() || value >= least || hasCapability(CAP_SYS_NICE);
        return may
                ? LimitSupport.byProcess("nice value of each process")
                : LimitSupport.none("it takes the capability CAP_SYS_NICE, or an RLIMIT_NICE of %d, to go below %d"
                        .formatted(20 - value, Math.min(least, ResourceLimits.ownNiceness())));
    }

    /** Of this thread, as of all others. */
    private static boolean hasCapability(int number) {
        return List.of(SmallFile.read("/proc/self/status").split("\n", -1)).stream()
                .filter(line -> line.startsWith("CapEff:"))
                .map(line -> new BigInteger(line.substring(line.indexOf('\t') + 1), 16))
                .anyMatch(capabilities -> capabilities.testBit(number));
    }

    /** {@return which version of control groups has a controller} */
    int version(Controller controller) {
        return groups.home(controller).version();
    }

    LimitGroup createGroup(Set<Controller> controllers) throws IOException {
        return groups.create(controllers);
    }

    /** {@return what is written to a group for a limit} */
    List<GroupSetting> settings(Limit limit, List<Limit> held) {
        Controller controller = GroupSetting.controllerOf(limit.kind()).orElseThrow();
        return GroupSetting.of(version(controller), limit, held, disks.numbers());
    }

    // What is to be held.

    /**
     * {@return what the kernel is to hold for a launch; its groups are made, and it has to be {@linkplain LaunchLimits#discard
     * discarded} if nothing comes of the launch}
     *
     * @throws IOException if it must hold something and cannot
     */
    LaunchLimits plan(LaunchRequest request) throws IOException {
        if (request.beside() || !asksForAnything(request)) {
            return LaunchLimits.NONE;
        }
        return new LimitPlan(this, request).make();
    }

    private static boolean asksForAnything(LaunchRequest request) {
        ProcessSpec spec = request.spec();
        return !request.limits().isEmpty()
                || spec.niceness().isPresent()
                || spec.cpuShares().isPresent()
                || spec.ioWeight().isPresent()
                || spec.coreDumps().isPresent();
    }

    @Override
    public void close() {
        groups.close();
    }
}
