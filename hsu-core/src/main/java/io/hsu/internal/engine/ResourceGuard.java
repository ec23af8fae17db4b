package io.hsu.internal.engine;

import io.hsu.Limit;
import io.hsu.LimitAction;
import io.hsu.LimitKind;
import io.hsu.LimitStatus;
import io.hsu.Monitoring;
import io.hsu.ProcessEvent;
import io.hsu.ProcessEvent.LimitViolated;
import io.hsu.ProcessSpec;
import io.hsu.ResourceHistory;
import io.hsu.Severity;
import io.hsu.internal.launch.LimitRules;
import io.hsu.internal.limit.DutyCycles;
import io.hsu.internal.limit.LimitWatch;
import io.hsu.internal.limit.LimitWatch.Finding;
import io.hsu.internal.limit.Throttling;
import io.hsu.internal.limit.WatchRules;
import io.hsu.internal.resource.ResourceMeter;
import io.hsu.internal.resource.SampleHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one process to its limits: has it measured, judges what it uses, tells of it, slows it down, and says when it is to be ended
 * for it. Used from the process's mailbox only, but for what says otherwise.
 */
final class ResourceGuard {

    private static final Logger log = LoggerFactory.getLogger(ResourceGuard.class);

    /** Of a process that nobody has asked about. */
    private static final Duration SHORT_RETENTION = Duration.ofMinutes(10);

    private final ProcessSpec spec;
    private final EngineRuntime runtime;
    private final Effects effects;
    private final Oversight oversight;
    private final Executor mailbox;
    private final BiConsumer<Run, Finding> onDue;
    private final Consumer<List<Limit>> onAdjusted;
    private final SampleHistory history;
    private final Map<LimitKind, Limit> limits = new EnumMap<>(LimitKind.class);
    private List<LimitStatus> beforeLaunch;
    /** What the latest launch has told of its limits, and what is true of them: a status is told often. */
    private List<LimitStatus> told;

    private List<LimitStatus> checked;

    /**
     * @param onAdjusted told the limits of the launches to come, when they change
     * @param onDue told in the mailbox when a launch is to be ended for what was found
     */
    ResourceGuard(
            ProcessSpec spec,
            EngineRuntime runtime,
            Effects effects,
            Oversight oversight,
            Executor mailbox,
            BiConsumer<Run, Finding> onDue,
            Consumer<List<Limit>> onAdjusted) {
        this.spec = spec;
        this.runtime = runtime;
        this.effects = effects;
        this.oversight = oversight;
        this.mailbox = mailbox;
        this.onDue = onDue;
        this.onAdjusted = onAdjusted;
        boolean asked = !spec.limits().isEmpty() || !spec.monitoring().equals(Monitoring.DEFAULT);
        this.history = new SampleHistory(asked ? spec.monitoring().retention() : SHORT_RETENTION);
        spec.limits().forEach(limit -> limits.put(limit.kind(), limit));
        this.beforeLaunch = support();
    }

    private List<LimitStatus> support() {
        List<Limit> all = limits();
        return all.stream()
                .map(limit -> LimitRules.status(limit, runtime.launcher().support(limit, all)))
                .map(this::checked)
                .toList();
    }

    private LimitStatus checked(LimitStatus status) {
        return oversight.rules().checked(status, spec.monitoring());
    }

    /** {@return the limits as they are now: some may have been raised} */
    List<Limit> limits() {
        return List.copyOf(limits.values());
    }

    /** {@return how each limit is held} */
    List<LimitStatus> statuses(Run run) {
        List<LimitStatus> ofLaunch = run == null || run.process == null ? List.of() : run.process.limits();
        if (ofLaunch.isEmpty()) {
            return beforeLaunch;
        }
        if (ofLaunch != told) {
            told = ofLaunch;
            checked = ofLaunch.stream().map(this::checked).toList();
        }
        return checked;
    }

    /** {@return what it has used, through all launches; from any thread} */
    ResourceHistory history() {
        return history;
    }

    /** Begins to measure a launch. */
    void begin(Run run) {
        if (!spec.monitoring().enabled()) {
            return;
        }
        Guarded guarded = new Guarded(run);
        run.guarded = guarded;
        Runnable onSample = limits.isEmpty() ? null : () -> mailbox.execute(guarded::look);
        guarded.sampled = oversight.sampling().watch(run.process, spec.monitoring(), history, onSample);
    }

    /** A launch has ended, or is being ended: whatever slows it down is taken away. */
    void end(Run run) {
        Guarded guarded = run.guarded;
        if (guarded != null) {
            run.guarded = null;
            effects.add(guarded::end);
        }
    }

    /**
     * Raises a limit for the launches to come.
     *
     * @return whether that could be
     */
    boolean adjust(Finding finding) {
        Limit before = finding.limit();
        Limit raised = before.adjusted().orElse(null);
        if (raised == null) {
            log.warn("process '{}': {}; the limit has reached its ceiling, and stays", spec.id(), finding.words());
            return false;
        }
        replace(before, raised, finding.words());
        return true;
    }

