package io.hsu.internal.resource;

import io.hsu.ProcessSample;
import io.hsu.ResourceMetric;
import io.hsu.spi.ResourceReading;

/** One process of what is measured: what was read of it last, and what follows from that and the reading before. */
final class Member {

    private ResourceReading now = new ResourceReading();
    private ResourceReading incoming = new ResourceReading();
    /** The pass that has found it last. */
    private long pass;
    /** It was in no pass that is over. */
    private boolean isNew = true;

    private int children;

    /** By counter, its own in the last interval; NaN is not known. */
    private final double[] rates = new double[Counter.all().length];

    /** By counter, what others had counted that are gone and that it has waited for, perhaps; null if there are none. */
    private double[] inherited;

    /** Takes over what a pass has read of it; {@link #settle} makes it valid. */
    void read(ResourceReading reading, long number) {
        incoming.copy(reading);
        pass = number;
    }

    /** {@return whether a reading of its id is of itself} */
    boolean isSame(ResourceReading reading) {
        return (isNew ? incoming : now).start() == reading.start();
    }

    boolean wasFoundBy(long number) {
        return pass == number;
    }

    /** {@return whether nothing that was read of it is valid yet} */
    boolean isNew() {
        return isNew;
    }

    long pid() {
        return (isNew ? incoming : now).pid();
    }

    /** {@return what was read of it last} */
    ResourceReading reading() {
        return now;
    }

    /** Another one is gone, whose counts may be among this one's now. */
    void inherit(Member gone) {
        if (inherited == null) {
            inherited = new double[Counter.all().length];
        }
        for (Counter counter : Counter.all()) {
            inherited[counter.index()] += counter.bequest(gone.now);
        }
    }

    /**
     * Makes the latest reading valid.
     *
     * @param seconds since the reading before; NaN if this is the first one of its tree
     * @param totals by counter, what the tree has counted: is raised
     * @param rises by counter, what of it was counted in the interval: is raised
     */
    void settle(double seconds, double[] totals, double[] rises) {
        children = 0;
        for (Counter counter : Counter.all()) {
            int i = counter.index();
            rates[i] = Double.NaN;
            if (counter.own(incoming) >= 0) {
                totals[i] = zeroIfUnknown(totals[i]);
                rises[i] = zeroIfUnknown(rises[i]);
                count(counter, seconds, totals, rises);
            }
        }
        inherited = null;
        ResourceReading last = now;
        now = incoming;
        incoming = last;
        isNew = false;
    }

    private static double zeroIfUnknown(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    private void count(Counter counter, double seconds, double[] totals, double[] rises) {
        int i = counter.index();
        if (isNew || counter.own(now) < 0) {
            totals[i] += counter.bequest(incoming);
            double found = isNew && !Double.isNaN(seconds) ? counter.ofInterval(incoming, seconds) : 0;
            rises[i] += found;
            rates[i] = isNew ? counter.inRate(found, seconds) : Double.NaN;
        } else {
            double left = inherited == null ? 0 : inherited[i];
            double own = counter.ownRise(now, incoming, left);
            double all = own + counter.waitedRise(now, incoming, left);
            totals[i] += all;
            rises[i] += all;
            rates[i] = counter.inRate(own, seconds);
        }
    }

    void addChild() {
        children++;
    }

    /**
     * {@return it for users}
     *
     * @param percentPerByte what memory percentages come from; NaN if that is not known
     * @param ofTree whether its children are known
     */
    ProcessSample toSample(double percentPerByte, boolean ofTree) {
        Figures figures = new Figures();
        addLevels(figures, percentPerByte);
        if (ofTree) {
            figures.set(ResourceMetric.CHILDREN, children);
        }
        for (Counter counter : Counter.all()) {
            double own = counter.own(now);
            figures.set(counter.total(), own < 0 ? Double.NaN : counter.inTotal(own));
            figures.set(counter.rate(), rates[counter.index()]);
        }
        return ProcessSample.of(now.pid(), now.parent(), figures::get);
    }

    /** {@return what it has used itself, of what limits count for each process; NaN if it is not known} */
    double own(ResourceMetric metric) {
        return switch (metric) {
            case VIRTUAL -> known(now.virtual());
            case DESCRIPTORS -> known(now.descriptors());
            case CPU_TIME -> Counter.CPU.inTotal(known(now.cpuNanos()));
            default -> Double.NaN;
        };
    }

    private static double known(long reading) {
        return reading >= 0 ? reading : Double.NaN;
    }

    /** Adds what rises and falls to the sums of a tree. */
    void addLevels(Figures sums, double percentPerByte) {
        add(sums, ResourceMetric.RSS, now.rss(), 1);
        add(sums, ResourceMetric.MEMORY_PERCENT, now.rss(), percentPerByte);
        add(sums, ResourceMetric.VIRTUAL, now.virtual(), 1);
        add(sums, ResourceMetric.DESCRIPTORS, now.descriptors(), 1);
        add(sums, ResourceMetric.THREADS, now.threads(), 1);
    }

    private static void add(Figures sums, ResourceMetric metric, long reading, double factor) {
        if (reading >= 0) {
            sums.add(metric, reading * factor);
        }
    }
}
