package io.hsu.internal.log;

import static io.hsu.internal.log.TestPort.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.spi.LogBatch;
import io.hsu.testkit.CapturedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

/** What is held is written in the end, or its loss is told. */
class SinkPortCloseTest {

    private Runnable meanwhile;

    @Test
    void close_writesWhatIsHeld() {
        TestPort port = TestPort.pooled();
        port.pool.hold();
        port.bring("a");
        port.bring("b");
        CompletableFuture<Void> closed = port.port.close();
        assertFalse(closed.isDone());
        port.pool.runAll();
        assertTrue(closed.isDone());
        assertEquals(List.of("a", "b"), port.sink.taken);
        assertEquals(1, port.sink.closes);
    }

    @Test
    void close_whatComesBeforeTheEndIsWrittenToo() {
        TestPort port = TestPort.pooled();
        port.pool.hold();
        port.bring("a");
        CompletableFuture<Void> closed = port.port.close();
        port.bring("b");
        port.pool.runAll();
        assertTrue(closed.isDone());
        assertEquals(List.of("a", "b"), port.sink.taken);
        assertEquals(0, port.dropped());
    }

    @Test
    void close_twiceIsOnce() {
        TestPort port = TestPort.inline();
        assertSame(port.port.close(), port.port.close());
        assertEquals(1, port.sink.closes);
    }

    @Test
    void close_whatComesAfterwardsIsCountedAndHeardByNobody() {
        TestPort port = TestPort.inline();
        port.port.close();
        assertTrue(port.bring("a", "b").isDone());
        assertFalse(port.raw("c\n"));
        assertEquals(List.of(), port.sink.taken);
        assertEquals(3, port.dropped());
        assertEquals(List.of(), port.events);
    }

    @Test
    void close_whileItFailsTriesOnceMoreAndDoesNotWait() {
        TestPort port = TestPort.inline();
        port.sink.failing = true;
        port.bring("a");
        port.sink.failing = false;
        assertTrue(port.port.close().isDone());
        assertEquals(List.of("a"), port.sink.taken);
        assertEquals(1, port.sink.closes);
    }

    @Test
    void close_whatStillFailsIsLostAndTold() {
        TestPort port = TestPort.inline();
        port.sink.failing = true;
        List<String> given = new ArrayList<>();
        Receipt receipt = Receipt.of(() -> given.add("taken"));
        port.bring(false, receipt, "a", "b");
        receipt.release();
        port.bring("c");
        try (CapturedLog log = CapturedLog.of(SinkPort.class)) {
            assertTrue(port.port.close().isDone());
            assertEquals(
                    List.of(
                            "process 'api': the sink has not taken the last 3 lines; they are lost, unless they came from a spool"),
                    log.messages());
        }
        assertEquals(3, port.dropped());
        assertEquals(1, port.sink.closes);
        assertEquals(List.of(), given, "who has them still may bring them to the next manager");
    }

    @Test
    void giveUp_sinkThatHangsIsLeftAlone() {
        TestPort port = TestPort.pooled();
        port.pool.hold(); // the thread that writes does not come back
        port.bring("a");
        CompletableFuture<Void> closed = port.port.close();
        try (CapturedLog log = CapturedLog.of(SinkPort.class)) {
            port.port.giveUp();
            assertTrue(closed.isDone());
            assertEquals(
                    List.of(
                            "process 'api': the sink has not taken the last 1 lines; they are lost, unless they came from a spool",
                            "process 'api': the sink hangs and is not closed"),
                    log.messages());
        }
        assertEquals(0, port.sink.closes);
        port.pool.runAll();
        assertEquals(1, port.sink.closes, "when it comes back all the same");
    }

    @Test
    void giveUp_whoWaitsForRoomGoesOn() {
        TestPort port = TestPort.pooled();
        port.pool.hold();
        CompletableFuture<Void> room = port.bring(line(200, 'a'));
        port.port.close();
        assertFalse(room.isDone());
        port.port.giveUp();
        assertTrue(room.isDone());
    }

    /** The thread that brings lines is in the sink, and comes back when nobody waits for it any more. */
    @Test
    void giveUp_whatAWriterBringsBackAfterwardsIsCounted() {
        ScriptedSink sink = new ScriptedSink() {
            @Override
            public void write(LogBatch batch) throws IOException {
                meanwhile.run();
                throw new IOException("too late");
            }
        };
        TestPort port = new TestPort(sink, true, Duration.ZERO);
        meanwhile = () -> {
            port.port.close();
            port.port.giveUp();
        };
        port.bring("a", "b");
        assertEquals(2, port.dropped());
        assertEquals(1, sink.closes);
    }

    @Test
    void late_receiptIsNotGiven() {
        TestPort port = TestPort.inline();
        port.port.close();
        List<String> given = new ArrayList<>();
        Receipt receipt = Receipt.of(() -> given.add("taken"));
        port.bring(false, receipt, "a");
        receipt.release();
        assertEquals(List.of(), given, "who has it still may bring it to the next manager");
    }

    @Test
    void giveUp_afterTheEndDoesNothing() {
        TestPort port = TestPort.inline();
        port.port.close();
        try (CapturedLog log = CapturedLog.of(SinkPort.class)) {
            port.port.giveUp();
            assertEquals(List.of(), log.messages());
        }
    }

    @Test
    void close_failureOfTheFlushDoesNotKeepItFromBeingClosed() {
        TestPort port = TestPort.inline();
        port.sink.flushFails = true;
        try (CapturedLog log = CapturedLog.of(SinkPort.class)) {
            assertTrue(port.port.close().isDone());
            assertEquals(1, log.count(Level.WARNING), log::toString);
            assertTrue(log.toString().contains("flush failed"), log::toString);
        }
        assertEquals(1, port.sink.closes);
    }

    @Test
    void retry_thatIsDueAfterTheEndFindsNothing() {
        TestPort port = TestPort.inline();
        port.sink.failing = true;
        port.bring("a");
        port.sink.failing = false;
        port.port.close();
        port.advance(Duration.ofMinutes(1));
        assertEquals(List.of("a"), port.sink.taken);
        assertEquals(1, port.sink.closes);
    }
}
