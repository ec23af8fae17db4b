package io.hsu.internal.limit;

import io.hsu.Limit;
import io.hsu.LimitAction;
import io.hsu.LimitKind;
import io.hsu.LimitStatus;
import io.hsu.LimitStatus.Holder;
import io.hsu.Monitoring;
import io.hsu.ProcessSpec;
import io.hsu.ResourceMetric;
import io.hsu.internal.Require;
import io.hsu.internal.launch.Launcher;
import io.hsu.internal.launch.LimitRules;
import io.hsu.spi.ResourceMonitorProvider;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What it takes to watch a limit: that somebody looks, that what he looks with measures it, and that its action can be carried out.
 * A limit that lacks this would never be acted upon, and nobody would know.
 */
public final class WatchRules {

    private final Launcher launcher;
    private final Supplier<ResourceMonitorProvider> monitor;

    /** @param monitor who measures; throws {@link UnsupportedOperationException} if nobody can */
    public WatchRules(Launcher launcher, Supplier<ResourceMonitorProvider> monitor) {
        this.launcher = launcher;
        this.monitor = monitor;
    }

    /**
     * Refuses limits that would be watched in vain.
     *
     * @throws IllegalArgumentException with what is lacking, and what to do
     */
    public void require(ProcessSpec spec) {
        for (Limit limit : spec.limits()) {
            if (limit.isBestEffort() || limit.action() == LimitAction.NONE) {
                continue;
            }
            LimitStatus status = LimitRules.status(limit, launcher.support(limit, spec.limits()));
            if (!status.isHeldByKernel()) {
                obstacle(limit, spec.monitoring())
                        .ifPresent(obstacle -> Require.argument(
                                false,
                                "process '%s': the limit '%s' cannot be kept: %s; or leave it out, or tolerate this with bestEffort()",
                                spec.id(),
                                limit,
                                obstacle));
            }
        }
    }

    /** {@return a status that is true of what is watched, too} */
    public LimitStatus checked(LimitStatus status, Monitoring monitoring) {
        if (status.isHeldByKernel()) {
            return status;
        }
        return obstacle(status.limit(), monitoring)
                .map(obstacle -> new LimitStatus(
                        status.limit(),
                        Holder.UNSUPPORTED,
                        status.detail() + "; it is not watched either: " + obstacle))
                .orElse(status);
    }

    /** {@return why a limit is watched in vain, and what to do; empty if it is not} */
    private Optional<String> obstacle(Limit limit, Monitoring monitoring) {
        LimitKind kind = limit.kind();
        if (kind == LimitKind.SWAP) {
            return Optional.of("what is swapped out is known to the kernel alone; have a control group");
        }
        if (!monitoring.enabled()) {
            return Optional.of("the process is not measured; turn its monitoring on");
        }
        if (kind == LimitKind.CHILD_PROCESSES && !monitoring.tree()) {
            return Optional.of("the process is measured alone; measure its tree");
        }
        if (limit.action() == LimitAction.THROTTLE && !launcher.canPause()) {
            return Optional.of("the %s launcher cannot stop and continue processes; take another action"
                    .formatted(launcher.name()));
        }
        try {
            ResourceMonitorProvider provider = monitor.get();
            return provider.measures().contains(metric(kind))
                    ? Optional.empty()
                    : Optional.of("the resource monitor '%s' does not measure it; take another one"
                            .formatted(provider.name()));
        } catch (UnsupportedOperationException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** {@return what is measured of a kind, other than {@link LimitKind#SWAP}} */
    public static ResourceMetric metric(LimitKind kind) {
        return switch (kind) {
            case SWAP -> throw new IllegalArgumentException(kind.label());
            case MEMORY -> ResourceMetric.RSS;
            case VIRTUAL_MEMORY -> ResourceMetric.VIRTUAL;
            case CPU_PERCENT -> ResourceMetric.CPU_PERCENT;
            case CPU_TIME -> ResourceMetric.CPU_TIME;
            case OPEN_FILES -> ResourceMetric.DESCRIPTORS;
            case PROCESSES -> ResourceMetric.THREADS;
            case CHILD_PROCESSES -> ResourceMetric.CHILDREN;
            case READ_BYTES -> ResourceMetric.READ_BYTES_PER_SECOND;
            case WRITE_BYTES -> ResourceMetric.WRITTEN_BYTES_PER_SECOND;
            case READ_OPERATIONS -> ResourceMetric.READ_OPERATIONS_PER_SECOND;
            case WRITE_OPERATIONS -> ResourceMetric.WRITE_OPERATIONS_PER_SECOND;
        };
    }
}
