package io.hsu.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.ProcessEvent;
import io.hsu.testkit.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Lines, failures, time and the pool's threads in any order: no line comes twice, none out of its place, and none is lost that
 * is not counted.
 */
class SinkPortModelTest {

    private static final int STEPS = 400;

    /** They are many, and tested elsewhere. */
    private final List<CapturedLog> messages =
            List.of(CapturedLog.of(SinkPort.class), CapturedLog.of(DropReport.class));

    @AfterEach
    void release() {
        messages.forEach(CapturedLog::close);
    }

    @RepeatedTest(200)
    void lines_areTakenOnceAndInOrderOrCounted(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        TestPort port = port(random);
        boolean mayDrop = random.nextBoolean();
        int brought = 0;
        int receipts = 0;
        List<Integer> given = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(3) > 0) {
                String[] lines = new String[1 + random.nextInt(4)];
                for (int index = 0; index < lines.length; index++) {
                    lines[index] = String.valueOf(brought++);
                }
                int number = receipts++;
                Receipt receipt = Receipt.of(() -> given.add(number));
                port.bring(mayDrop, receipt, lines);
                receipt.release();
            } else {
                happens(port, random);
            }
            assertRising(port.sink.taken);
        }
        end(port, random);

        assertRising(port.sink.taken);
        assertEquals(brought, port.sink.taken.size() + port.dropped(), "taken, or counted");
        assertToldInTurns(port.events);
        assertEquals(given.size(), given.stream().distinct().count(), "no receipt twice");
        if (!port.sink.failing) {
            assertEquals(receipts, given.size(), "all receipts");
            assertEquals(port.dropped(), told(port), "what was dropped is told");
        }
    }

    @RepeatedTest(200)
    void bytes_areTakenOnceAndInOrderOrRefused(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        TestPort port = new TestPort(true, Duration.ZERO);
        StringBuilder accepted = new StringBuilder();
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(3) > 0) {
                String bytes = step + (random.nextBoolean() ? "\n" : ",") + "x".repeat(random.nextInt(20));
                accepted.append(port.raw(bytes) ? bytes : "");
            } else {
                port.sink.rawRoom = random.nextInt(20);
                happens(port, random);
            }
            assertTrue(accepted.toString().startsWith(String.join("", port.sink.taken)), "in order");
        }
        port.sink.failing = false;
        end(port, random);
        assertEquals(accepted.toString(), String.join("", port.sink.taken));
    }

    private static TestPort port(Random random) {
        Duration flushInterval = random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(random.nextInt(500));
        return new TestPort(random.nextBoolean(), flushInterval);
    }

    private static void happens(TestPort port, Random random) {
        switch (random.nextInt(6)) {
            case 0 -> port.sink.failing = true;
            case 1 -> port.sink.failing = false;
            case 2 -> port.advance(Duration.ofMillis(random.nextInt(1000)));
            case 3 -> port.pool.hold();
            case 4 -> port.pool.runAll();
            default -> port.pool.runOne(random);
        }
    }

    private static void end(TestPort port, Random random) {
        if (random.nextBoolean()) {
            port.sink.failing = false;
        }
        var closed = port.port.close();
        port.pool.runAll();
        for (int second = 0; second < 3; second++) {
            port.advance(Duration.ofSeconds(5));
            port.pool.runAll();
        }
        assertTrue(closed.isDone());
        assertEquals(1, port.sink.closes);
    }

    private static void assertRising(List<String> taken) {
        int last = -1;
        for (String line : taken) {
            int number = Integer.parseInt(line);
            assertTrue(number > last, () -> "out of its place: " + taken);
            last = number;
        }
    }

    private static void assertToldInTurns(List<ProcessEvent> events) {
        boolean failing = false;
        for (ProcessEvent event : events) {
            if (!(event instanceof ProcessEvent.OutputDropped)) {
                assertEquals(!failing, event instanceof ProcessEvent.OutputFailed, events::toString);
                failing = !failing;
            }
        }
    }

    private static long told(TestPort port) {
        Stream<ProcessEvent> events = port.events.stream().filter(ProcessEvent.OutputDropped.class::isInstance);
        return events.mapToLong(event -> ((ProcessEvent.OutputDropped) event).count())
                .sum();
    }
}
