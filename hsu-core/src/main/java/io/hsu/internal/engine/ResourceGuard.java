package io.hsu.internal.engine;

import io.hsu.ExitStatus.Breach;
import io.hsu.Limit;
import io.hsu.LimitAction;
import io.hsu.LimitKind;
import io.hsu.LimitStatus;
import io.hsu.LimitStatus.Holder;
import io.hsu.ProcessEvent;
import io.hsu.ProcessEvent.LimitViolated;
import io.hsu.ProcessSpec;
import io.hsu.ResourceHistory;
import io.hsu.ResourceMetric;
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
import java.util.Optional;
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
    /** Why it could not be measured last; null if it could. */
    private String trouble;

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
        boolean asked = !spec.limits().isEmpty() || spec.isMonitoringSet();
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

    private LimitStatus unwatched(LimitStatus status) {
        return status.isHeldByKernel()
                ? status
                : new LimitStatus(
                        status.limit(),
                        Holder.UNSUPPORTED,
                        status.detail() + "; it cannot be watched at the moment: " + trouble);
    }

    private LimitStatus checked(LimitStatus status) {
        return oversight.rules().checked(status, spec.monitoring());
    }

    /** {@return the limits as they are now: some may have been raised} */
    List<Limit> limits() {
        return List.copyOf(limits.values());
    }

    /** {@return how each limit is held} */
    List<LimitStatus> shownStatuses(Run run) {
        List<LimitStatus> held = statuses(run);
        return trouble == null || run == null
                ? held
                : held.stream().map(this::unwatched).toList();
    }

    private List<LimitStatus> statuses(Run run) {
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
        Runnable onSample = limits.isEmpty() ? null : guarded::sampled;
        guarded.sampled = oversight.sampling().watch(run.process, spec.monitoring(), history, onSample);
        run.guarded = guarded;
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
        beforeLaunch = beforeLaunch.stream()
                .map(status ->
                        status.limit().equals(from) ? new LimitStatus(to, status.holder(), status.detail()) : status)
                .toList();
        onAdjusted.accept(limits());
        log.info("process '{}': the limit '{}' is '{}' from the next launch on: {}", spec.id(), from, to, why);
        effects.publish(new ProcessEvent.LimitAdjusted(spec.id(), now(), from, to, why));
    }

    /**
     * A launch was ended by the kernel for a limit: that is told, as what is found by watching is.
     *
     * @return what was found; empty if the kernel did not hold such a limit for it: a whole system may be out of memory, too
     */
    Optional<Finding> endedBy(Run run, Breach breach) {
        Limit limit = limits.get(breach.kind());
        if (limit == null || !isKilledAt(run, limit)) {
            return Optional.empty();
        }
        Finding finding = new Finding(limit, limit.amount(), Severity.CRITICAL, Duration.ZERO);
        tell(finding, breach.detail());
        return Optional.of(finding);
    }

    /** {@return whether the kernel kills what goes beyond a limit} */
    private boolean isKilledAt(Run run, Limit limit) {
        return isHeld(run, limit)
                && !(limit.kind() == LimitKind.MEMORY
                        && limit.action() == LimitAction.THROTTLE); // that one it slows down
    }

    private boolean isHeld(Run run, Limit limit) {
        return statuses(run).stream()
                .anyMatch(status -> status.limit().kind() == limit.kind() && status.isHeldByKernel());
    }

    private void tell(Finding finding, String words) {
        Limit limit = finding.limit();
        if (limit.action() == LimitAction.NONE) {
            return;
        }
        log.warn("process '{}': {}", spec.id(), words);
        effects.publish(new LimitViolated(spec.id(), now(), limit, finding.value(), finding.severity(), words));
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
        /** Something of it was killed for want of memory, which is not told yet. Used from the mailbox only. */
        private boolean killed;

        private volatile Sampling.Sampled sampled;

        Guarded(Run run) {
            this.run = run;
            this.watch = new LimitWatch(
                    limits(),
                    limit -> isHeld(run, limit),
                    spec.restart().spikeTolerance(),
                    spec.restart().sustainedViolation(),
                    this);
            this.throttling = limits.values().stream().anyMatch(limit -> limit.action() == LimitAction.THROTTLE)
                            && runtime.launcher().canPause()
                    ? new Throttling(
                            run.process, runtime.timer(), new Mailbox(runtime.system(), "throttle of " + spec.id()))
                    : null;
        }

        ResourceMeter meter() {
            return sampled.meter();
        }

        /** On the thread of the pass, which may wait for a file. */
        private void sampled() {
            long kills = run.process.newMemoryKills();
            mailbox.execute(() -> look(kills));
        }

        boolean isInDanger() {
            return watch.isInDanger();
        }

        private void look(long kills) {
            if (run.guarded != this) {
                return;
            }
            if (killed) {
                somethingWasKilled();
            }
            killed |= kills > 0; // at the next look: if it was the process itself, there is none
            ResourceMeter.State state = meter().state();
            if (state == ResourceMeter.State.UNREADABLE) {
                unreadable(meter().trouble().orElse("it cannot be measured"));
            } else if (state == ResourceMeter.State.MEASURED) {
                readable();
                judge();
            }
        }

        private void judge() {
            if (run.health.isInStartup()) {
                watch.forget(); // the startup checks have their own patience
                return;
            }
            watch.look(this::use, meter().sampledAt(), mayEnd());
            if (throttling != null && run.guarded == this) {
                limits.values().stream().filter(this::isToBeSlowedDown).forEach(cycles::add);
                double share = cycles.next(this::use);
                if (share < 1 || cycles.hasChanged()) {
                    effects.add(() -> throttling.share(share));
                }
            }
        }

        private boolean mayEnd() {
            Duration uptime = Duration.ofNanos(runtime.clock().nanos() - run.startedNanos);
            return run.health.startupWasChecked()
                    || uptime.compareTo(spec.restart().startupGrace()) >= 0;
        }

        /** What the kernel holds back needs nobody else. */
        private boolean isToBeSlowedDown(Limit limit) {
            return limit.action() == LimitAction.THROTTLE && !isHeld(run, limit) && watch.isViolated(limit);
        }

        private void unreadable(String why) {
            watch.interrupt();
            if (trouble == null) {
                log.warn("process '{}' cannot be measured, so that its limits are not watched: {}", spec.id(), why);
                effects.publish(new ProcessEvent.MonitoringFailed(spec.id(), now(), why));
            }
            trouble = why;
        }

        private void readable() {
            if (trouble != null) {
                trouble = null;
                effects.publish(new ProcessEvent.MonitoringRecovered(spec.id(), now()));
            }
        }

        /** What the process itself has outlived is its limit broken all the same. */
        private void somethingWasKilled() {
            Limit limit = limits.get(LimitKind.MEMORY);
            if (limit == null || !isKilledAt(run, limit)) {
                killed = false;
                return;
            }
            if (run.health.isInStartup() || (LimitWatch.ends(limit.action()) && !mayEnd())) {
                return; // it waits until that is over
            }
            killed = false;
            Finding finding = new Finding(limit, limit.amount(), Severity.CRITICAL, Duration.ZERO);
            tell(
                    finding,
                    "something it had started was killed: out of memory, the limit of its control group is "
                            + LimitKind.MEMORY.text(limit.amount()));
            if (LimitWatch.ends(limit.action())) {
                due(finding);
            }
        }

        private boolean isHeldForEachProcess(Limit limit) {
            return statuses(run).stream()
                    .anyMatch(status -> status.limit().kind() == limit.kind() && status.holder() == Holder.RLIMIT);
        }

        private double use(Limit limit) {
            return use(limit.kind(), isHeldForEachProcess(limit));
        }

        private double use(LimitKind kind) {
            return use(kind, false);
        }

        /** {@return how much is used, in the unit that a limit of this kind has} A resource limit counts for each process alone. */
        private double use(LimitKind kind, boolean ofEachProcess) {
            if (kind == LimitKind.SWAP) {
                return Double.NaN; // the kernel alone knows
            }
            ResourceMetric metric = WatchRules.metric(kind);
            return ofEachProcess ? meter().largest(metric) : meter().value(metric);
        }

        @Override
        public void exceeded(Finding finding) {
            tell(finding, finding.words());
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
}
