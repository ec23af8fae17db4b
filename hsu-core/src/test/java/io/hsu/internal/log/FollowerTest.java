package io.hsu.internal.log;

import static io.hsu.internal.log.TestHub.feed;
import static io.hsu.testkit.Refusals.refusesArgument;
import static io.hsu.testkit.Refusals.refusesNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.LogFollower;
import io.hsu.LogLine;
import io.hsu.StreamKind;
import io.hsu.Subscription;
import io.hsu.testkit.CapturedLog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Lines behind a cursor, in order, each once. Threads have a test of their own. */
class FollowerTest {

    private final TestHub test = new TestHub(null);
    private ProcessOutput output = test.open("api", o -> o.keptLines(5));
    private LaunchOutput launch = output.launch(1);
    private final Heard heard = new Heard();

    /** What a follower was told. */
    private static final class Heard implements LogFollower {
        private final List<String> told = new ArrayList<>();

        @Override
        public void line(LogLine line) {
            told.add(line.sequence() + line.text());
        }

        @Override
        public void missed(long count) {
            told.add("missed " + count);
        }
    }

    @Test
    void follow_fromTheBeginning() {
        feed(launch, "a\nb\n");
        output.logs().follow(0, heard);
        feed(launch, "c\n");
        assertEquals(List.of("1a", "2b", "3c"), heard.told);
    }

    @Test
    void follow_fromTheLatest() {
        feed(launch, "a\nb\n");
        output.logs().follow(output.logs().latest(), heard);
        assertEquals(List.of(), heard.told);
        feed(launch, "c\n");
        assertEquals(List.of("3c"), heard.told);
    }

    @Test
    void follow_behindALineThatIsKnown() {
        feed(launch, "a\nb\nc\n");
        output.logs().follow(2, heard);
        feed(output.launch(2), "d\n");
        assertEquals(List.of("3c", "4d"), heard.told, "over all launches");
    }

    @Test
    void follow_whatIsGoneIsToldInstead() {
        feed(launch, "a\nb\nc\nd\ne\nf\ng\n");
        output.logs().follow(1, heard);
        assertEquals(List.of("missed 1", "3c", "4d", "5e", "6f", "7g"), heard.told);
    }

    @Test
    void follow_whoAsksForAllThatAreKeptMissesNone() {
        feed(launch, "a\nb\nc\nd\ne\nf\ng\n");
        output.logs().follow(0, heard);
        assertEquals(List.of("3c", "4d", "5e", "6f", "7g"), heard.told);
    }

    @Test
    void follow_slowerThanTheRing_missesNothing() {
        output.logs().follow(0, heard);
        test.pool.hold();
        feed(launch, "a\nb\n");
        feed(launch, "c\nd\ne\nf\ng\nh\n");
        test.pool.runAll();
        assertEquals(List.of("1a", "2b", "3c", "4d", "5e", "6f", "7g", "8h"), heard.told);
    }

    @Test
    void follow_oneLargePieceOfManyLines_missesNothing() {
        List<Long> sequences = new ArrayList<>();
        output.logs().follow(0, line -> sequences.add(line.sequence()));
        feed(launch, "x\n".repeat(100_000));
        assertEquals(LongStream.rangeClosed(1, 100_000).boxed().toList(), sequences);
    }

    @Test
    void follow_whatIsHeldIsBounded_theProcessWaitsForAMoment() {
        output.logs().follow(0, heard);
        test.pool.hold();
        String large = "x".repeat(60_000) + "\n";
        int pieces = 0;
        CompletableFuture<Void> goOn = CompletableFuture.completedFuture(null);
        while (goOn.isDone() && pieces < 100) {
            goOn = launch.bytes(StreamKind.STDOUT, ByteBuffer.wrap(large.getBytes(StandardCharsets.UTF_8)), null);
            pieces++;
        }
        assertFalse(goOn.isDone(), "one MiB is held");
        assertEquals(18, pieces);
        test.time.advance(Duration.ofMillis(999), () -> {});
        assertFalse(goOn.isDone());
        test.time.advance(Duration.ofMillis(1), () -> {});
        assertTrue(goOn.isDone(), "nobody waits for one who does not come back");
        feed(launch, "a\nb\n");
        test.pool.runAll();
        assertEquals(18 + 1, heard.told.size());
        assertEquals("missed 2", heard.told.get(18));
        feed(launch, "c\n");
        test.pool.runAll();
        assertEquals("21c", heard.told.get(19));
    }

