package io.hsu.benchmarks.managers;

import io.hsu.benchmarks.proc.ProcFs;
import io.hsu.benchmarks.proc.ProcStat;
import java.util.List;

/**
 * What processes take together.
 *
 * @param pssKilobytes memory, with what they share with others counted in part
 * @param processes how many they are
 * @param threads all their threads
 */
record Footprint(long pssKilobytes, int processes, int threads) {

    static Footprint of(List<Long> pids) {
        return new Footprint(
                pids.stream().mapToLong(ProcFs::pssKilobytes).sum(),
                pids.size(),
                pids.stream()
                        .mapToInt(pid -> ProcFs.stat(pid).map(ProcStat::threads).orElse(0))
                        .sum());
    }
}
