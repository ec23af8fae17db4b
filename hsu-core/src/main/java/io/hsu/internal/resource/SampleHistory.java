package io.hsu.internal.resource;

import io.hsu.ResourceHistory;
import io.hsu.ResourceMetric;
import io.hsu.ResourceSample;
import io.hsu.internal.Require;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The history of one process, over all of its launches. Whatever the interval of the samples is, it has a bounded number of them:
 * the newest as they came, some six hundred; of the others one for each {@value #STRETCHES}th of the time they are kept.
 */
public final class SampleHistory implements ResourceHistory {

    /** How long samples are kept if nobody says: as long as a day. */
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(1);

    private static final int STRETCHES = 2880;
    private static final int NEWEST_CHUNKS = 10;
    /** Those that are complete, one at each end that is not, and one for a clock that was set back. */
    private static final int MOST_COARSE_CHUNKS = STRETCHES / SampleChunk.MOST + 3;

    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final Duration retention;
    private final long retentionMillis;
    private final long stretchMillis;

    private final Deque<SampleChunk> fine = new ArrayDeque<>(2);
    private final Deque<SampleChunk> coarse = new ArrayDeque<>(1);
    private final SampleRow added = new SampleRow();
    /** The stretch that is not over yet; null if there is none. */
    private SampleRow stretch;

    private double percentPerByte = Double.NaN;
    private final Figures peaks = new Figures();
    /** In milliseconds since 1970, which numbers of this kind hold exactly. */
    private final Figures peakTimes = new Figures();

    public SampleHistory(Duration retention) {
        this.retention = Require.positive(retention, "retention");
        this.retentionMillis = retention.toMillis();
        this.stretchMillis = Math.max(1, retentionMillis / STRETCHES);
    }

    /** Adds a sample that was taken at some time. */
    synchronized void add(Instant time, Figures figures) {
        long millis = time.toEpochMilli();
        keepPeaks(millis, figures);
        double perByte = figures.get(ResourceMetric.MEMORY_PERCENT) / figures.get(ResourceMetric.RSS);
        if (perByte > 0) {
            percentPerByte = perByte;
        }
        added.set(millis, figures);
        append(fine, added);
        if (fine.size() > NEWEST_CHUNKS + 1) {
            fine.removeFirst().forEach(this::addCoarse);
        }
        dropBefore(millis - retentionMillis);
    }

    private void keepPeaks(long millis, Figures figures) {
        for (ResourceMetric metric : Figures.metrics()) {
            double value = figures.get(metric);
            double peak = peaks.get(metric);
            boolean higher = value > peak || (Double.isNaN(peak) && !Double.isNaN(value));
            if (higher && !metric.isCounter()) {
                peaks.set(metric, value);
                peakTimes.set(metric, (double) millis);
            }
        }
    }

    private void addCoarse(SampleRow row) {
        boolean same =
                stretch != null && Math.floorDiv(stretch.time, stretchMillis) == Math.floorDiv(row.time, stretchMillis);
        if (same) {
            stretch.merge(row);
            return;
        }
        if (stretch == null) {
            stretch = new SampleRow();
        } else {
            append(coarse, stretch);
        }
        stretch.set(row);
    }

    private static void append(Deque<SampleChunk> chunks, SampleRow row) {
        SampleChunk chunk = chunks.peekLast();
        if (chunk == null || chunk.isFull()) {
            chunk = new SampleChunk();
            chunks.addLast(chunk);
        }
        chunk.append(row);
    }

    private void dropBefore(long millis) {
        while (!coarse.isEmpty() && (coarse.getFirst().lastTime() < millis || coarse.size() > MOST_COARSE_CHUNKS)) {
            coarse.removeFirst();
        }
        if (stretch != null && stretch.time < millis) {
            stretch = null;
        }
        while (fine.size() > 1 && fine.getFirst().lastTime() < millis) {
            fine.removeFirst();
        }
    }

    @Override
    public Duration retention() {
        return retention;
    }

    @Override
    public synchronized List<ResourceSample> samples(Instant since) {
        if (fine.isEmpty()) {
            return List.of();
        }
        long first = Math.max(millis(since), fine.getLast().lastTime() - retentionMillis);
        List<ResourceSample> samples = new ArrayList<>();
        SampleRow before = new SampleRow();
        boolean[] isFirst = {true};
        forEachRow(row -> {
            if (row.time >= first) {
                samples.add(row.toSample(isFirst[0] ? null : before, percentPerByte));
            }
            before.set(row);
            isFirst[0] = false;
        });
        return List.copyOf(samples);
    }

    private void forEachRow(Consumer<SampleRow> action) {
        coarse.forEach(chunk -> chunk.forEach(action));
        if (stretch != null) {
            action.accept(stretch);
        }
        fine.forEach(chunk -> chunk.forEach(action));
    }

    /** {@return milliseconds since 1970, not below zero: nothing was measured before that} */
    private static long millis(Instant time) {
        if (time.isBefore(Instant.EPOCH)) {
            return 0;
        }
        return time.isAfter(LATEST) ? Long.MAX_VALUE : time.toEpochMilli();
    }

    @Override
    public synchronized Optional<Peak> peak(ResourceMetric metric) {
        double peak = peaks.get(metric);
        return Double.isNaN(peak)
                ? Optional.empty()
                : Optional.of(new Peak(peak, Instant.ofEpochMilli((long) peakTimes.get(metric))));
    }

    /** {@return how many samples there are, and how many bytes they take, about} */
    synchronized Extent extent() {
        int samples = 0;
        int bytes = 0;
        for (Deque<SampleChunk> chunks : List.of(coarse, fine)) {
            for (SampleChunk chunk : chunks) {
                samples += chunk.count();
                bytes += chunk.size();
            }
        }
        return new Extent(samples, bytes);
    }

    /** Tells how large a history is. */
    record Extent(int samples, int bytes) {}
}