    @Test
    void follow_whoTakesLetsTheProcessGoOn() {
        output.logs().follow(0, heard);
        test.pool.hold();
        CompletableFuture<Void> goOn = launch.bytes(
                StreamKind.STDOUT, ByteBuffer.wrap("0123456\n".repeat(140_000).getBytes(StandardCharsets.UTF_8)), null);
        assertFalse(goOn.isDone());
        test.pool.runAll();
        assertTrue(goOn.isDone());
        assertEquals(140_000, heard.told.size());
    }

    @Test
    void follow_whereNothingIsKept() {
        output = test.open("api", o -> o.keptLines(0));
        output.logs().follow(0, heard);
        feed(output.launch(1), "a\nb\n");
        assertEquals(List.of("1a", "2b"), heard.told);
        assertEquals(2, output.logs().latest());
    }

    @Test
    void follow_cursorFromTheFutureWaitsForIt() {
        output.logs().follow(2, heard);
        feed(launch, "a\nb\nc\n");
        assertEquals(List.of("3c"), heard.told);
    }

    @Test
    void follow_moreLinesThanOneLookTakes() {
        output = test.open("api", o -> {});
        feed(output.launch(1), "x\n".repeat(999));
        output.logs().follow(0, heard);
        assertEquals(999, heard.told.size());
        assertEquals("999x", heard.told.get(998));
    }

    @Test
    void cancel_endsIt() {
        Subscription subscription = output.logs().follow(0, heard);
        feed(launch, "a\n");
        subscription.close();
        subscription.close();
        feed(launch, "b\n");
        assertEquals(List.of("1a"), heard.told);
    }

    @Test
    void cancel_fromWithinIsTheLastLine() {
        List<String> told = new ArrayList<>();
        Subscription[] self = new Subscription[1];
        self[0] = output.logs().follow(0, line -> {
            told.add(line.text());
            self[0].close();
        });
        feed(launch, "a\nb\n");
        feed(launch, "c\n");
        assertEquals(List.of("a"), told);
    }

    @Test
    void removal_endsIt() {
        output.logs().follow(0, heard);
        feed(launch, "a\n");
        output.close();
        feed(launch, "b\n");
        assertEquals(List.of("1a"), heard.told);
        assertEquals(1, output.logs().latest(), "what a survivor writes goes nowhere");
    }

    @Test
    void throwingFollower_isToldOnceAndGetsNoMore() {
        List<String> told = new ArrayList<>();
        try (CapturedLog log = CapturedLog.of(Follower.class)) {
            output.logs().follow(0, line -> {
                told.add(line.text());
                throw new IllegalStateException("no");
            });
            output.logs().follow(0, heard);
            feed(launch, "a\nb\n");
            feed(launch, "c\n");
            assertEquals(
                    List.of("process 'api': a follower of its output failed and gets no more of it"), log.messages());
            assertEquals(1, log.count(Level.WARNING));
        }
        assertEquals(List.of("a"), told);
        assertEquals(List.of("1a", "2b", "3c"), heard.told, "others go on");
    }

    @Test
    void throwingFollower_whenItIsToldWhatItMissed() {
        feed(launch, "a\nb\nc\nd\ne\nf\ng\n");
        List<String> told = new ArrayList<>();
        try (CapturedLog log = CapturedLog.of(Follower.class)) {
            output.logs().follow(1, new LogFollower() {
                @Override
                public void line(LogLine line) {
                    told.add(line.text());
                }

                @Override
                public void missed(long count) {
                    throw new StackOverflowError();
                }
            });
            assertEquals(1, log.count(Level.WARNING));
        }
        assertEquals(List.of(), told);
    }

    @Test
    void wrongArguments() {
        refusesArgument(
                "cursor must be 0 or more, but is -1", () -> output.logs().follow(-1, heard));
        refusesNull("follower", () -> output.logs().follow(0, null));
        refusesArgument(
                "count must be 0 or more, but is -1", () -> output.logs().tail(-1));
        assertTrue(output.logs().tail(0).isEmpty());
    }
}
