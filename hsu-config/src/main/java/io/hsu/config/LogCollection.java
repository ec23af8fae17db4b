package io.hsu.config;

import io.hsu.LogField;
import io.hsu.OutputSpec;
import io.hsu.ProcessManagerBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the top-level {@code log_collection} says.
 *
 * @param fields what is said about each line; empty: the default
 * @param aggregates who gets the output of all
 * @param defaults what holds for every process, unless its own block says otherwise
 */
record LogCollection(
        boolean enabled,
        Optional<Set<LogField>> fields,
        List<PlacedTarget> aggregates,
        LogSystem system,
        LogSettings defaults) {

    static final LogCollection NONE =
            new LogCollection(true, Optional.empty(), List.of(), LogSystem.NONE, LogSettings.NONE);

    /** {@return what holds for a process; with the whole collection off, its own block cannot turn it on} */
    LogSettings of(LogSettings process) {
        LogSettings settings = process.over(defaults);
        return enabled ? settings : settings.disabled();
    }

    OutputSpec toOutput(LogSettings process) {
        return of(process).toOutput(fields);
    }

    void applyTo(ProcessManagerBuilder builder) {
        system.processDirectory().ifPresent(builder::processLogDirectory);
        if (enabled) {
            aggregates.forEach(placed -> builder.aggregate(system.buffering().applyTo(placed.target())));
            system.report().ifPresent(builder::reportOutputEvery);
        }
    }
}
