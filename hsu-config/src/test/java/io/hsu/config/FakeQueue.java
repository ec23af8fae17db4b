package io.hsu.config;

import io.hsu.spi.LogBatch;
import io.hsu.spi.LogSink;
import io.hsu.spi.LogSinkContext;
import io.hsu.spi.LogSinkProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A kind of log target that reaches nobody, and tells what its sinks were made for. */
final class FakeQueue implements LogSinkProvider {

    final List<String> made = new ArrayList<>();
    int closed;

    @Override
    public String type() {
        return "Queue";
    }

    @Override
    public LogSink create(LogSinkContext context) {
        String topic = context.settings().requiredString("topic");
        context.settings().integer("retries", 0, 9);
        context.settings().stringMap("labels");
        context.settings().string("path").ifPresent(path -> made.add("file " + context.file(path)));
        if (topic.isBlank() || topic.startsWith("amqp:")) {
            throw new IllegalArgumentException("topic '%s' must be a name".formatted(topic));
        }
        if (topic.equals("BREAK")) {
            throw new IllegalStateException("out of order");
        }
        context.background().execute(() -> made.add("in the background"));
        made.add("%s for %s of %s, %s"
                .formatted(
                        topic,
                        context.stream().map(Enum::name).orElse("both"),
                        context.processId().orElse("all"),
                        context.target().format()));
        return new LogSink() {
            @Override
            public void write(LogBatch batch) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() throws IOException {
                closed++;
                if (topic.equals("STUCK")) {
                    throw new IOException("stuck");
                }
            }
        };
    }
}
