package io.hsu.internal.launch.linux;

import io.hsu.Limit;
import io.hsu.LimitAction;
import io.hsu.LimitEnforcement;
import io.hsu.LimitStatus;
import io.hsu.LimitStatus.Holder;
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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows what this system's kernel can hold, and works out what it is asked to hold for a launch. Safe for use by many threads. */
final class LimitKeeper implements AutoCloseable {

    private static final int CAP_SYS_NICE = 23;

    private static final Logger log = LoggerFactory.getLogger(LimitKeeper.class);

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
        return home.has(first.file())
                ? LimitSupport.byGroup(first.file() + " of a control group")
                : LimitSupport.none("the kernel's control groups have no " + first.file());
    }

    LimitSupport support(LaunchSetting setting, long value) {
        return switch (setting) {
            case NICENESS -> niceness(value);
            case CORE_DUMPS ->
                value > 0 && ResourceLimits.own(Resource.CORE) == 0
                        ? LimitSupport.none("the manager's own limit of core dumps (RLIMIT_CORE) is 0")
                        : LimitSupport.byProcess("RLIMIT_CORE of each process");
            case CPU_SHARES -> inGroup(Controller.CPU, GroupSetting::shares, value);
            case IO_WEIGHT -> {
                Optional<String> file = weightFile();
                yield file.isEmpty()
                        ? LimitSupport.none("no disk has a scheduler that knows weights (bfq)")
                        : inGroup(
                                Controller.IO,
                                (version, weight) -> new GroupSetting(Controller.IO, file.get(), Long.toString(weight)),
                                value);
            }
        };
    }

    private interface Writing {
        GroupSetting of(int version, long value);
    }

    private LimitSupport inGroup(Controller controller, Writing writing, long value) {
        Home home = groups.home(controller);
        if (!home.isThere()) {
            return LimitSupport.none(home.whyNot());
        }
        String file = writing.of(home.version(), value).file();
        return home.has(file)
                ? LimitSupport.byGroup(file + " of a control group")
                : LimitSupport.none("the kernel's control groups have no " + file);
    }

    private Optional<String> weightFile() {
        int version = groups.home(Controller.IO).version();
        if (disks.haveScheduler("bfq")) {
            return Optional.of(version == 1 ? "blkio.bfq.weight" : "io.bfq.weight");
        }
        return disks.haveScheduler("cfq") && version == 1 ? Optional.of("blkio.weight") : Optional.empty();
    }

    private static LimitSupport niceness(long value) {
        long least = 20 - ResourceLimits.own(Resource.NICE);
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
        return new Plan(request).make();
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

    /** What is put together for one launch. */
    private final class Plan {
        private final LaunchRequest request;
        private final List<Limit> held;
        private final List<LimitStatus> statuses = new ArrayList<>();
        private final List<LaunchLimits.ResourceLimit> resources = new ArrayList<>();
        private final List<GroupWish> wishes = new ArrayList<>();

        Plan(LaunchRequest request) {
            this.request = request;
            this.held = request.limits().stream().filter(LimitRules::asksKernel).toList();
        }

        LaunchLimits make() throws IOException {
            for (Limit limit : request.limits()) {
                add(limit);
            }
            for (LaunchSetting setting : LaunchSetting.values()) {
                OptionalLong value = setting.of(request.spec());
                if (value.isPresent()) {
                    add(setting, value.getAsLong());
                }
            }
            LimitGroup group = group();
            return new LaunchLimits(request.spec(), statuses, resources, niceness(), group);
        }

        private void add(Limit limit) throws IOException {
            LimitStatus status = LimitRules.status(
                    limit,
                    LimitRules.asksKernel(limit) ? support(limit, request.limits()) : LimitSupport.none("not asked"));
            if (LimitRules.isRequired(limit) && !status.isHeldByKernel()) {
                throw new IOException("the kernel is to hold the limit '%s': %s".formatted(limit, status.detail()));
            }
            statuses.add(status);
            if (status.holder() == Holder.RLIMIT) {
                resources.add(resourceLimit(limit));
            } else if (status.holder() == Holder.CGROUP) {
                Controller controller = GroupSetting.controllerOf(limit.kind()).orElseThrow();
                int version = groups.home(controller).version();
                wishes.add(new GroupWish(
                        GroupSetting.of(version, limit, held, disks.numbers()), limit, LimitRules.isRequired(limit)));
            }
        }

        private void add(LaunchSetting setting, long value) throws IOException {
            boolean required = LimitRules.isRequired(request.spec(), setting);
            LimitSupport support = support(setting, value);
            if (!support.isThere()) {
                if (required) {
                    throw new IOException(
                            "%s %d cannot be had: %s".formatted(setting.label(), value, support.detail()));
                }
                return;
            }
            switch (setting) {
                case NICENESS -> {
                    // asked for below
                }
                case CORE_DUMPS -> {
                    long bytes = value == Long.MAX_VALUE ? ResourceLimits.UNLIMITED : value;
                    resources.add(new LaunchLimits.ResourceLimit(Resource.CORE, bytes, bytes, null));
                }
                case CPU_SHARES ->
                    wishes.add(new GroupWish(
                            List.of(GroupSetting.shares(
                                    groups.home(Controller.CPU).version(), value)),
                            null,
                            required));
                case IO_WEIGHT ->
                    wishes.add(new GroupWish(
                            List.of(new GroupSetting(Controller.IO, weightFile().orElseThrow(), Long.toString(value))),
                            null,
                            required));
            }
        }

        private Optional<LaunchLimits.Niceness> niceness() {
            ProcessSpec spec = request.spec();
            return spec.niceness().isPresent()
                    ? Optional.of(new LaunchLimits.Niceness(
                            spec.niceness().getAsInt(), LimitRules.isRequired(spec, LaunchSetting.NICENESS)))
                    : Optional.empty();
        }

        /** {@return the groups, with everything written that is to be held there; null if nothing is} */
        private LimitGroup group() throws IOException {
            Set<Controller> controllers = EnumSet.noneOf(Controller.class);
            wishes.forEach(wish -> wish.settings().forEach(setting -> controllers.add(setting.controller())));
            if (mayBeThrottled() && groups.home(Controller.CPU).isThere()) {
                controllers.add(Controller.CPU);
            }
            if (controllers.isEmpty()) {
                return null;
            }
            LimitGroup group = null;
            try {
                group = groups.create(controllers);
                for (GroupWish wish : wishes) {
                    fulfil(wish, group);
                }
                return group;
            } catch (IOException e) {
                if (group != null) {
                    group.discard();
                }
                if (wishes.stream().anyMatch(GroupWish::required)) {
                    throw e;
                }
                log.warn(
                        "process '{}' runs without a control group for its limits: {}",
                        request.spec().id(),
                        e.getMessage());
                wishes.forEach(wish -> notHeld(wish, e.getMessage()));
                return null;
            }
        }

        /** Whoever watches slows it down by its group then, and does not have to stop it in turn. */
        private boolean mayBeThrottled() {
            return statuses.stream()
                    .anyMatch(status -> status.limit().action() == LimitAction.THROTTLE
                            && status.limit().enforcement() != LimitEnforcement.WATCHED
                            && !status.isHeldByKernel());
        }

        private void fulfil(GroupWish wish, LimitGroup group) throws IOException {
            try {
                for (GroupSetting setting : wish.settings()) {
                    group.put(setting);
                }
            } catch (IOException e) {
                if (wish.required()) {
                    throw e;
                }
                log.warn("process '{}': {}", request.spec().id(), e.getMessage());
                notHeld(wish, e.getMessage());
            }
        }

        private void notHeld(GroupWish wish, String why) {
            statuses.replaceAll(status -> status.limit().equals(wish.limit())
                    ? LimitRules.status(wish.limit(), LimitSupport.none(why))
                    : status);
        }
    }

    /**
     * What is to be written to the launch's groups.
     *
     * @param limit the limit that is held by it; null if it is none
     * @param required whether there is to be no launch without it
     */
    private record GroupWish(List<GroupSetting> settings, Limit limit, boolean required) {}

    private static LaunchLimits.ResourceLimit resourceLimit(Limit limit) {
        long amount = (long) limit.amount();
        return switch (limit.kind()) {
            case OPEN_FILES -> new LaunchLimits.ResourceLimit(Resource.NOFILE, amount, amount, limit);
            case VIRTUAL_MEMORY -> new LaunchLimits.ResourceLimit(Resource.AS, amount, amount, limit);
            case CPU_TIME -> {
                long seconds = (long) Math.ceil(limit.amount());
                // XCPU can be handled; what goes on for another second is killed.
                yield new LaunchLimits.ResourceLimit(Resource.CPU, seconds, seconds + 1, limit);
            }
            default -> throw new IllegalArgumentException(limit + " is not held by a resource limit");
        };
    }
}
