package io.hsu.internal.launch.linux;

import io.hsu.Limit;
import io.hsu.LimitStatus;
import io.hsu.LimitStatus.Holder;
import io.hsu.ProcessSpec;
import io.hsu.internal.launch.LaunchRequest;
import io.hsu.internal.launch.LaunchSetting;
import io.hsu.internal.launch.LimitRules;
import io.hsu.internal.launch.LimitSupport;
import io.hsu.internal.linux.ResourceLimits;
import io.hsu.internal.linux.ResourceLimits.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together what the kernel is to hold for one launch, and makes the control groups for it. Used once. */
final class LimitPlan {

    private static final Logger log = LoggerFactory.getLogger(LimitPlan.class);

    private final LimitKeeper keeper;
    private final LaunchRequest request;
    /** In the order of their kinds: with version 1, memory comes before memory and swap together. */
    private final List<Limit> limits;

    private final List<Limit> held;
    private final List<LimitStatus> statuses = new ArrayList<>();
    private final List<LaunchLimits.ResourceLimit> resources = new ArrayList<>();
    private final List<GroupWish> wishes = new ArrayList<>();

    LimitPlan(LimitKeeper keeper, LaunchRequest request) {
        this.keeper = keeper;
        this.request = request;
        this.limits = request.limits().stream()
                .sorted(Comparator.comparing(Limit::kind))
                .toList();
        this.held = limits.stream().filter(LimitRules::asksKernel).toList();
    }

    LaunchLimits make() throws IOException {
        for (Limit limit : limits) {
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
                limit, LimitRules.asksKernel(limit) ? keeper.support(limit, limits) : LimitSupport.none("not asked"));
        if (LimitRules.isRequired(limit) && !status.isHeldByKernel()) {
            throw new IOException("the kernel is to hold the limit '%s': %s".formatted(limit, status.detail()));
        }
        statuses.add(status);
        if (status.holder() == Holder.RLIMIT) {
            resources.add(resourceLimit(limit));
        } else if (status.holder() == Holder.CGROUP) {
            wishes.add(new GroupWish(keeper.settings(limit, held), limit, LimitRules.isRequired(limit)));
        }
    }

    private void add(LaunchSetting setting, long value) throws IOException {
        boolean required = LimitRules.isRequired(request.spec(), setting);
        LimitSupport support = keeper.support(setting, value);
        if (!support.isThere()) {
            if (required) {
                throw new IOException("%s %d cannot be had: %s".formatted(setting.label(), value, support.detail()));
            }
            log.warn(
                    "process '{}' runs without {} {}, which cannot be had: {}",
                    request.spec().id(),
                    setting.label(),
                    value,
                    support.detail());
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
                        List.of(GroupSetting.shares(keeper.version(Controller.CPU), value)), null, required));
            case IO_WEIGHT ->
                wishes.add(new GroupWish(
                        List.of(new GroupSetting(
                                Controller.IO, keeper.weightFile().orElseThrow(), Long.toString(value))),
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
        if (controllers.isEmpty()) {
            return null;
        }
        LimitGroup group = null;
        try {
            group = keeper.createGroup(controllers);
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
        statuses.replaceAll(status ->
                status.limit().equals(wish.limit()) ? LimitRules.status(wish.limit(), LimitSupport.none(why)) : status);
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
