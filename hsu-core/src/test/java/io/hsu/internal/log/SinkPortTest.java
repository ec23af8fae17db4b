package io.hsu.internal.log;

import static io.hsu.internal.log.TestPort.CAPACITY;
import static io.hsu.internal.log.TestPort.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.LogTarget;
import io.hsu.ProcessEvent;
import io.hsu.StreamKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The way to a sink that works, if slowly. */
class SinkPortTest {

    private static final Duration FLUSH = Duration.ofSeconds(3);

    // Who writes.

    @Test
    void inline_isWrittenInTheThreadThatBrings() {
        TestPort port = TestPort.inline();
        port.pool.hold();
        port.bring("a");
        port.bring("b", "c");
        assertTrue(port.raw("d"));
        assertEquals(List.of("a", "b", "c", "d"), port.sink.taken);
        assertTrue(port.pool.isIdle());
    }

    @Test
    void pooled_isHeldUntilAThreadOfThePoolComesToIt() {
        TestPort port = TestPort.pooled();
        port.pool.hold();
        port.bring("a");
        port.bring("b");
        assertEquals(List.of(), port.sink.taken);
        port.pool.runAll();
        assertEquals(List.of("a", "b"), port.sink.taken);
        assertEquals(1, port.sink.flushes, "when nothing more has come");
    }

    @Test
    void whoMayDrop_isNeverHeldUpByTheSink() {
        TestPort port = TestPort.inline();
        port.pool.hold();
        port.bringOrDrop("a");
        assertEquals(List.of(), port.sink.taken);
        port.bring("b");
        assertEquals(List.of(), port.sink.taken, "in order");
        port.pool.runAll();
        assertEquals(List.of("a", "b"), port.sink.taken);
        port.bring("c");
        assertEquals(List.of("a", "b", "c"), port.sink.taken, "and then as before");
    }

    @Test
    void held_isACopy() {
        TestPort port = TestPort.pooled();
        port.pool.hold();
        LineTable lines = TestLines.of(port.origin, "first");
        LineFormat plain = LineFormat.of(LogTarget.stdout(), "m", "h");
        port.port.lines(lines, plain, false, Receipt.NONE);
        lines.begin(port.origin, 1, TestLines.TIME);
        new LineCutter(100).cut(ByteBuffer.wrap(TestLines.bytes("other")), lines);
        port.pool.runAll();
        assertEquals(List.of("first"), port.sink.taken);
    }

    // Block.

    @Test
    void block_whoBringsWaitsWhenItIsFullUntilHalfIsFree() {
        TestPort port = TestPort.pooled();
        port.pool.hold();
        assertTrue(port.bring(line(40, 'a')).isDone());
        assertTrue(port.bring(line(40, 'b')).isDone());
        CompletableFuture<Void> room = port.bring(line(40, 'c'));
        assertFalse(room.isDone());
        assertSame(room, port.bring(line(40, 'd')), "what comes all the same is taken too");

        List<Integer> whenFree = new ArrayList<>();
        room.thenRun(() -> whenFree.add(port.sink.taken.size()));
        port.pool.runAll();
        assertEquals(List.of(3), whenFree, "with 40 of 160 left");
        assertEquals(List.of(line(40, 'a'), line(40, 'b'), line(40, 'c'), line(40, 'd')), port.sink.taken);
        assertEquals(0, port.dropped());
        assertEquals(List.of(), port.events);
    }

    @Test
    void block_onePieceFitsWhateverItsSize() {
        TestPort port = TestPort.pooled();
        port.pool.hold();
        CompletableFuture<Void> room = port.bring(line(1000, 'a'));
        assertFalse(room.isDone());
        port.pool.runAll();
        assertTrue(room.isDone());
        assertEquals(1, port.sink.taken.size());
    }

    // Drop.

    @Test
    void drop_whatFindsNoRoomIsCountedAndTold() {
        TestPort port = TestPort.pooled();
        port.pool.hold();
        assertTrue(port.bringOrDrop(line(60, 'a')).isDone());
        assertTrue(port.bringOrDrop(line(60, 'b'), "c").isDone());
        assertTrue(port.bringOrDrop("d").isDone());
        assertEquals(2, port.dropped());
        port.pool.runAll();
        assertEquals(List.of(line(60, 'a'), "d"), port.sink.taken);
        assertEquals(
                List.of(new ProcessEvent.OutputDropped("api", port.time.now(), StreamKind.STDOUT, "the sink", 2)),
                port.events);
    }

    @Test
    void drop_onePieceFitsWhateverItsSize() {
        TestPort port = TestPort.pooled();
        port.bringOrDrop(line(1000, 'a'));
        assertEquals(List.of(line(1000, 'a')), port.sink.taken);
    }

    @Test
    void drop_isToldAtOnceAndThenAtMostOnceASecond() {
        TestPort port = TestPort.pooled();
        port.sink.failing = true; // the sink keeps it full
        port.bringOrDrop(line((int) CAPACITY, 'a'));
        port.events.clear();
        port.bringOrDrop("b");
        assertEquals(List.of(1L), drops(port));
        port.bringOrDrop("c");
        port.bringOrDrop("d", "e");
        port.advance(Duration.ofMillis(999));
        assertEquals(List.of(1L), drops(port));
        port.advance(Duration.ofMillis(1));
        assertEquals(List.of(1L, 3L), drops(port));
        port.advance(Duration.ofSeconds(5));
        assertEquals(List.of(1L, 3L), drops(port), "nothing is told of nothing");
        port.bringOrDrop("f");
        assertEquals(List.of(1L, 3L, 1L), drops(port), "at once again");
        assertEquals(5, port.dropped());
    }

