package io.hsu.benchmarks.managers;

import io.hsu.benchmarks.proc.ProcFs;
import io.hsu.benchmarks.support.CannotMeasureException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * Kills a child and waits for the one that replaces it. To list all processes would take a millisecond or more. But
 * process ids are given out in rising order, and the last one can be read; so only what is new is looked at.
 */
final class Replacement {

    /** With the slack of the kernel's timers, a look each 0.1 ms or so. */
    private static final long REST_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final Children children;
    private final int index;
    private final ProcessHandle victim;

    /** What has come since the kill. It stays here, since a fork becomes the child only a moment later. */
    private final Set<Long> newcomers = new TreeSet<>();

    private long lastPid;

    Replacement(Children children, int index, long pid) {
        this.children = children;
        this.index = index;
        this.victim = ProcessHandle.of(pid)
                .orElseThrow(() -> new CannotMeasureException("%s died before it was killed".formatted(name())));
    }

    /** {@return the time from the kill until the new child runs} */
    Duration await(Duration patience) {
        lastPid = ProcFs.lastPid();
        long start = System.nanoTime();
        victim.destroyForcibly();
        while (!isThere()) {
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new CannotMeasureException(
                        "%s was killed and not replaced within %d s".formatted(name(), patience.toSeconds()));
            }
            LockSupport.parkNanos(REST_NANOS);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private String name() {
        return children.name(index);
    }

    private boolean isThere() {
        long last = ProcFs.lastPid();
        if (last > lastPid) {
            LongStream.rangeClosed(lastPid + 1, last).forEach(newcomers::add);
        } else if (last < lastPid) {
            // The highest id was reached, and counting has begun anew.
            Arrays.stream(ProcFs.pids()).filter(pid -> pid != victim.pid()).forEach(newcomers::add);
        }
        lastPid = last;
        return newcomers.stream().anyMatch(this::isChild);
    }

    private boolean isChild(long pid) {
        return children.index(ProcFs.read(pid, "cmdline").orElse("")).orElse(-1) == index;
    }
}
