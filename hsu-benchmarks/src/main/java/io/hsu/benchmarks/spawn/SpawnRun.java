package io.hsu.benchmarks.spawn;

import io.hsu.benchmarks.report.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * Times all contenders in turn, so that whatever else the machine does hits all alike. The order within a round is chance:
 * what one contender leaves to be done after its exit event must not fall upon the same other one each time.
 */
final class SpawnRun implements AutoCloseable {

    /** The C program has its own turns, this many: a turn for each spawn would measure its start. */
    private static final int WARMUP_SLICES = 5;

    private static final int SLICES = 20;

    private final int count;
    private final int warmup;
    private final Duration rest;
    private final Optional<CSpawner> limit;
    private final Map<Spawner, SpawnContender> contenders = new EnumMap<>(Spawner.class);
    private final Map<Spawner, LongStream.Builder> times = new EnumMap<>(Spawner.class);
    private final LongStream.Builder limitTimes = LongStream.builder();
    private final Random chance = new Random(1);

    /**
     * @param count how many spawns of each count
     * @param warmup how many of each come before, for the JIT compiler
     * @param rest the time between two
     * @param limit the C program, if it could be compiled
     */
    SpawnRun(int count, int warmup, Duration rest, Optional<CSpawner> limit) {
        this.count = count;
        this.warmup = warmup;
        this.rest = rest;
        this.limit = limit;
        for (Spawner spawner : Spawner.values()) {
            contenders.put(spawner, spawner.open());
            times.put(spawner, LongStream.builder());
        }
    }

    void measure() throws Exception {
        for (int slice = 0; slice < WARMUP_SLICES; slice++) {
            slice(warmup / WARMUP_SLICES);
        }
        times.replaceAll((spawner, warmupTimes) -> LongStream.builder());
        for (int slice = 0; slice < SLICES; slice++) {
            int spawns = count * (slice + 1) / SLICES - count * slice / SLICES;
            limitSlice(spawns);
            slice(spawns);
        }
    }

    private void limitSlice(int spawns) throws IOException, InterruptedException {
        if (limit.isPresent()) {
            for (long nanos : limit.get().spawn(Spawner.program(), spawns, rest)) {
                limitTimes.add(nanos);
            }
        }
    }

    /** Each in turn, but several times, as the C program: the processor's caches are to be its own. */
    private void slice(int spawns) throws Exception {
        List<Spawner> order = new ArrayList<>(contenders.keySet());
        Collections.shuffle(order, chance);
        for (Spawner spawner : order) {
            SpawnContender contender = contenders.get(spawner);
            for (int i = 0; i < spawns; i++) {
                LockSupport.parkNanos(rest.toNanos());
                long start = System.nanoTime();
                times.get(spawner).add(contender.spawn() - start);
            }
        }
    }

    /** {@return the times of the C program, if there is one} */
    Optional<Samples> limitTimes() {
        return limit.map(program -> Samples.of(limitTimes.build().toArray()));
    }

    /** {@return the times of all others} */
    Map<Spawner, Samples> times() {
        Map<Spawner, Samples> samples = new EnumMap<>(Spawner.class);
        times.forEach((spawner, taken) ->
                samples.put(spawner, Samples.of(taken.build().toArray())));
        return samples;
    }

    @Override
    public void close() {
        contenders.values().forEach(SpawnContender::close);
    }
}