    @Test
    void drop_streamsAreToldApart() {
        TestPort port = TestPort.pooled();
        port.sink.failing = true;
        port.bringOrDrop(line((int) CAPACITY, 'a'));
        port.events.clear();
        port.pool.hold();
        Origin other = TestLines.origin("web", StreamKind.STDERR);
        LineFormat plain = LineFormat.of(LogTarget.stdout(), "m", "h");
        port.bringOrDrop("b");
        port.port.lines(TestLines.of(other, "c", "d"), plain, true, Receipt.NONE);
        port.pool.runAll();
        assertEquals(
                List.of(
                        new ProcessEvent.OutputDropped("api", port.time.now(), StreamKind.STDOUT, "the sink", 1),
                        new ProcessEvent.OutputDropped("web", port.time.now(), StreamKind.STDERR, "the sink", 2)),
                port.events);
        assertEquals(2, other.counters().read().dropped());
    }

    // Gathering.

    @Test
    void flushInterval_linesAreGathered() {
        TestPort port = new TestPort(true, FLUSH);
        port.bring("a");
        port.advance(Duration.ofSeconds(2));
        port.bring("b");
        assertEquals(List.of(), port.sink.taken);
        port.advance(Duration.ofSeconds(1));
        assertEquals(List.of("a", "b"), port.sink.taken, "counted from the first");
        port.bring("c");
        port.advance(Duration.ofSeconds(2));
        assertEquals(List.of("a", "b"), port.sink.taken);
        port.advance(Duration.ofSeconds(1));
        assertEquals(List.of("a", "b", "c"), port.sink.taken);
    }

    @Test
    void flushInterval_fullBufferIsWrittenAtOnce() {
        TestPort port = new TestPort(true, FLUSH);
        port.bring(line(60, 'a'));
        port.bring(line(60, 'b'));
        assertEquals(2, port.sink.taken.size());
        assertEquals(0, port.time.pending(), "nothing is to be done later");
    }

    @Test
    void flushInterval_nothingIsDroppedThatIsOnlyGathered() {
        TestPort port = new TestPort(true, FLUSH);
        port.bringOrDrop(line(60, 'a'));
        port.bringOrDrop(line(60, 'b'));
        port.bringOrDrop(line(60, 'c'));
        port.advance(FLUSH);
        assertEquals(List.of(line(60, 'a'), line(60, 'b'), line(60, 'c')), port.sink.taken);
        assertEquals(0, port.dropped());
    }

    @Test
    void flushInterval_closeDoesNotWaitForIt() {
        TestPort port = new TestPort(true, FLUSH);
        port.bring("a");
        assertTrue(port.port.close().isDone());
        assertEquals(List.of("a"), port.sink.taken);
        assertEquals(1, port.sink.closes);
    }

    // Receipts.

    @Test
    void receipt_isGivenWhenTheSinkHasTheLines() {
        TestPort port = TestPort.pooled();
        port.pool.hold();
        List<String> given = new ArrayList<>();
        Receipt receipt = Receipt.of(() -> given.add("taken"));
        port.bring(false, receipt, "a");
        receipt.release(); // by whoever brings
        assertEquals(List.of(), given);
        port.pool.runAll();
        assertEquals(List.of("taken"), given);
    }

    @Test
    void receipt_isGivenOnceWhenTheLastOfSeveralHasTheLines() {
        TestPort inline = TestPort.inline();
        TestPort slow = TestPort.pooled();
        TestPort failing = TestPort.inline();
        slow.pool.hold();
        failing.sink.failing = true;
        List<String> given = new ArrayList<>();
        Receipt receipt = Receipt.of(() -> given.add("taken"));
        for (TestPort port : List.of(inline, slow, failing)) {
            port.bring(false, receipt, "a");
        }
        receipt.release();
        slow.pool.runAll();
        assertEquals(List.of(), given, "one of them fails");
        failing.sink.failing = false;
        failing.advance(Duration.ofSeconds(1));
        assertEquals(List.of("taken"), given);
        inline.bring("b");
        slow.port.close();
        slow.pool.runAll();
        assertEquals(List.of("taken"), given);
    }

    @Test
    void receipt_isGivenForWhatIsDropped() {
        TestPort port = TestPort.pooled();
        port.sink.failing = true;
        port.bringOrDrop(line((int) CAPACITY, 'a'));
        List<String> given = new ArrayList<>();
        Receipt receipt = Receipt.of(() -> given.add("taken"));
        port.bring(true, receipt, "b");
        receipt.release();
        assertEquals(List.of("taken"), given);
    }

    private static List<Long> drops(TestPort port) {
        return port.events.stream()
                .filter(ProcessEvent.OutputDropped.class::isInstance)
                .map(event -> ((ProcessEvent.OutputDropped) event).count())
                .toList();
    }
}
