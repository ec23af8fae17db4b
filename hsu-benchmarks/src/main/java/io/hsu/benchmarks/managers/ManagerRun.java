package io.hsu.benchmarks.managers;

import io.hsu.benchmarks.proc.ProcFs;
import io.hsu.benchmarks.proc.ProcStat;
import io.hsu.benchmarks.report.Samples;
import io.hsu.benchmarks.support.CannotMeasureException;
import io.hsu.benchmarks.support.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** One manager with its children, from the start to the end of both. */
final class ManagerRun implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofMinutes(3);
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(30);

    /** Looking into {@code /proc} costs processor time; nine tenths of one processor are left to the manager at least. */
    private static final int REST_FOR_LOOK = 9;

    private static final long SHORTEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Session session;
    private final Children children;
    private final Process process;
    private final Duration startTime;
    private final Map<Integer, Long> pids = new TreeMap<>();

    private ManagerRun(Session session, Children children, List<String> command)
            throws IOException, InterruptedException {
        this.session = session;
        this.children = children;
        ChildSearch search = new ChildSearch(children);
        long start = System.nanoTime();
        this.process = session.start(command);
        awaitChildren(search, start);
        this.startTime = Duration.ofNanos(System.nanoTime() - start);
    }

    /**
     * {@return a manager all of whose children run}
     *
     * @throws CannotMeasureException if it ends or they do not run in time
     */
    static ManagerRun start(Manager manager, int count) throws IOException, InterruptedException {
        Session session = new Session();
        try {
            Children children = Children.of(session.run(), count);
            return new ManagerRun(session, children, manager.configure(session, children));
        } catch (IOException | InterruptedException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private void awaitChildren(ChildSearch search, long start) throws IOException, InterruptedException {
        while (true) {
            long look = System.nanoTime();
            pids.putAll(search.look());
            if (pids.size() == children.count()) {
                return;
            }
            long now = System.nanoTime();
            if (!process.isAlive() || now - start > START_PATIENCE.toNanos()) {
                throw new CannotMeasureException("%d of %d children ran when it %s; it said last: %s"
                        .formatted(
                                pids.size(),
                                children.count(),
                                process.isAlive() ? "had had " + START_PATIENCE.toSeconds() + " s" : "ended",
                                session.output()));
            }
            TimeUnit.NANOSECONDS.sleep(Math.max(SHORTEST_REST_NANOS, (now - look) * REST_FOR_LOOK));
        }
    }

    /** {@return the time from the launch of the manager until the last child was seen to run} */
    Duration startTime() {
        return startTime;
    }

    /** {@return what the manager takes now; its children do not count} */
    Footprint footprint() {
        return Footprint.of(managerProcesses());
    }

    private List<Long> managerProcesses() {
        return session.processes().stream()
                .filter(pid ->
                        children.index(ProcFs.read(pid, "cmdline").orElse("")).isEmpty())
                .toList();
    }

    /** {@return how much of one processor, in percent, the manager takes while nothing happens} */
    double idleCpuPercent(Duration time) throws InterruptedException {
        List<Long> processes = managerProcesses();
        long start = System.nanoTime();
        long before = cpuTicks(processes);
        Thread.sleep(time.toMillis());
        double seconds = (System.nanoTime() - start) / 1e9;
        return 100.0 * (cpuTicks(processes) - before) / ProcStat.TICKS_PER_SECOND / seconds;
    }

    private static long cpuTicks(List<Long> processes) {
        return processes.stream()
                .mapToLong(pid -> ProcFs.stat(pid).map(ProcStat::cpuTicks).orElse(0L))
                .sum();
    }

    /**
     * Kills children, each another one, one at a time.
     *
     * @param kills how many, if there are so many children
     * @param pause before each kill
     * @return the times from a kill until the replacement runs
     */
    Optional<Samples> kills(int kills, Duration pause) throws InterruptedException {
        List<Integer> order = new ArrayList<>(pids.keySet());
        Collections.shuffle(order, new Random(1));
        List<Integer> victims = order.subList(0, Math.min(kills, order.size()));
        long[] nanos = new long[victims.size()];
        for (int i = 0; i < nanos.length; i++) {
            Thread.sleep(pause.toMillis());
            Replacement replacement = new Replacement(children, victims.get(i), pids.get(victims.get(i)));
            nanos[i] = replacement.await(KILL_PATIENCE).toNanos();
        }
        return nanos.length == 0 ? Optional.empty() : Optional.of(Samples.of(nanos));
    }

    @Override
    public void close() {
        session.close();
    }
}
