package io.hsu.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.LogTarget;
import io.hsu.ProcessSpec;
import io.hsu.StreamKind;
import io.hsu.spi.LogSink;
import io.hsu.spi.Providers;
import io.hsu.testkit.ManualTime;
import io.hsu.testkit.Refusals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every built-in sink promises. */
abstract class LogSinkContract {

    @TempDir
    Path directory;

    private final ManualTime time = new ManualTime();
    private OutputHub hub;

    /** {@return a target for both streams of any process} */
    abstract LogTarget target();

    /** {@return what has been taken of a process's output, in the order it was} */
    abstract List<String> taken(String processId) throws IOException;

    /** Keeps the sink of process {@code api} from taking anything: what it is to write to does not. */
    abstract void breakIt() throws IOException;

    /** Lets it take again. */
    abstract void repair() throws IOException;

    /** {@return whether nothing has been made, opened or written} */
    abstract boolean isUntouched() throws IOException;

    @BeforeEach
    void openHub() {
        hub = new OutputHub(
                new OutputSettings("manager", directory, "processes", List.of(), null),
                Providers.builder().classLoader(getClass().getClassLoader()).discover(),
                new OutputHub.Means(time, time, Runnable::run, event -> {}));
    }

    @Test
    void create_opensNothing() throws IOException {
        open("api");
        assertTrue(isUntouched());
    }

    @Test
    void close_withoutABatchOpensNothing() throws IOException {
        Opened api = open("api");
        api.sink.flush();
        api.sink.close();
        assertTrue(isUntouched());
    }

    @Test
    void batches_comeInOrder() throws IOException {
        Opened api = open("api");
        api.write(StreamKind.STDOUT, "a", "b");
        api.write(StreamKind.STDOUT, "c");
        api.write(StreamKind.STDOUT, "d", "e", "f");
        api.end();
        assertEquals(List.of("a", "b", "c", "d", "e", "f"), taken("api"));
    }

    @Test
    void streams_bothComeInTheOrderOfTheBatches() throws IOException {
        Opened api = open("api");
        api.write(StreamKind.STDOUT, "out 1", "out 2");
        api.write(StreamKind.STDERR, "error 1");
        api.write(StreamKind.STDOUT, "out 3");
        api.end();
        assertEquals(List.of("out 1", "out 2", "error 1", "out 3"), taken("api"));
    }

    @Test
    void text_ofAnyKindComesAsItIs() throws IOException {
        Opened api = open("api");
        api.write(StreamKind.STDOUT, "", "{} {}", "%s %d", "ä€😀", "  blanks  ", "tab\there", "\u001B[31mred\u001B[0m");
        api.end();
        assertEquals(
                List.of("", "{} {}", "%s %d", "ä€😀", "  blanks  ", "tab\there", "\u001B[31mred\u001B[0m"),
                taken("api"));
    }

    @Test
    void failedWrite_broughtAgainYieldsEveryLineOnce() throws IOException {
        Opened api = open("api");
        Batch batch = api.batch(StreamKind.STDOUT, "a", "b", "c");
        breakIt();
        assertThrows(Exception.class, () -> api.sink.write(batch));
        assertThrows(Exception.class, () -> api.sink.write(batch));
        repair();
        api.sink.write(batch);
        api.write(StreamKind.STDERR, "d");
        api.end();
        assertEquals(List.of("a", "b", "c", "d"), taken("api"));
    }

    @Test
    void flush_mayBeCalledAtAnyTime() throws IOException {
        Opened api = open("api");
        api.sink.flush();
        api.write(StreamKind.STDOUT, "a");
        api.sink.flush();
        assertEquals(List.of("a"), taken("api"));
        api.sink.flush();
        api.write(StreamKind.STDOUT, "b");
        api.end();
        assertEquals(List.of("a", "b"), taken("api"));
    }

    @Test
    void processes_twoStayApart() throws IOException {
        Opened api = open("api");
        Opened web = open("web");
        api.write(StreamKind.STDOUT, "a");
        web.write(StreamKind.STDOUT, "b");
        api.write(StreamKind.STDERR, "c");
        api.end();
        web.write(StreamKind.STDERR, "d");
        web.end();
        assertEquals(List.of("a", "c"), taken("api"));
        assertEquals(List.of("b", "d"), taken("web"));
    }

    @Test
    void setting_unknownOneIsRefused() {
        Map<String, Object> settings = new HashMap<>(target().settings());
        settings.put("colour", "red");
        LogTarget wrong = LogTarget.of(target().type(), settings);
        Refusals.refusesArgument(
                "process 'api': unknown setting colour; known are "
                        + String.join(", ", target().settings().keySet()),
                () -> open("api", wrong));
    }

    Opened open(String processId) {
        return open(processId, target());
    }

    Opened open(String processId, LogTarget target) {
        ProcessOutput output = hub.open(spec(processId, target), null);
        return new Opened(processId, output.feeds(StreamKind.STDOUT).get(0));
    }

    private static ProcessSpec spec(String processId, LogTarget target) {
        return ProcessSpec.builder(processId)
                .command("run")
                .output(output -> output.to(target))
                .build();
    }

    /** A sink that was made as that of a process is. */
    static final class Opened {
        final LogSink sink;
        private final String processId;
        private final LineFormat format;

        Opened(String processId, Feed feed) {
            this.processId = processId;
            this.sink = feed.port().sink();
            this.format = feed.format();
        }

        Batch batch(StreamKind stream, String... texts) {
            return new Batch(TestLines.of(TestLines.origin(processId, stream), texts), format);
        }

        void write(StreamKind stream, String... texts) throws IOException {
            sink.write(batch(stream, texts));
        }

        void end() throws IOException {
            sink.flush();
            sink.close();
        }
    }
}
