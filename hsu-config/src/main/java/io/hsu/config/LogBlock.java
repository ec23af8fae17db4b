package io.hsu.config;

import io.hsu.LogField;
import io.hsu.spi.Providers;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code log_collection}, for all processes and for one, and the flat shape's {@code logging}. */
final class LogBlock {

    /** The process that a sink is tried out for where every process gets one. */
    private static final String ANY_PROCESS = "any-process";

    private final TargetReader targets;
    private final boolean canSpool;

    LogBlock(Providers providers, ManagerSettings manager) {
        this.targets = new TargetReader(providers, manager.logDirectory());
        this.canSpool = manager.stateDirectory().isPresent();
    }

    LogCollection readCollection(Block file) {
        int processes = file.value("managed_processes")
                .filter(Value::isList)
                .map(list -> list.list().size())
                .orElse(0);
        return file.block(
                        "log_collection",
                        Section.LOG_COLLECTION,
                        block -> new LogCollection(
                                block.read("enabled", Value::bool).orElse(true),
                                block.block("enhancement", Section.ENHANCEMENT, LogBlock::readFields),
                                block.block("global_aggregation", Section.AGGREGATION, this::readAggregates)
                                        .orElse(List.of()),
                                block.block("system", Section.LOG_SYSTEM, system -> LogSystem.read(system, processes))
                                        .orElse(LogSystem.NONE),
                                block.block(
                                                "default",
                                                Section.LOG_OF_PROCESS,
                                                settings -> readProcess(settings, ANY_PROCESS))
                                        .orElse(LogSettings.NONE)))
                .orElse(LogCollection.NONE);
    }

    private List<PlacedTarget> readAggregates(Block block) {
        boolean enabled = block.read("enabled", Value::bool).orElse(true);
        List<PlacedTarget> read = targets.read(block, "targets", OutputOf.ALL).orElse(List.of());
        return enabled ? read : List.of();
    }

    private static Set<LogField> readFields(Block block) {
        boolean enabled = block.read("enabled", Value::bool).orElse(true);
        Set<LogField> fields = block.block("metadata", Section.ENHANCEMENT_METADATA, metadata -> {
                    Set<LogField> chosen = EnumSet.noneOf(LogField.class);
                    for (LogField field : LogField.values()) {
                        metadata.read(key(field), Value::bool)
                                .filter(add -> add)
                                .ifPresent(add -> chosen.add(field));
                    }
                    return chosen;
                })
                .orElse(EnumSet.allOf(LogField.class));
        return enabled ? fields : Set.of();
    }

    private static String key(LogField field) {
        return switch (field) {
            case TIMESTAMP -> "add_timestamp";
            case HOST -> "add_hostname";
            case MANAGER_ID -> "add_process_manager_id";
            case SEQUENCE -> "add_sequence";
            case LINE_NUMBER -> "add_line_number";
        };
    }

    /** {@return what {@code log_collection} of a process says, or what holds for every process} */
    LogSettings readProcess(Block block, String process) {
        return new LogSettings(
                block.read("enabled", Value::bool),
                LogCapture.read(block, canSpool),
                block.block("buffering", Section.BUFFERING, LogBuffering::read).orElse(LogBuffering.NONE),
                block.block("processing", Section.PROCESSING, LogProcessing::read)
                        .orElse(LogProcessing.NONE),
                block.block(
                                "outputs",
                                Section.OUTPUTS,
                                outputs -> LogOutputs.read(outputs, OutputOf.of(process), targets))
                        .orElse(LogOutputs.NONE));
    }

    /** {@return what the flat shape's {@code logging} says: where output goes is not for it to say} */
    LogSettings readLogging(Block block) {
        return new LogSettings(
                Optional.empty(),
                LogCapture.read(block, canSpool),
                LogBuffering.ofSize(block),
                LogProcessing.NONE,
                LogOutputs.NONE);
    }
}
