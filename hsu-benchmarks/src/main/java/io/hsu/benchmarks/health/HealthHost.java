package io.hsu.benchmarks.health;

import io.hsu.benchmarks.report.Samples;
import io.hsu.benchmarks.support.Figures;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** The JVM that is measured: it begins to look, says so, and tells what it has found when it is asked. */
final class HealthHost {

    /** Who looks. */
    enum Kind {
        HSU,
        HTTP_CLIENT,
        THREAD_PER_CHECK,
        PLAIN_SOCKET;

        private CheckHost make() {
            return switch (this) {
                case HSU -> new HsuHost();
                case HTTP_CLIENT -> new HttpClientHost();
                case THREAD_PER_CHECK -> new ThreadPerCheckHost();
                case PLAIN_SOCKET -> new PlainSocketHost();
            };
        }
    }

    static final String READY = "ready";
    static final String FOUND = "found";

    static final String HEALTHY = "healthy";
    static final String LIVE_HEAP = "liveHeapKilobytes";
    static final String LATENCY_P50 = "latencyP50Nanos";
    static final String LATENCY_P99 = "latencyP99Nanos";

    /** How long last looks are gathered. */
    private static final Duration GATHERING = Duration.ofSeconds(5);

    private final CheckHost host;
    /** Where its notes go. */
    private final Path directory;

    private HealthHost(CheckHost host, Path directory) {
        this.host = host;
        this.directory = directory;
    }

    /** {@return the arguments of its JVM} */
    static List<String> arguments(Kind kind, Path directory, Path ports, Load load) {
        List<String> arguments = new ArrayList<>(List.of(kind.name(), directory.toString(), ports.toString()));
        arguments.addAll(load.toArguments());
        return arguments;
    }

    /**
     * Looks until it is killed.
     *
     * @param args see {@link #arguments}
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> all = Arrays.asList(args);
        Load load = Load.parse(all.subList(3, all.size()));
        HealthHost host = new HealthHost(Kind.valueOf(args[0]).make(), Path.of(args[1]));
        host.run(load, EndpointHost.ports(Path.of(args[2])));
    }

    private void run(Load load, List<Integer> ports) throws IOException, InterruptedException {
        host.start(load, load.targets(ports));
        Notes.write(directory.resolve(READY), "");
        System.in.read(); // whoever measures says when that is over
        Notes.write(directory.resolve(FOUND), found(load).toString());
        Thread.currentThread().join(); // for ever
    }

    /** What is found costs processor time to gather, which must not count. */
    private Figures found(Load load) throws InterruptedException {
        long healthy = host.latencies().length;
        LongStream.Builder latencies = LongStream.builder();
        for (int i = 0; i < Math.max(1, GATHERING.dividedBy(load.interval())); i++) {
            if (i > 0) {
                Thread.sleep(load.interval().toMillis());
            }
            Arrays.stream(host.latencies()).forEach(latencies);
        }
        long[] all = latencies.build().toArray();
        Figures found = new Figures().put(HEALTHY, healthy).put(LIVE_HEAP, liveHeapKilobytes());
        if (all.length > 0) {
            Samples samples = Samples.of(all);
            found.put(LATENCY_P50, Math.round(samples.median() * 1e6))
                    .put(LATENCY_P99, Math.round(samples.percentile(99) * 1e6));
        }
        return found;
    }

    private static long liveHeapKilobytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024;
    }
}
