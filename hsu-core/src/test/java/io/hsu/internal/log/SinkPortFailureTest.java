package io.hsu.internal.log;

import static io.hsu.internal.log.TestPort.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.ProcessEvent;
import io.hsu.spi.LogBatch;
import io.hsu.testkit.CapturedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sink that fails is told of once and tried again, later and later; nobody waits for it meanwhile. */
class SinkPortFailureTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failure_isToldOnceAndSoIsItsEnd(boolean inline) {
        TestPort port = new TestPort(inline, Duration.ZERO);
        try (CapturedLog log = CapturedLog.of(SinkPort.class)) {
            port.sink.failing = true;
            port.bring("a");
            port.bring("b");
            port.advance(Duration.ofMinutes(1));
            assertEquals(
                    List.of(new ProcessEvent.OutputFailed(
                            "api",
                            port.time.now().minus(Duration.ofMinutes(1)),
                            "the sink",
                            "java.io.IOException: no space left")),
                    port.events);
            assertEquals(
                    List.of("process 'api': the sink does not take output: java.io.IOException: no space left; "
                            + "it is tried again, with up to 100 bytes held for it"),
                    log.messages());

            port.events.clear();
            port.sink.failing = false;
            port.advance(Duration.ofSeconds(5));
            assertEquals(List.of("a", "b"), port.sink.taken);
            assertEquals(1, port.events.size());
            assertEquals(0, ((ProcessEvent.OutputRecovered) port.events.get(0)).dropped());
            assertEquals(
                    "process 'api': the sink takes output again", log.messages().get(1));
            assertEquals(1, log.count(Level.WARNING), log::toString);
        }
    }

    @Test
    void tries_comeLaterAndLater() {
        TestPort port = TestPort.inline();
        port.sink.failing = true;
        port.bring("a");
        List<Long> delays = new ArrayList<>();
        for (int count = 0; count < 9; count++) {
            int before = port.sink.writes;
            long waited = 0;
            while (port.sink.writes == before) {
                port.advance(Duration.ofMillis(100));
                waited += 100;
            }
            delays.add(waited);
        }
        assertEquals(List.of(100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L, 5000L), delays);

        port.sink.failing = false;
        port.advance(Duration.ofSeconds(5));
        port.sink.failing = true;
        port.bring("b");
        int before = port.sink.writes;
        port.advance(Duration.ofMillis(100));
        assertEquals(before + 1, port.sink.writes, "soon again");
    }

    @Test
    void failing_linesAreHeldUpToTheBufferSizeAndThenDropped() {
        TestPort port = TestPort.inline();
        port.sink.failing = true;
        port.bring(line(40, 'a'));
        port.bring(line(40, 'b'));
        port.bring(line(40, 'c'), "c"); // no room
        port.bring(line(20, 'd'));
        port.bring("e"); // no room
        assertEquals(3, port.dropped());
        port.sink.failing = false;
        port.advance(Duration.ofSeconds(1));
        assertEquals(List.of(line(40, 'a'), line(40, 'b'), line(20, 'd')), port.sink.taken);
        assertEquals(3, recovered(port).dropped());
    }

    @Test
    void failing_nobodyWaits() {
        TestPort port = TestPort.pooled();
        port.pool.hold();
        port.bring(line(60, 'a'));
        CompletableFuture<Void> room = port.bring(line(60, 'b'));
        assertFalse(room.isDone());
        port.sink.failing = true;
        port.pool.runAll();
        assertTrue(room.isDone());
        assertTrue(port.bring(line(60, 'c')).isDone());
        assertEquals(1, port.dropped());
    }

    @Test
    void failing_rawBytesGoOnWhereItStopped() {
        TestPort port = TestPort.inline();
        port.sink.failing = true;
        port.sink.rawRoom = 3;
        assertTrue(port.raw("abcdef\n"));
        assertTrue(port.raw("ghi\n"));
        port.advance(Duration.ofMillis(100));
        port.sink.failing = false;
        port.advance(Duration.ofMillis(200));
        assertEquals("abcdef\nghi\n", String.join("", port.sink.taken));
    }

    @Test
    void failing_rawBytesThatFindNoRoomAreLostAndCountedByLines() {
        TestPort port = TestPort.inline();
        port.sink.failing = true;
        assertTrue(port.raw(line(100, 'a') + "\n"));
        assertFalse(port.raw("b\nc\nd\n"));
        assertEquals(3, port.dropped());
        assertFalse(port.raw("e\nf"));
        assertEquals(5, port.dropped(), "a line that has begun is lost too");
    }

    @Test
    void recovered_linesThatComeMeanwhileStayInOrder() {
        TestPort port = TestPort.inline();
        port.sink.failing = true;
        port.bring("a");
        port.sink.failing = false;
        port.bring("b");
        assertEquals(List.of(), port.sink.taken);
        port.advance(Duration.ofMillis(100));
        port.bring("c");
        assertEquals(List.of("a", "b", "c"), port.sink.taken);
    }

    @Test
    void failing_othersAreNotStopped() {
        TestPort failing = TestPort.inline();
        TestPort good = TestPort.inline();
        failing.sink.failing = true;
        for (TestPort port : List.of(failing, good)) {
            port.bring("a");
            port.bring("b");
        }
        assertEquals(List.of("a", "b"), good.sink.taken);
    }

    @Test
    void errorsOfTheVirtualMachine_areFailuresToo() {
        ScriptedSink sink = new ScriptedSink() {
            @Override
            public void write(LogBatch batch) throws IOException {
                if (failing) {
                    throw new StackOverflowError();
                }
                super.write(batch);
            }
        };
        TestPort port = new TestPort(sink, true, Duration.ZERO);
        sink.failing = true;
        port.bring("a");
        sink.failing = false;
        port.advance(Duration.ofMillis(100));
        assertEquals(List.of("a"), sink.taken);
    }

    /** Whoever forwards lines to a sink that cannot hand them on hears of it once, not with each batch. */
    @Test
    void flush_thatFailsIsToldOnce() {
        TestPort port = TestPort.pooled();
        port.sink.flushFails = true;
        for (int count = 0; count < 5; count++) {
            port.bring("a");
        }
        assertEquals(1, port.events.size(), port.events::toString);
        assertEquals("java.io.IOException: flush failed", ((ProcessEvent.OutputFailed) port.events.get(0)).reason());
        port.sink.flushFails = false;
        port.bring("b");
        assertEquals(0, recovered(port).dropped());
        assertEquals(2, port.events.size(), port.events::toString);
    }

    private static ProcessEvent.OutputRecovered recovered(TestPort port) {
        return port.events.stream()
                .filter(ProcessEvent.OutputRecovered.class::isInstance)
                .map(ProcessEvent.OutputRecovered.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
