package io.hsu.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hsu.LogTarget;
import io.hsu.OutputSpec;
import io.hsu.ProcessEvent;
import io.hsu.ProcessSpec;
import io.hsu.StreamKind;
import io.hsu.spi.LogSink;
import io.hsu.spi.LogSinkContext;
import io.hsu.spi.LogSinkProvider;
import io.hsu.spi.Providers;
import io.hsu.testkit.ManualExecutor;
import io.hsu.testkit.ManualTime;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The output of a manager, with time, pool and some of the sinks in the test's hands. */
final class TestHub {

    final ManualTime time = new ManualTime();
    final ManualExecutor pool = new ManualExecutor();
    final List<ProcessEvent> events = new ArrayList<>();
    final OutputHub hub;

    private final Map<String, ScriptedSink> sinks = new HashMap<>();

    TestHub(Path directory, LogTarget... aggregates) {
        this(directory, null, aggregates);
    }

    TestHub(Path directory, Duration reportInterval, LogTarget... aggregates) {
        hub = new OutputHub(
                new OutputSettings("manager", directory, "processes", List.of(aggregates), reportInterval),
                Providers.builder()
                        .classLoader(getClass().getClassLoader())
                        .logSink(new Scripted())
                        .discover(),
                new OutputHub.Means(time, time, pool, events::add));
    }

    ProcessOutput open(String processId, Consumer<OutputSpec.Builder> options) {
        return hub.open(
                ProcessSpec.builder(processId).command("run").output(options).build(), null);
    }

    /** {@return a target whose sink is {@link #sink} of that name} */
    static LogTarget scripted(String name) {
        return LogTarget.of("scripted", Map.of("name", name));
    }

    ScriptedSink sink(String name) {
        return sinks.get(name);
    }

    void advance(Duration duration) {
        time.advance(duration, () -> {});
    }

    static CompletableFuture<Void> feed(LaunchOutput launch, String text) {
        return feed(launch, StreamKind.STDOUT, text);
    }

    static CompletableFuture<Void> feed(LaunchOutput launch, StreamKind stream, String text) {
        return launch.bytes(stream, ByteBuffer.wrap(text.getBytes(UTF_8)), null);
    }

    private final class Scripted implements LogSinkProvider {
        @Override
        public String type() {
            return "scripted";
        }

        @Override
        public LogSink create(LogSinkContext context) {
            ScriptedSink sink = new ScriptedSink();
            sinks.put(context.settings().requiredString("name"), sink);
            return sink;
        }
    }
}
