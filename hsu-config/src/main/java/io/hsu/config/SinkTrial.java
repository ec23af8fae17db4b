package io.hsu.config;

import io.hsu.LogTarget;
import io.hsu.StreamKind;
import io.hsu.spi.LogSinkContext;
import io.hsu.spi.Settings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What a sink is made with while a file is read, to hear what its provider says about the settings. */
record SinkTrial(LogTarget target, Settings settings, OutputOf output, Path logDirectory) implements LogSinkContext {

    SinkTrial(LogTarget target, OutputOf output, Path logDirectory) {
        this(target, new Settings(target.settings()), output, logDirectory);
    }

    @Override
    public Optional<String> processId() {
        return output.process();
    }

    @Override
    public Optional<StreamKind> stream() {
        return output.stream();
    }

    /** In which folder exactly makes no difference: nothing is opened. */
    @Override
    public Path file(String path) {
        return logDirectory.resolve(output.inPath(path));
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    /** Runs nothing: there is no output to take care of. */
    @Override
    public Executor background() {
        return task -> {};
    }
}
