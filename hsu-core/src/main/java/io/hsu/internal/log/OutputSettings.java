package io.hsu.internal.log;

import io.hsu.LogTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a manager says about the output of all its processes.
 *
 * @param managerId what it is called
 * @param directory where relative files lie; may be null
 * @param processDirectory the folder in it for those of processes
 * @param aggregates who gets the output of all
 * @param reportInterval how often it is told what has come; null: never
 */
public record OutputSettings(
        String managerId,
        Path directory,
        String processDirectory,
        List<LogTarget> aggregates,
        Duration reportInterval) {}
