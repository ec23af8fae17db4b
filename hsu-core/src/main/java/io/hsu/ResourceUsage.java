package io.hsu;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a process has used in its life, as the kernel counts it (getrusage(2)): its own share and that of the children it has
 * waited for.
 *
 * @param userCpu the processor time it has spent in its own code
 * @param systemCpu the processor time the kernel has spent for it
 * @param maxRss the most memory in bytes that one of them had at once; empty where the kernel cannot tell: it counts the
 *     moment before the executable was there as well, so that a peak below the manager's own is hidden by that
 */
public record ResourceUsage(Duration userCpu, Duration systemCpu, OptionalLong maxRss) {}
