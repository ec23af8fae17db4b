package io.hsu.internal.log;

import static io.hsu.internal.log.TestHub.feed;
import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.LogFollower;
import io.hsu.LogLine;
import io.hsu.ProcessSpec;
import io.hsu.internal.time.Clock;
import io.hsu.internal.time.Timer.Cancellable;
import io.hsu.spi.Providers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Followers that come and go while another thread writes. */
@Timeout(30)
class FollowerThreadsTest {

    private static final int LINES = 20_000;

    private final ExecutorService pool = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        pool.shutdownNow();
    }

    @Test
    void followers_getEveryLineOnceWhereverTheyBegin() {
        ProcessOutput output = open(LINES);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(output), pool);
        List<Checked> followers = Collections.synchronizedList(new ArrayList<>());
        while (!writing.isDone()) {
            long latest = output.logs().latest();
            for (long cursor : new long[] {0, latest, latest / 2}) {
                Checked follower = new Checked(cursor);
                output.logs().follow(cursor, follower);
                followers.add(follower);
            }
            soon("some more lines")
                    .until(() -> writing.isDone() || output.logs().latest() > latest + LINES / 10);
        }
        writing.join();
        assertTrue(followers.size() >= 3);
        for (Checked follower : followers) {
            soon("all lines").untilAsserted(() -> assertEquals(LINES, follower.cursor.get()));
            assertEquals(0, follower.missed.get());
        }
    }

    @Test
    void slowFollower_holdsUpNobodyAndMissesNothing() throws Exception {
        ProcessOutput output = open(100);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        Checked follower = new Checked(0) {
            @Override
            public void line(LogLine line) {
                super.line(line);
                if (line.sequence() == 1) {
                    stuck.countDown();
                    awaitQuietly(goOn);
                }
            }
        };
        output.logs().follow(0, follower);
        feed(output.launch(1), "0\n");
        stuck.await();
        write(output); // we come back
        goOn.countDown();
        soon("the last line").untilAsserted(() -> assertEquals(LINES + 1, follower.cursor.get()));
        assertEquals(0, follower.missed.get(), "what fits into a MiB is held");
    }

    @Test
    void subscriptions_endWhileLinesCome() {
        ProcessOutput output = open(LINES);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(output), pool);
        while (!writing.isDone()) {
            Checked follower = new Checked(0);
            output.logs().follow(0, follower).close();
            long at = follower.cursor.get();
            assertTrue(at <= output.logs().latest());
        }
        writing.join();
        assertEquals(LINES, output.logs().latest());
    }

    private static void write(ProcessOutput output) {
        LaunchOutput launch = output.launch(1);
        for (int line = 0; line < LINES; ) {
            StringBuilder text = new StringBuilder();
            for (int count = Math.min(LINES - line, ThreadLocalRandom.current().nextInt(1, 20)); count > 0; count--) {
                text.append(line++).append('\n');
            }
            feed(launch, text.toString());
        }
    }

    private ProcessOutput open(int keptLines) {
        OutputHub hub = new OutputHub(
                new OutputSettings("manager", null, "processes", List.of(), null),
                Providers.builder().classLoader(getClass().getClassLoader()).discover(),
                new OutputHub.Means(Clock.system(), (delay, task) -> Cancellable.NONE, pool, event -> {}));
        return hub.open(
                ProcessSpec.builder("api")
                        .command("run")
                        .output(output -> output.keptLines(keptLines))
                        .build(),
                null);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sees that there is no gap, and nothing twice. */
    private static class Checked implements LogFollower {
        final AtomicLong cursor;
        final AtomicLong missed = new AtomicLong();

        Checked(long cursor) {
            this.cursor = new AtomicLong(cursor);
        }

        @Override
        public void line(LogLine line) {
            // What does not fit throws: the follower is dropped then, and never comes to the end.
            assertTrue(cursor.compareAndSet(line.sequence() - 1, line.sequence()), "a gap, or a line twice");
        }

        @Override
        public void missed(long count) {
            missed.addAndGet(count);
            cursor.addAndGet(count);
        }
    }
}
