package io.hsu;

import java.time.Instant;

/**
 * One line of a process's output.
 *
 * @param sequence its number among all lines of the process, from 1, over all launches
 * @param launch the launch that wrote it
 * @param at when the manager read it
 * @param stream where it was written
 * @param text the line without its end; bytes that are not UTF-8 stand as U+FFFD here, and as they are in files
 * @param split whether the line went on: it was longer than the limit, and the next one continues it
 */
public record LogLine(long sequence, long launch, Instant at, StreamKind stream, String text, boolean split) {}
