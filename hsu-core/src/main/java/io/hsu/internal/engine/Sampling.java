package io.hsu.internal.engine;

import io.hsu.Monitoring;
import io.hsu.internal.launch.LaunchedProcess;
import io.hsu.internal.resource.ResourceMeter;
import io.hsu.internal.resource.ResourceMeters;
import io.hsu.internal.resource.SampleHistory;
import io.hsu.internal.time.Timer.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the processes of one manager: all that have the same interval in one pass. What is new is measured after a second too,
 * so that there are figures soon. Passes come one at a time, on a thread that may block. Safe for use by many threads.
 */
final class Sampling implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Sampling.class);

    private static final Duration SOON = Duration.ofSeconds(1);

    private final EngineRuntime runtime;
    private final ResourceMeters meters;
    private final Executor queue;
    private final Map<Duration, Round> rounds = new HashMap<>();
    private Cancellable release = Cancellable.NONE;
    private boolean releases;
    private boolean closed;

    Sampling(EngineRuntime runtime, ResourceMeters meters) {
        this.runtime = runtime;
        this.meters = meters;
        this.queue = new Mailbox(runtime.system(), "resource samples");
    }

    /** One launch, as it is measured. */
    final class Sampled {
        private final ResourceMeter meter;
        private final Round round;
        private final Runnable onSample;

        private Sampled(ResourceMeter meter, Round round, Runnable onSample) {
            this.meter = meter;
            this.round = round;
            this.onSample = onSample;
        }

        /** {@return what it has used} */
        ResourceMeter meter() {
            return meter;
        }

        /** Rates and percentages over a moment would be of no use. */
        private boolean mayBeMeasured(long recently) {
            return meter.state() == ResourceMeter.State.NOT_MEASURED || meter.sampledAt() <= recently;
        }

        /** It is not measured any more. */
        void end() {
            synchronized (Sampling.this) {
                round.members.remove(this);
                round.newcomers.remove(this);
            }
            meter.close();
            releaseSoon();
        }
    }

    /**
     * Begins to measure a launch.
     *
     * @param onSample told after each pass that has measured it, on the pass's thread; null: nobody
     */
    Sampled watch(LaunchedProcess process, Monitoring monitoring, SampleHistory history, Runnable onSample) {
        ResourceMeter meter = meters.watch(process.measured(monitoring.tree()), history);
        synchronized (this) {
            Round round = rounds.computeIfAbsent(monitoring.interval(), Round::new);
            Sampled sampled = new Sampled(meter, round, onSample);
            round.add(sampled);
            return sampled;
        }
    }

    /** Those that have the same interval. Under the lock of the whole. */
    private final class Round {
        private final Duration interval;
        private final Set<Sampled> members = new LinkedHashSet<>();
        private final List<Sampled> newcomers = new ArrayList<>(1);
        private final AtomicBoolean underWay = new AtomicBoolean();
        private Cancellable next = Cancellable.NONE;
        private Cancellable first = Cancellable.NONE;
        private boolean ticks;

        Round(Duration interval) {
            this.interval = interval;
        }

        void add(Sampled sampled) {
            members.add(sampled);
            if (!ticks) {
                ticks = true;
                next = runtime.timer().schedule(interval, this::tick);
            }
            if (interval.compareTo(SOON) <= 0) {
                return;
            }
            if (newcomers.isEmpty()) {
                first = runtime.timer().schedule(SOON, this::lookAtNewcomers);
            }
            newcomers.add(sampled);
        }

        private void cancel() {
            next.cancel();
            first.cancel();
        }

        private void tick() {
            List<Sampled> due;
            synchronized (Sampling.this) {
                ticks = !members.isEmpty() && !closed;
                if (!ticks) {
                    return;
                }
                next = runtime.timer().schedule(interval, this::tick);
                long recently = runtime.clock().nanos() - interval.toNanos() / 2;
                due = members.stream()
                        .filter(member -> member.mayBeMeasured(recently))
                        .toList();
            }
            pass(due);
        }

        private void lookAtNewcomers() {
            List<Sampled> due;
            synchronized (Sampling.this) {
                if (closed || newcomers.isEmpty()) {
                    return;
                }
                if (underWay.get()) {
                    first = runtime.timer().schedule(SOON, this::lookAtNewcomers);
                    return;
                }
                due = List.copyOf(newcomers);
                newcomers.clear();
            }
            pass(due);
        }

        /** One that takes longer than the interval is not followed by others that wait for it. */
        private void pass(List<Sampled> due) {
            if (due.isEmpty() || !underWay.compareAndSet(false, true)) {
                return;
            }
            try {
                queue.execute(() -> {
                    try {
                        sample(due);
                    } finally {
                        underWay.set(false);
                    }
                });
            } catch (RejectedExecutionException e) {
                underWay.set(false); // the manager is closed
            }
        }
    }

    /** What is kept open for those that have ended does not wait for the next pass; many that end at once are one step. */
    private void releaseSoon() {
        synchronized (this) {
            if (releases || closed) {
                return;
            }
            releases = true;
            release = runtime.timer().schedule(SOON, this::release);
        }
    }

    private void release() {
        synchronized (this) {
            releases = false;
            if (closed) {
                return; // that lets go of everything
            }
        }
        try {
            queue.execute(() -> sample(List.of()));
        } catch (RejectedExecutionException e) {
            log.debug("the manager is closed: {}", e.toString());
        }
    }

    private void sample(List<Sampled> due) {
        synchronized (this) {
            if (closed) {
                return; // the monitor may be closed, too
            }
        }
        try {
            meters.sample(due.stream().map(Sampled::meter).toList());
        } catch (UnsupportedOperationException e) {
            log.warn("{}", e.getMessage());
            tell(due);
            close();
            return;
        }
        tell(due);
    }

    private static void tell(List<Sampled> due) {
        for (Sampled sampled : due) {
            if (sampled.onSample != null) {
                sampled.onSample.run();
            }
        }
    }

    /** Nothing is measured from now on. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            release.cancel();
            rounds.values().forEach(Round::cancel);
        }
        try {
            queue.execute(meters::close);
        } catch (RejectedExecutionException e) {
            log.debug("the monitor is not closed: {}", e.toString());
        }
    }
}
