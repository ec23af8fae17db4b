package io.hsu.benchmarks.spawn;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The command {@code spawn} as JMH sees it: each contender in JVMs of its own, without rest between two spawns. What a
 * contender leaves to be done after an exit falls upon its own next start here.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SpawnBenchmark {

    /** Who spawns. */
    @Param
    public Spawner spawner;

    private SpawnContender contender;

    /** Makes what is made once. */
    @Setup(Level.Trial)
    public void open() {
        contender = spawner.open();
    }

    /** Ends it. */
    @TearDown(Level.Trial)
    public void close() {
        contender.close();
    }

    /** One process from start to exit. */
    @Benchmark
    public long spawn() throws Exception {
        return contender.spawn();
    }
}
