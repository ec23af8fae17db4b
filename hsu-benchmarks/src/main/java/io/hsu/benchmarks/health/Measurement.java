package io.hsu.benchmarks.health;

/**
 * What was seen of one contender in one turn.
 *
 * @param cpuPercent processor time, in percent of one core
 * @param cpuByThread which threads took it, in words
 * @param answered checks per second that the endpoint has answered
 * @param hung checks per second that it has taken and left without an answer
 * @param connections new connections per second
 * @param healthy how many checks were healthy in the end
 * @param threadsMost the most threads at a time
 * @param threadsMean the average
 * @param pssKilobytes memory, in the end
 * @param liveHeapKilobytes what of it is in use
 * @param latencyP50 of looks that went well, in milliseconds; null if there are none
 * @param latencyP99 the same
 */
record Measurement(
        double cpuPercent,
        String cpuByThread,
        double answered,
        double hung,
        double connections,
        long healthy,
        int threadsMost,
        double threadsMean,
        long pssKilobytes,
        long liveHeapKilobytes,
        Double latencyP50,
        Double latencyP99) {}