    /** An operator decides anew: the limits are what they were configured as. */
    void forgetAdjustments() {
        for (Limit configured : spec.limits()) {
            Limit now = limits.get(configured.kind());
            if (!now.equals(configured)) {
                replace(now, configured, "started by an operator");
            }
        }
    }

    private void replace(Limit from, Limit to, String why) {
        limits.put(to.kind(), to);
        beforeLaunch = support();
        onAdjusted.accept(limits());
        log.info("process '{}': the limit '{}' is '{}' from the next launch on: {}", spec.id(), from, to, why);
        effects.publish(new ProcessEvent.LimitAdjusted(spec.id(), now(), from, to, why));
    }

    private Instant now() {
        return runtime.clock().now();
    }

    /** One launch, and how it stands with its limits. */
    final class Guarded implements LimitWatch.Listener {
        private final Run run;
        private final LimitWatch watch;
        private final DutyCycles cycles = new DutyCycles();
        private final Throttling throttling;
        private volatile Sampling.Sampled sampled;

        Guarded(Run run) {
            this.run = run;
            Map<LimitKind, LimitStatus> held = new EnumMap<>(LimitKind.class);
            run.process.limits().forEach(status -> held.put(status.limit().kind(), status));
            this.watch = new LimitWatch(
                    limits(),
                    limit -> held.containsKey(limit.kind())
                            && held.get(limit.kind()).isHeldByKernel(),
                    spec.restart().spikeTolerance(),
                    spec.restart().sustainedViolation(),
                    this);
            this.throttling = limits.values().stream().anyMatch(limit -> limit.action() == LimitAction.THROTTLE)
                    ? new Throttling(
                            run.process, runtime.timer(), new Mailbox(runtime.system(), "throttle of " + spec.id()))
                    : null;
        }

        ResourceMeter meter() {
            return sampled.meter();
        }

        private void look() {
            if (run.guarded != this || meter().state() != ResourceMeter.State.MEASURED) {
                return;
            }
            if (run.health.isInStartup()) {
                watch.forget(); // the startup checks have their own patience
                return;
            }
            Duration uptime = Duration.ofNanos(runtime.clock().nanos() - run.startedNanos);
            boolean mayEnd = run.health.startupWasChecked()
                    || uptime.compareTo(spec.restart().startupGrace()) >= 0;
            watch.look(this::use, meter().sampledAt(), mayEnd);
            if (throttling != null && run.guarded == this) {
                double share = cycles.next(this::use);
                if (share < 1 || cycles.hasChanged()) {
                    effects.add(() -> throttling.share(share));
                }
            }
        }

        /** In the unit that a limit of this kind has. */
        private double use(LimitKind kind) {
            return kind == LimitKind.SWAP
                    ? Double.NaN
                    : meter().value(WatchRules.metric(kind)); // the kernel alone knows
        }

        @Override
        public void exceeded(Finding finding) {
            Limit limit = finding.limit();
            if (limit.action() == LimitAction.NONE) {
                return;
            }
            LimitViolated event =
                    new LimitViolated(spec.id(), now(), limit, finding.value(), finding.severity(), finding.words());
            log.warn("process '{}': {}", spec.id(), finding.words());
            effects.publish(event);
            if (finding.severity() == Severity.WARNING) {
                return; // it is told, and nothing else: the limit is kept
            }
            if (limit.action() == LimitAction.ALERT
                    && oversight.alerts() != null
                    && spec.monitoring().alerting()) {
                effects.outside(() -> alert(event));
            }
            if (limit.action() == LimitAction.THROTTLE) {
                throttle(limit);
            }
        }

        /** The kernel does it more evenly, where it can. */
        private void throttle(Limit limit) {
            boolean byKernel =
                    limit.kind() == LimitKind.CPU_PERCENT && run.process.limitCpu(OptionalDouble.of(limit.amount()));
            boolean byPauses = !byKernel && runtime.launcher().canPause();
            log.info(
                    "process '{}' {}",
                    spec.id(),
                    byKernel
                            ? "is throttled by its control group"
                            : byPauses
                                    ? "is throttled by being stopped and continued in turn"
                                    : "cannot be throttled here");
            if (byPauses) {
                cycles.add(limit);
            }
        }

        @Override
        public void recovered(Finding finding) {
            if (finding.limit().action() != LimitAction.NONE) {
                effects.publish(new ProcessEvent.LimitKept(spec.id(), now(), finding.limit(), finding.value()));
            }
        }

        @Override
        public void due(Finding finding) {
            if (run.guarded == this) {
                onDue.accept(run, finding);
            }
        }

        private void end() {
            sampled.end();
            if (throttling != null) {
                throttling.end();
            }
        }
    }

    private void alert(LimitViolated event) {
        try {
            oversight.alerts().accept(event);
        } catch (RuntimeException | Error e) {
            log.warn("process '{}': the alert handler has failed", spec.id(), e);
        }
    }
}
