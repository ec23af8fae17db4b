package io.hsu.internal.log;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Bytes;
import io.hsu.LogTarget;
import io.hsu.StreamKind;
import io.hsu.internal.time.Clock;
import io.hsu.internal.time.SystemTimer;
import io.hsu.spi.LogBatch;
import io.hsu.spi.LogSink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The way to a sink, with threads as they are. */
@Timeout(30)
class SinkPortThreadsTest {

    private static final LineFormat PLAIN = LineFormat.of(LogTarget.stdout(), "manager", "host");
    private static final long CAPACITY = 2000;

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final SystemTimer timer = new SystemTimer(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    @AfterEach
    void end() {
        timer.close();
        pool.shutdownNow();
    }

    @Test
    void sinkThatHangs_holdsUpNobodyWhoBrings() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        List<String> taken = new CopyOnWriteArrayList<>();
        SinkPort port = port(false, CAPACITY, batch -> {
            hanging.countDown();
            await(released);
            taken.add(batch.line(0).text());
        });
        Origin origin = TestLines.origin("api", StreamKind.STDOUT);
        port.lines(TestLines.of(origin, "a"), PLAIN, false, Receipt.NONE);
        hanging.await();

        String large = "x".repeat((int) CAPACITY);
        CompletableFuture<Void> room = port.lines(TestLines.of(origin, large), PLAIN, false, Receipt.NONE);
        assertFalse(room.isDone(), "we are here, and told to wait");
        assertTrue(port.lines(TestLines.of(origin, "dropped"), PLAIN, true, Receipt.NONE)
                .isDone());
        assertEquals(List.of(), taken);

        released.countDown();
        room.get();
        soon("the lines").untilAsserted(() -> assertEquals(List.of("a", large), taken));
        assertEquals(1, origin.counters().read().dropped());
    }

    @Test
    void manyBringers_eachStreamStaysInOrderThoughTheSinkFailsNowAndThen() throws Exception {
        Map<String, List<Integer>> taken = new ConcurrentHashMap<>();
        AtomicInteger batches = new AtomicInteger();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger lines = new AtomicInteger();
        SinkPort port = port(true, Bytes.mib(1), batch -> {
            assertEquals(1, inside.incrementAndGet(), "one call at a time");
            try {
                if (batches.incrementAndGet() % 400 == 0) {
                    throw new IOException("now and then");
                }
                List<Integer> numbers = taken.computeIfAbsent(batch.processId(), id -> new ArrayList<>());
                for (int index = 0; index < batch.size(); index++) {
                    numbers.add(Integer.valueOf(batch.line(index).text()));
                    lines.incrementAndGet();
                }
            } finally {
                inside.decrementAndGet();
            }
        });
        int count = 2000;
        List<Origin> origins = IntStream.range(0, 4)
                .mapToObj(number -> TestLines.origin("p" + number, StreamKind.STDOUT))
                .toList();
        CountDownLatch done = new CountDownLatch(origins.size());
        for (Origin origin : origins) {
            pool.execute(() -> {
                for (int number = 0; number < count; number += 2) {
                    LineTable two = TestLines.of(origin, number + "", (number + 1) + "");
                    port.lines(two, PLAIN, false, Receipt.NONE).join();
                }
                done.countDown();
            });
        }
        done.await();
        soon("what waits for the next try").until(() -> lines.get() == origins.size() * count);
        port.close().get();
        for (Origin origin : origins) {
            assertEquals(
                    IntStream.range(0, count).boxed().toList(), taken.get(origin.processId()), "in order, each once");
        }
    }

    @Test
    void close_whileLinesComeLosesNoneThatIsNotCounted() throws Exception {
        for (int round = 0; round < 200; round++) {
            AtomicInteger taken = new AtomicInteger();
            SinkPort port = port(round % 2 == 0, CAPACITY, batch -> taken.addAndGet(batch.size()));
            Origin origin = TestLines.origin("api", StreamKind.STDOUT);
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Void> bringing = CompletableFuture.runAsync(
                    () -> {
                        for (int number = 0; number < 50; number++) {
                            port.lines(TestLines.of(origin, "x"), PLAIN, false, Receipt.NONE);
                            begun.countDown();
                        }
                    },
                    pool);
            begun.await();
            port.close().get();
            bringing.get();
            assertEquals(50, taken.get() + origin.counters().read().dropped(), "round " + round);
        }
    }

    private SinkPort port(boolean inline, long capacity, Sink sink) {
        return new SinkPort(
                sink,
                "the sink",
                "api",
                inline,
                capacity,
                Duration.ZERO,
                new OutputHub.Means(Clock.system(), timer, pool, event -> {}));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @FunctionalInterface
    private interface Sink extends LogSink {
        @Override
        void write(LogBatch batch) throws IOException;
    }
}
