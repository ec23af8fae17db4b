package io.hsu;

/**
 * What has come from one stream of a process since it was registered, over all its launches.
 *
 * @param lines the lines that were looked at
 * @param bytes all bytes, line ends included
 * @param dropped the lines that a target did not get, counted once for each target
 * @param split how often a line was cut because it was longer than {@link OutputSpec#lineLimit}
 * @param passedThrough the bytes that the kernel has moved to a file without anyone looking at them: their lines are not
 *     counted
 */
public record OutputCounters(long lines, long bytes, long dropped, long split, long passedThrough) {

    /** Nothing has come yet. */
    public static final OutputCounters NONE = new OutputCounters(0, 0, 0, 0, 0);
}
