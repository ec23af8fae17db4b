package io.hsu.config;

import io.hsu.LogField;
import io.hsu.OutputSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a log block says. What it leaves open is empty, so that a process's block can be laid over the one for all, key by
 * key.
 */
record LogSettings(
        Optional<Boolean> enabled,
        LogCapture capture,
        LogBuffering buffering,
        LogProcessing processing,
        LogOutputs outputs) {

    static final LogSettings NONE =
            new LogSettings(Optional.empty(), LogCapture.NONE, LogBuffering.NONE, LogProcessing.NONE, LogOutputs.NONE);

    LogSettings over(LogSettings below) {
        return new LogSettings(
                enabled.or(below::enabled),
                capture.over(below.capture()),
                buffering.over(below.buffering()),
                processing.over(below.processing()),
                outputs.over(below.outputs()));
    }

    LogSettings disabled() {
        return new LogSettings(Optional.of(false), capture, buffering, processing, outputs);
    }

    /** {@return who gets the output}; log collection that is off forwards nothing */
    List<PlacedTarget> targets() {
        return enabled.orElse(true) ? outputs.all() : List.of();
    }

    /**
     * {@return the same for the builder} The output is read and its last lines are kept, whoever else gets it.
     *
     * @param fields what is said about each line; empty: the default
     */
    OutputSpec toOutput(Optional<Set<LogField>> fields) {
        OutputSpec.Builder output = OutputSpec.builder();
        fields.ifPresent(output::fields);
        capture.applyTo(output);
        buffering.applyTo(output);
        processing.applyTo(output);
        output.aggregated(enabled.orElse(true));
        targets().forEach(placed -> output.to(buffering.applyTo(placed.target())));
        return output.build();
    }
}
