package io.hsu.benchmarks;

import io.hsu.ProcessManager;
import io.hsu.ProcessManagerBuilder;
import io.hsu.ProcessStatus;
import java.util.List;
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

/** Questions to a manager, which read snapshots and wait for nobody. The processes are registered, not running. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SnapshotBenchmark {

    /** How many processes are registered. */
    @Param({"1", "1000"})
    public int processes;

    private ProcessManager manager;
    private String id;

    /** Registers the processes. */
    @Setup(Level.Trial)
    public void open() {
        ProcessManagerBuilder builder = ProcessManager.builder();
        for (int i = 0; i < processes; i++) {
            builder.process("process-" + i, process -> process.command("sleep", "100000"));
        }
        manager = builder.build();
        id = "process-" + processes / 2;
    }

    /** Ends the manager's threads. */
    @TearDown(Level.Trial)
    public void close() {
        manager.close();
    }

    /** The status of one. */
    @Benchmark
    public ProcessStatus status() {
        return manager.status(id);
    }

    /** The status of all. */
    @Benchmark
    public List<ProcessStatus> list() {
        return manager.list();
    }
}
