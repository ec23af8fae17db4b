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
import java.util.Set;
import java.util.function.Supplier;

/**
 * What it takes to watch a limit: that somebody looks, that what he looks with measures it, and that its action can be carried out.
 * A limit that lacks this would never be acted upon, and nobody would know.
 */
public final class WatchRules {

    private final Launcher launcher;
    private final Supplier<ResourceMonitorProvider> provider;
    /** What the provider has said; null if it was not asked yet. */
    private volatile Measures measures;

    /** @param provider who measures; throws {@link UnsupportedOperationException} if nobody can */
    public WatchRules(Launcher launcher, Supplier<ResourceMonitorProvider> provider) {
        this.launcher = launcher;
        this.provider = provider;
    }

    /**
     * What is measured.
     *
     * @param monitor the monitor's name
     * @param failure why nothing is; null if something is
     */
    private record Measures(String monitor, Set<ResourceMetric> metrics, String failure) {}

    private Measures measures() {
        Measures known = measures;
        if (known == null) {
            known = ask();
            measures = known;
        }
        return known;
    }

    /** Asks whoever measures, once: it is code of others, and must not be called where nobody may wait. */
    private Measures ask() {
        try {
            ResourceMonitorProvider chosen = provider.get();
            return new Measures(chosen.name(), Set.copyOf(chosen.measures()), null);
        } catch (UnsupportedOperationException e) {
            return new Measures("", Set.of(), e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            return new Measures("", Set.of(), "the resource monitor has failed: " + e);
        }
    }

    /**
     * Refuses limits that would be watched in vain. Called before {@link #checked} is; calls the monitor's provider.
     *
     * @throws IllegalArgumentException with what is lacking, and what to do
     */
    public void require(ProcessSpec spec) {
        if (!spec.limits().isEmpty()) {
            measures(); // now, where it may take its time
        }
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
        Measures known = measures();
        if (known.failure() != null) {
            return Optional.of(known.failure());
        }
        return known.metrics().contains(metric(kind))
                ? Optional.empty()
                : Optional.of(
                        "the resource monitor '%s' does not measure it; take another one".formatted(known.monitor()));
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
