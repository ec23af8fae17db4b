package io.hsu.benchmarks.health;

import io.hsu.benchmarks.proc.ProcFs;
import io.hsu.benchmarks.proc.ProcStat;
import io.hsu.benchmarks.proc.ThreadTimes;
import io.hsu.benchmarks.support.CannotMeasureException;
import io.hsu.benchmarks.support.Figures;
import io.hsu.benchmarks.support.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;

/** One contender's JVM, from its start to its end. */
final class HealthRun implements AutoCloseable {

    private static final long BETWEEN_LOOKS_MILLIS = 100;

    private static final double NANOS_PER_MILLI = 1e6;

    private final Session session = new Session();
    private final Endpoint endpoint;
    private final Process process;

    /** Starts it, and returns when it has begun to look. */
    HealthRun(Contender contender, List<String> flags, Endpoint endpoint) throws IOException, InterruptedException {
        this.endpoint = endpoint;
        try {
            process = session.start(contender.command(flags, session.directory(), endpoint.ports()));
            await(HealthHost.READY);
        } catch (IOException | InterruptedException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private String await(String note) throws IOException, InterruptedException {
        return Notes.await(session.directory().resolve(note), process, session);
    }

    /**
     * Measures, and asks in the end what was found.
     *
     * @param warmup how long it looks before
     */
    Measurement measure(Duration warmup, Duration time) throws IOException, InterruptedException {
        Thread.sleep(warmup.toMillis());
        Figures before = endpoint.counts();
        ThreadTimes threadsBefore = ThreadTimes.of(process.pid());
        long ticksBefore = stat().cpuTicks();
        long start = System.nanoTime();

        IntSummaryStatistics threads = watchThreads(start + time.toNanos());

        double seconds = (System.nanoTime() - start) / 1e9;
        long ticks = stat().cpuTicks() - ticksBefore;
        Map<String, Long> ticksByThread = ThreadTimes.of(process.pid()).since(threadsBefore);
        Figures after = endpoint.counts();
        long pss = ProcFs.pssKilobytes(process.pid());
        Figures found = askWhatWasFound();
        double ticksPerPercent = ProcStat.TICKS_PER_SECOND * seconds / 100;
        return new Measurement(
                ticks / ticksPerPercent,
                ThreadTimes.describe(ticksByThread, ticksPerPercent),
                (after.get(EndpointHost.ANSWERED) - before.get(EndpointHost.ANSWERED)) / seconds,
                (after.get(EndpointHost.HUNG) - before.get(EndpointHost.HUNG)) / seconds,
                (after.get(EndpointHost.CONNECTIONS) - before.get(EndpointHost.CONNECTIONS)) / seconds,
                found.get(HealthHost.HEALTHY),
                threads.getMax(),
                threads.getAverage(),
                pss,
                found.get(HealthHost.LIVE_HEAP),
                millis(found, HealthHost.LATENCY_P50),
                millis(found, HealthHost.LATENCY_P99));
    }

    private IntSummaryStatistics watchThreads(long end) throws InterruptedException {
        IntSummaryStatistics threads = new IntSummaryStatistics();
        while (System.nanoTime() < end) {
            threads.accept(stat().threads());
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        return threads;
    }

    private ProcStat stat() {
        return ProcFs.stat(process.pid())
                .filter(stat -> !stat.isZombie())
                .orElseThrow(() -> new CannotMeasureException("it ended while it was measured"));
    }

    private Figures askWhatWasFound() throws IOException, InterruptedException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return Figures.parse(await(HealthHost.FOUND));
    }

    private static Double millis(Figures found, String figure) {
        return found.has(figure) ? found.get(figure) / NANOS_PER_MILLI : null;
    }

    @Override
    public void close() {
        session.close();
    }
}
