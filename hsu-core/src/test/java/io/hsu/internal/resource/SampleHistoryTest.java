package io.hsu.internal.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.ResourceMetric;
import io.hsu.ResourceSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleHistoryTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<ResourceMetric> EXACT = List.of(
            ResourceMetric.READ_BYTES,
            ResourceMetric.WRITTEN_BYTES,
            ResourceMetric.READ_OPERATIONS,
            ResourceMetric.WRITE_OPERATIONS,
            ResourceMetric.DESCRIPTORS,
            ResourceMetric.THREADS,
            ResourceMetric.CHILDREN);

    private static Figures figures(ResourceMetric metric, double value) {
        Figures figures = new Figures();
        figures.set(metric, value);
        return figures;
    }

    private static SampleHistory ofADay() {
        return new SampleHistory(SampleHistory.DEFAULT_RETENTION);
    }

    @Test
    void samples_comeBackAsTheyWent() {
        Random random = new Random(1);
        SampleHistory history = ofADay();
        List<Figures> went = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        Instant time = BEGIN;
        for (int i = 0; i < 500; i++) {
            time = time.plusMillis(25_000 + random.nextInt(10_000));
            Figures figures = chance(random);
            history.add(time, figures);
            went.add(figures);
            times.add(time);
        }

        List<ResourceSample> came = history.samples();

        assertEquals(500, came.size());
        for (int i = 0; i < 500; i++) {
            assertEquals(times.get(i), came.get(i).time());
            assertSame(went.get(i), came.get(i));
        }
        assertEquals(100, history.samples(times.get(400)).size(), "that moment's is the first of those since");
        assertEquals(List.of(), history.samples(times.get(499).plusNanos(1_000_000)));
    }

    private static Figures chance(Random random) {
        Figures figures = new Figures();
        for (ResourceMetric metric : EXACT) {
            if (random.nextInt(4) > 0) {
                figures.set(metric, (double) random.nextLong(1L << (1 + random.nextInt(50))));
            }
        }
        if (random.nextInt(8) > 0) {
            double rss = random.nextLong(1L << 40);
            figures.set(ResourceMetric.RSS, rss);
            figures.set(ResourceMetric.MEMORY_PERCENT, rss / 1e10);
            figures.set(ResourceMetric.VIRTUAL, (double) random.nextLong(1L << 47));
            figures.set(ResourceMetric.CPU_PERCENT, random.nextDouble() * 6400);
            figures.set(ResourceMetric.CPU_TIME, random.nextDouble() * 1e7);
        }
        return figures;
    }

    private static void assertSame(Figures went, ResourceSample came) {
        for (ResourceMetric metric : EXACT) {
            assertEquals(went.get(metric), came.value(metric).orElse(Double.NaN), metric::toString);
        }
        assertEquals(went.get(ResourceMetric.RSS), value(came, ResourceMetric.RSS), 512);
        assertEquals(went.get(ResourceMetric.VIRTUAL), value(came, ResourceMetric.VIRTUAL), 512);
        assertEquals(went.get(ResourceMetric.CPU_PERCENT), value(came, ResourceMetric.CPU_PERCENT), 0.0051);
        assertEquals(went.get(ResourceMetric.CPU_TIME), value(came, ResourceMetric.CPU_TIME), 0.00051);
        assertEquals(went.get(ResourceMetric.MEMORY_PERCENT), value(came, ResourceMetric.MEMORY_PERCENT), 1e-6);
    }

    private static double value(ResourceSample sample, ResourceMetric metric) {
        return sample.value(metric).orElse(Double.NaN);
    }

    @Test
    void rates_followFromCounters() {
        SampleHistory history = ofADay();
        history.add(BEGIN, figures(ResourceMetric.WRITTEN_BYTES, 1000));
        history.add(BEGIN.plusSeconds(10), figures(ResourceMetric.WRITTEN_BYTES, 6000));
        history.add(BEGIN.plusSeconds(20), figures(ResourceMetric.WRITTEN_BYTES, 0)); // launched anew
        List<ResourceSample> samples = history.samples();
        assertEquals(OptionalDouble.empty(), samples.get(0).writtenBytesPerSecond());
        assertEquals(OptionalDouble.of(500), samples.get(1).writtenBytesPerSecond());
        assertEquals(OptionalDouble.empty(), samples.get(2).writtenBytesPerSecond());
        assertEquals(OptionalDouble.empty(), samples.get(1).readBytesPerSecond());
        assertEquals(
                OptionalDouble.of(500),
                history.samples(BEGIN.plusSeconds(1)).get(0).writtenBytesPerSecond());
    }

    @Test
    void aDayOfOneSampleIn30Seconds_isKeptWhole() {
        SampleHistory history = ofADay();
        for (int i = 0; i < 4000; i++) {
            history.add(BEGIN.plusSeconds(30L * i), figures(ResourceMetric.THREADS, i));
        }
        List<ResourceSample> samples = history.samples();
        assertEquals(2881, samples.size());
        for (int i = 0; i < samples.size(); i++) {
            assertEquals(OptionalLong.of(4000 - 2881 + i), samples.get(i).threads());
        }
    }

    @Test
    void aDayOfOneSampleASecond_isBounded() {
        SampleHistory history = ofADay();
        int seconds = 3 * 24 * 3600;
        for (int i = 0; i < seconds; i++) {
            Figures figures = figures(ResourceMetric.CPU_TIME, i);
            figures.set(ResourceMetric.RSS, i % 100 == 50 ? 1 << 30 : 1 << 20);
            history.add(BEGIN.plusSeconds(i), figures);
        }

        SampleHistory.Extent extent = history.extent();
        assertTrue(extent.samples() < 3700, extent::toString);
        assertTrue(extent.bytes() < 50_000, extent::toString);
        List<ResourceSample> samples = history.samples();
        Instant newest = BEGIN.plusSeconds(seconds - 1);
        assertEquals(newest, samples.get(samples.size() - 1).time());
        assertEquals(newest.minusSeconds(600), samples.get(samples.size() - 601).time(), "the newest are all there");
        assertTrue(samples.get(0).time().isBefore(newest.minusSeconds(24 * 3600 - 60)));
        for (int i = 1; i < samples.size(); i++) {
            Duration gap =
                    Duration.between(samples.get(i - 1).time(), samples.get(i).time());
            assertTrue(gap.toSeconds() >= 1 && gap.toSeconds() <= 30, gap::toString);
        }
        long spikes = samples.stream()
                .limit(1000)
                .filter(sample -> sample.rss().orElseThrow() == 1 << 30)
                .count();
        assertEquals(
                300.0, (double) spikes, 1.0, "no spike is lost: of three hundred stretches, three in ten have one");
        ResourceSample coarse = samples.get(10);
        assertEquals(
                Duration.between(BEGIN, coarse.time()),
                coarse.cpuTime().orElseThrow(),
                "counters are the last of the stretch");
    }

    @Test
    void idleProcess_takesFewBytes() {
        SampleHistory history = ofADay();
        Random random = new Random(1);
        for (int i = 0; i < 2880; i++) {
            Figures figures = figures(ResourceMetric.RSS, 5_000_000);
            EXACT.forEach(metric -> figures.set(metric, 17));
            history.add(BEGIN.plusMillis(30_000L * i + random.nextInt(20)), figures);
        }
        assertTrue(history.extent().bytes() < 4 * 2880, () -> history.extent().toString());
    }

    @Test
    void peaks_outliveTheSamples() {
        SampleHistory history = new SampleHistory(Duration.ofMinutes(1));
        history.add(BEGIN, figures(ResourceMetric.RSS, 9000));
        history.add(BEGIN.plusSeconds(3600), figures(ResourceMetric.RSS, 5000));
        assertEquals(9000, history.peak(ResourceMetric.RSS).orElseThrow().value());
        assertEquals(BEGIN, history.peak(ResourceMetric.RSS).orElseThrow().time());
        assertEquals(Optional.empty(), history.peak(ResourceMetric.THREADS));
        history.add(BEGIN.plusSeconds(3601), figures(ResourceMetric.CPU_TIME, 7));
        assertEquals(Optional.empty(), history.peak(ResourceMetric.CPU_TIME), "a counter has no peak");
        assertEquals(2, history.samples().size());
    }

    @Test
    void clockThatIsSetBack_keepsItBounded() {
        SampleHistory history = new SampleHistory(Duration.ofHours(1));
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            history.add(BEGIN.plusSeconds(random.nextInt(7200)), figures(ResourceMetric.THREADS, i));
        }
        assertTrue(history.extent().samples() < 4000, () -> history.extent().toString());
        history.add(BEGIN.minusSeconds(999_999), figures(ResourceMetric.THREADS, 5));
        assertTrue(history.samples().size() > 1);
    }

    @Test
    void nothing_isNothing() {
        assertEquals(List.of(), ofADay().samples());
    }
}
