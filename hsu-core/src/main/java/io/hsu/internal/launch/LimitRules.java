package io.hsu.internal.launch;

import io.hsu.Limit;
import io.hsu.LimitAction;
import io.hsu.LimitEnforcement;
import io.hsu.LimitKind;
import io.hsu.LimitStatus;
import io.hsu.LimitStatus.Holder;
import io.hsu.ProcessSpec;
import io.hsu.internal.Require;

/** What is asked of the kernel, and what follows if it cannot: the same for all launchers ({@link LimitEnforcement}). */
public final class LimitRules {

    /** {@return whether the kernel is to hold a limit, if it can} */
    public static boolean asksKernel(Limit limit) {
        if (isForKernelOnly(limit)) {
            return true;
        }
        return switch (limit.enforcement()) {
            case KERNEL -> true;
            case WATCHED -> false;
            case AUTO -> doesNoHarm(limit.kind(), limit.action());
        };
    }

    /** What the kernel does at the limit goes no further than what the action does. */
    private static boolean doesNoHarm(LimitKind kind, LimitAction action) {
        return switch (kind) {
            case SWAP, OPEN_FILES, PROCESSES -> true;
            case VIRTUAL_MEMORY, CPU_TIME -> action == LimitAction.IMMEDIATE_KILL;
            case MEMORY -> action == LimitAction.IMMEDIATE_KILL || action == LimitAction.THROTTLE;
            case CPU_PERCENT, READ_BYTES, WRITE_BYTES, READ_OPERATIONS, WRITE_OPERATIONS ->
                action == LimitAction.THROTTLE;
            case CHILD_PROCESSES -> false;
        };
    }

    /** {@return whether a process must not run without the kernel holding it} */
    public static boolean isRequired(Limit limit) {
        return (limit.enforcement() == LimitEnforcement.KERNEL || isForKernelOnly(limit)) && !limit.isBestEffort();
    }

    /** What is swapped out of a tree is told by its control group, or by nobody. */
    private static boolean isForKernelOnly(Limit limit) {
        return limit.kind() == LimitKind.SWAP;
    }

    /** {@return how a limit is held by a launcher that can do so much} */
    public static LimitStatus status(Limit limit, LimitSupport support) {
        if (!asksKernel(limit)) {
            return new LimitStatus(limit, Holder.WATCHED, whyNotAsked(limit));
        }
        if (support.isThere()) {
            return new LimitStatus(limit, support.holder(), support.detail());
        }
        return new LimitStatus(
                limit,
                limit.enforcement() == LimitEnforcement.KERNEL || isForKernelOnly(limit)
                        ? Holder.UNSUPPORTED
                        : Holder.WATCHED,
                "the kernel cannot hold it here: " + support.detail());
    }

    private static String whyNotAsked(Limit limit) {
        if (limit.enforcement() == LimitEnforcement.WATCHED) {
            return "the kernel is not to hold it";
        }
        return limit.kind() == LimitKind.CHILD_PROCESSES
                ? "no kernel counts them"
                : "what the kernel does at it is not what its action says";
    }

    /**
     * Refuses what a launcher cannot do and must.
     *
     * @throws IllegalArgumentException with what it lacks, and what to do
     */
    public static void require(ProcessSpec spec, Launcher launcher) {
        for (Limit limit : spec.limits()) {
            if (isRequired(limit)) {
                LimitSupport support = launcher.support(limit, spec.limits());
                Require.argument(
                        support.isThere(),
                        "process '%s': the kernel is to hold the limit '%s', and cannot here: %s; %stolerate this with bestEffort()",
                        spec.id(),
                        limit,
                        support.detail(),
                        isForKernelOnly(limit) ? "leave it out, or " : "have it watched instead (held(AUTO)), or ");
            }
        }
        for (LaunchSetting setting : LaunchSetting.values()) {
            if (setting.of(spec).isPresent() && isRequired(spec, setting)) {
                long value = setting.of(spec).getAsLong();
                LimitSupport support = launcher.support(setting, value);
                Require.argument(
                        support.isThere(),
                        "process '%s' asks for %s %s, which cannot be had here: %s; leave it out%s",
                        spec.id(),
                        setting.label(),
                        value == Long.MAX_VALUE ? "of any size" : Long.toString(value),
                        support.detail(),
                        setting == LaunchSetting.CORE_DUMPS ? "" : ", or tolerate this with bestEffortPriority()");
            }
        }
    }

    /** {@return whether a process must not run without what it asks for} */
    public static boolean isRequired(ProcessSpec spec, LaunchSetting setting) {
        return setting == LaunchSetting.CORE_DUMPS || !spec.isPriorityBestEffort();
    }

    private LimitRules() {}
}
