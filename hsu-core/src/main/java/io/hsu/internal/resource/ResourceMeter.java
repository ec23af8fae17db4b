package io.hsu.internal.resource;

import io.hsu.ProcessSample;
import io.hsu.ResourceHistory;
import io.hsu.ResourceMetric;
import io.hsu.ResourceSample;
import io.hsu.internal.time.Clock;
import io.hsu.spi.ResourceReading;
import io.hsu.spi.ResourceReceiver;
import io.hsu.spi.ResourceTarget;
import io.hsu.spi.ResourceWatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What one launch uses, alone or with its tree. A pass tells it readings; it tells samples. To take one makes no object. Whoever
 * asks may be any thread. Loops over processes count, since an iterator would be an object for each.
 */
public final class ResourceMeter implements AutoCloseable {

    /** What came of the latest pass. */
    public enum State {
        /** There was none. */
        NOT_MEASURED,
        /** There are figures. */
        MEASURED,
        /** The process has ended. The figures are those of before. */
        GONE,
        /** It could not be measured, {@link ResourceMeter#trouble} says why. The figures are those of before. */
        UNREADABLE
    }

    private static final double NANOS = 1e9;

    private final ResourceMeters owner;
    private final ResourceTarget target;
    private final SampleHistory history;
    private final Clock clock;

    // The pass's own.
    private ResourceWatch watch;
    private long pass;
    private List<Member> found = new ArrayList<>(1);
    private final PidMap<Member> members = new PidMap<>();

    // Under this object's lock.
    private List<Member> settled = new ArrayList<>(1);
    private final double[] totals = new double[Counter.all().length];
    private final double[] rises = new double[Counter.all().length];
    private final Figures figures = new Figures();
    private double percentPerByte = Double.NaN;
    private State state = State.NOT_MEASURED;
    private String trouble;
    private Instant time;
    private long nanos;

    private volatile boolean closed;

    ResourceMeter(ResourceMeters owner, ResourceTarget target, SampleHistory history, Clock clock) {
        this.owner = owner;
        this.target = target;
        this.history = history;
        this.clock = clock;
        Arrays.fill(totals, Double.NaN);
    }

    /** {@return what is measured} */
    public ResourceTarget target() {
        return target;
    }

    /** {@return what came of the latest pass} */
    public synchronized State state() {
        return state;
    }

    /** {@return why the latest pass could not measure it; empty if it could} */
    public synchronized Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** {@return a figure of the latest sample; NaN if it is not known} */
    public synchronized double value(ResourceMetric metric) {
        return figures.get(metric);
    }

    /** {@return the largest figure that one of its processes had in the latest sample; NaN if it is not known} */
    public synchronized double largest(ResourceMetric metric) {
        double largest = Double.NaN;
        for (int i = 0; i < settled.size(); i++) {
            double value = settled.get(i).own(metric);
            largest = value > largest || Double.isNaN(largest) ? value : largest;
        }
        return largest;
    }

    /** {@return when the latest sample was taken, as {@link Clock#nanos} counts; 0 if there is none} */
    public synchronized long sampledAt() {
        return nanos;
    }

    /** {@return the latest sample; empty if there is none} */
    public synchronized Optional<ResourceSample> latest() {
        if (time == null) {
            return Optional.empty();
        }
        List<ProcessSample> processes = settled.stream()
                .map(member -> member.toSample(percentPerByte, target.tree()))
                .toList();
        return Optional.of(ResourceSample.of(time, processes, figures::get));
    }

    /** {@return the samples so far, also those of earlier launches that shared it} */
    public ResourceHistory history() {
        return history;
    }

    boolean isClosed() {
        return closed;
    }

    /** Ends it. What the monitor keeps for it is let go of by the next pass. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            owner.closed(this);
        }
    }

    // What follows is for the thread of the pass.

    ResourceWatch watch() {
        return watch;
    }

    void watch(ResourceWatch watch) {
        this.watch = watch;
    }

    /** {@return what a monitor tells} */
    ResourceReceiver receiver() {
        return new Receiver();
    }

    /**
     * A pass begins.
     *
     * @param percentPerByte what memory percentages come from; NaN if that is not known
     */
    void begin(double percentPerByte) {
        pass++;
        for (int i = 0; i < found.size(); i++) { // of a pass that has failed
            if (found.get(i).isNew()) {
                members.remove(found.get(i).pid());
            }
        }
        found.clear();
        synchronized (this) {
            this.percentPerByte = percentPerByte;
        }
    }

    synchronized void fail(String why) {
        state = State.UNREADABLE;
        trouble = why;
    }

    private final class Receiver implements ResourceReceiver {

        @Override
        public void process(ResourceReading reading) {
            Member member = members.get(reading.pid());
            if (member != null && !member.isSame(reading)) {
                member = null; // its id is another's now
            }
            if (member == null) {
                member = new Member();
                members.put(reading.pid(), member);
            }
            if (!member.wasFoundBy(pass)) {
                found.add(member);
            }
            member.read(reading, pass);
        }

        @Override
        public void measured() {
            synchronized (ResourceMeter.this) {
                settle(clock.nanos(), owner.now());
            }
        }

        @Override
        public void gone() {
            synchronized (ResourceMeter.this) {
                state = State.GONE;
                trouble = null;
            }
        }

        @Override
        public void unreadable(String why) {
            fail(why);
        }
    }

    private void settle(long atNanos, Instant atTime) {
        double seconds = time == null || atNanos <= nanos ? Double.NaN : (atNanos - nanos) / NANOS;
        partFromGone();
        Arrays.fill(rises, Double.NaN);
        figures.clear();
        for (int i = 0; i < found.size(); i++) {
            Member member = found.get(i);
            member.settle(seconds, totals, rises);
            member.addLevels(figures, percentPerByte);
        }
        for (Counter counter : Counter.all()) {
            int i = counter.index();
            figures.set(counter.total(), counter.inTotal(totals[i]));
            figures.set(counter.rate(), counter.inRate(rises[i], seconds));
        }
        if (target.tree()) {
            figures.set(ResourceMetric.CHILDREN, Math.max(0, found.size() - 1));
            countChildren();
        }
        List<Member> before = settled;
        settled = found;
        found = before;
        found.clear();
        time = atTime;
        nanos = atNanos;
        state = State.MEASURED;
        trouble = null;
        history.add(atTime, figures);
    }

    private void partFromGone() {
        for (int i = 0; i < settled.size(); i++) {
            if (!settled.get(i).wasFoundBy(pass)) {
                bequeath(settled.get(i));
            }
        }
        for (int i = 0; i < settled.size(); i++) {
            Member member = settled.get(i);
            if (!member.wasFoundBy(pass) && members.get(member.pid()) == member) {
                members.remove(member.pid());
            }
        }
    }

    /** The nearest of its ancestors that is left may have what it had counted. */
    private void bequeath(Member gone) {
        Member ancestor = gone;
        for (int steps = 0; steps < settled.size() && ancestor != null; steps++) {
            ancestor = members.get(ancestor.reading().parent());
            if (ancestor != null && ancestor.wasFoundBy(pass)) {
                ancestor.inherit(gone);
                return;
            }
        }
    }

    private void countChildren() {
        for (int i = 0; i < found.size(); i++) {
            Member parent = members.get(found.get(i).reading().parent());
            if (parent != null) {
                parent.addChild();
            }
        }
    }
}
