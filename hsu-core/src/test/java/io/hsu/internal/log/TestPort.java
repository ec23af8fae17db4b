package io.hsu.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hsu.LogTarget;
import io.hsu.ProcessEvent;
import io.hsu.StreamKind;
import io.hsu.testkit.ManualExecutor;
import io.hsu.testkit.ManualTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The way to a scripted sink, with time and pool in the test's hands. */
final class TestPort {

    static final long CAPACITY = 100;

    final ManualTime time = new ManualTime();
    final ManualExecutor pool = new ManualExecutor();
    final List<ProcessEvent> events = new ArrayList<>();
    final Origin origin = TestLines.origin("api", StreamKind.STDOUT);
    final ScriptedSink sink;
    final SinkPort port;

    private final LineFormat plain = LineFormat.of(LogTarget.stdout(), "manager", "host");

    TestPort(boolean inline, Duration flushInterval) {
        this(new ScriptedSink(), inline, flushInterval);
    }

    TestPort(ScriptedSink sink, boolean inline, Duration flushInterval) {
        this.sink = sink;
        this.port = new SinkPort(
                sink,
                "the sink",
                "api",
                inline,
                CAPACITY,
                flushInterval,
                new OutputHub.Means(time, time, pool, events::add));
    }

    /** {@return a port that is written in the thread that brings} */
    static TestPort inline() {
        return new TestPort(true, Duration.ZERO);
    }

    /** {@return a port that is written by the pool} */
    static TestPort pooled() {
        return new TestPort(false, Duration.ZERO);
    }

    CompletableFuture<Void> bring(String... texts) {
        return bring(false, Receipt.NONE, texts);
    }

    CompletableFuture<Void> bringOrDrop(String... texts) {
        return bring(true, Receipt.NONE, texts);
    }

    CompletableFuture<Void> bring(boolean mayDrop, Receipt receipt, String... texts) {
        return port.lines(TestLines.of(origin, texts), plain, mayDrop, receipt);
    }

    boolean raw(String bytes) {
        return port.raw(origin, ByteBuffer.wrap(bytes.getBytes(UTF_8)), false, Receipt.NONE, new Waiting());
    }

    void advance(Duration duration) {
        time.advance(duration, () -> {});
    }

    long dropped() {
        return origin.counters().read().dropped();
    }

    /** {@return a line that takes so much room, its end included} */
    static String line(int size, char letter) {
        return String.valueOf(letter).repeat(size - 1);
    }
}
