package io.hsu.config;

import io.hsu.ProcessManager;
import io.hsu.ProcessManagerBuilder;
import java.time.Duration;
import java.util.Optional;

/** {@code system}: what is said about the log collection as a whole. */
record LogSystem(Optional<String> processDirectory, LogBuffering buffering, Optional<Duration> report) {

    static final LogSystem NONE = new LogSystem(Optional.empty(), LogBuffering.NONE, Optional.empty());

    private static final Duration REPORT = Duration.ofSeconds(30);

    /**
     * {@return what the block says}
     *
     * @param processes how many processes the file lists
     */
    static LogSystem read(Block block, int processes) {
        ProcessManagerBuilder rules = ProcessManager.builder();
        block.read("max_managed_processes", value -> value.integer(1, Integer.MAX_VALUE))
                .filter(most -> processes > most)
                .ifPresent(most -> block.value("max_managed_processes")
                        .orElseThrow()
                        .error("the file lists %d processes, which is more; raise it, or take processes out"
                                .formatted(processes)));
        return new LogSystem(
                block.read("process_directory", Value::nonBlank, rules::processLogDirectory),
                LogBuffering.ofTargets(block, "buffer_size"),
                block.block("metrics", Section.METRICS, metrics -> {
                            boolean enabled =
                                    metrics.read("enabled", Value::bool).orElse(true);
                            Duration interval = metrics.read("interval", Value::duration, rules::reportOutputEvery)
                                    .orElse(REPORT);
                            return Optional.of(interval).filter(every -> enabled);
                        })
                        .flatMap(every -> every));
    }
}
