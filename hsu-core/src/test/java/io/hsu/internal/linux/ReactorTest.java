package io.hsu.internal.linux;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hsu.internal.time.SystemTimer;
import io.hsu.testkit.CapturedLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The reactor with real pipes. */
@EnabledOnOs(OS.LINUX)
class ReactorTest {

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private final NativeMemory memory = new NativeMemory(64);
    private SystemTimer timer;
    private Reactor reactor;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(
                LinuxSupport.missing().isEmpty(), () -> LinuxSupport.missing().orElseThrow());
        timer = new SystemTimer(ReactorTest::daemon);
        reactor = new Reactor(Layout.ofThisSystem(), timer, task -> {
            Thread thread = daemon(task);
            threads.add(thread);
            return thread;
        });
    }

    @AfterEach
    void close() {
        readers.forEach(Reader::end);
        reactor.close();
        soon("the end of its threads").until(() -> threads.stream().noneMatch(Thread::isAlive));
        timer.close();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "reactor-test");
        thread.setDaemon(true);
        return thread;
    }

    @Test
    void ready_toldWhenThereIsSomething() throws IOException {
        Reader reader = reader(bytes -> {});
        reader.write(3);
        soon("three bytes").until(() -> reader.bytes.get() == 3);
        assertEquals(1, threads.size());
    }

    @Test
    void ready_onlyToThoseConcerned() throws IOException {
        Reader one = reader(bytes -> {});
        Reader other = reader(bytes -> {});
        one.write(1);
        soon("a byte").until(() -> one.bytes.get() == 1);
        assertEquals(0, other.times.get());
    }

    @Test
    void thread_comesWithTheFirstRegistrationAndIsOne() throws IOException {
        assertEquals(0, threads.size());
        for (int count = 0; count < 100; count++) {
            reader(bytes -> {});
        }
        readers.forEach(reader -> reader.write(1));
        soon("all of them").until(() -> readers.stream().allMatch(reader -> reader.bytes.get() == 1));
        assertEquals(1, threads.size());
    }

    @Test
    void thousandsOfEventsAtOnce() throws IOException {
        CountDownLatch open = new CountDownLatch(1);
        Reader first = reader(bytes -> awaitQuietly(open));
        first.write(1);
        soon("the wait").until(() -> first.times.get() == 1);
        // While the one thread is held up for a moment, more happens than one wake-up can take.
        for (int count = 0; count < 1000; count++) {
            reader(bytes -> {}).write(1);
        }
        open.countDown();
        soon("all of them").until(() -> readers.stream().allMatch(reader -> reader.bytes.get() == 1));
        assertTrue(readers.stream().allMatch(reader -> reader.times.get() == 1), "each is told once");
    }

    @Test
    void handlerThatFails_isToldNoMoreAndTheOthersAre() throws IOException {
        try (CapturedLog log = CapturedLog.of(Reactor.class)) {
            Reader failing = reader(bytes -> {
                throw new IllegalStateException("scripted");
            });
            Reader overflowing = reader(bytes -> {
                throw new StackOverflowError();
            });
            Reader other = reader(bytes -> {});
            failing.write(1);
            overflowing.write(1);
            soon("the failures").until(() -> failing.times.get() == 1 && overflowing.times.get() == 1);
            failing.write(1);
            other.write(1);
            soon("the other").until(() -> other.bytes.get() == 1);
            assertEquals(1, failing.times.get(), "once is enough");
            soon("the log").until(() -> log.messages().size() == 2);
        }
    }

    @Test
    void handlerThatBlocks_isRelieved() throws IOException {
        CountDownLatch open = new CountDownLatch(1);
        Reader blocked = reader(bytes -> awaitQuietly(open));
        Reader other = reader(bytes -> {});
        blocked.write(1);
        soon("the block").until(() -> blocked.times.get() == 1);
        other.write(1);
        soon("the other, all the same").until(() -> other.bytes.get() == 1);
        assertEquals(1, blocked.relieved.get());
        assertEquals(2, threads.size());

        open.countDown();
        soon("the end of the first thread").until(() -> !threads.get(0).isAlive());
        assertTrue(threads.get(1).isAlive());
    }

    @Test
    void handlerThatComputesForEver_isRelievedToo() throws IOException {
        CountDownLatch open = new CountDownLatch(1);
        Reader busy = reader(bytes -> {
            while (open.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
        Reader other = reader(bytes -> {});
        busy.write(1);
        soon("the loop").until(() -> busy.times.get() == 1);
        other.write(1);
        soon("the other, all the same").until(() -> other.bytes.get() == 1);
        open.countDown();
    }

    @Test
    void severalThatBlock_oneThreadEach() throws IOException {
        CountDownLatch open = new CountDownLatch(1);
        for (int count = 0; count < 5; count++) {
            reader(bytes -> awaitQuietly(open)).write(1);
        }
        Reader other = reader(bytes -> {});
        other.write(1);
        soon("the other").until(() -> other.bytes.get() == 1);
        soon("all five").until(() -> readers.stream().allMatch(reader -> reader.times.get() > 0));
        open.countDown();
        soon("one thread again")
                .until(() -> threads.stream().filter(Thread::isAlive).count() == 1);
    }

    @Test
    void pause_andResume() throws IOException {
        Reader reader = reader(bytes -> {});
        reactor.pause(reader.descriptor());
        reader.write(1);
        Reader other = reader(bytes -> {});
        other.write(1);
        soon("the other").until(() -> other.bytes.get() == 1);
        assertEquals(0, reader.times.get());
        reactor.resume(reader.descriptor(), reader.number);
        reactor.resume(reader.descriptor(), reader.number); // twice is not once too often
        soon("what was there").until(() -> reader.bytes.get() == 1);
    }

    @Test
    void descriptorUsedAgain_isToldToTheNewOneOnly() throws IOException {
        for (int round = 0; round < 500; round++) {
            Reader reader = reader(bytes -> {});
            reader.write(1);
            soon("its byte").until(() -> reader.bytes.get() == 1);
            int before = reader.times.get();
            reader.end();
            Reader next = reader(bytes -> {});
            next.write(1);
            soon("its byte").until(() -> next.bytes.get() == 1);
            assertEquals(before, reader.times.get());
            next.end();
        }
    }

    @Test
    void wakeUp_allocatesNothing() throws IOException {
        Reader reader = reader(bytes -> {});
        exchange(reader, 2000);
        com.sun.management.ThreadMXBean bean =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long id = threads.get(0).getId();
        long before = bean.getThreadAllocatedBytes(id);
        exchange(reader, 10_000);
        long perWakeUp = (bean.getThreadAllocatedBytes(id) - before) / 10_000;
        // The look whether the thread gets on is begun anew now and then: a timer's task in fifty wake-ups or more.
        assertTrue(perWakeUp < 16, () -> perWakeUp + " bytes for each wake-up");
    }

    private void exchange(Reader reader, int times) {
        for (int count = 0; count < times; count++) {
            int before = reader.bytes.get();
            reader.write(1);
            while (reader.bytes.get() == before) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void close_endsTheThreadWhenTheLastOneHasGone() throws IOException {
        Reader reader = reader(bytes -> {});
        reactor.close();
        reader.write(1);
        soon("what still comes").until(() -> reader.bytes.get() == 1);
        assertTrue(threads.get(0).isAlive());
        reader.end();
        soon("the end").until(() -> !threads.get(0).isAlive());
        IOException refused = assertThrows(IOException.class, () -> reader(bytes -> {}));
        assertEquals("the process manager is closed", refused.getMessage());
    }

    @Test
    void close_withoutAnyRegistration() {
        reactor.close();
        reactor.close();
        assertThrows(IOException.class, () -> reader(bytes -> {}));
        assertEquals(0, threads.size());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Reader reader(Consumer<Integer> then) throws IOException {
        Reader reader = new Reader(Descriptors.pipe(memory), then);
        try {
            reactor.register(reader);
        } catch (IOException e) {
            reader.close();
            throw e;
        }
        readers.add(reader);
        return reader;
    }

    /** A pipe whose end is read by the reactor. */
    private final class Reader implements Reactor.Handler {
        final AtomicInteger bytes = new AtomicInteger();
        final AtomicInteger times = new AtomicInteger();
        final AtomicInteger relieved = new AtomicInteger();
        volatile long number;
        private final Descriptors.Pipe pipe;
        private final Consumer<Integer> then;
        private boolean ended;

        Reader(Descriptors.Pipe pipe, Consumer<Integer> then) {
            this.pipe = pipe;
            this.then = then;
        }

        void write(int count) {
            assertFalse(ended);
            assertEquals(count, LibC.write(pipe.write(), memory.address(), count));
        }

        void end() {
            if (!ended) {
                ended = true;
                reactor.remove(pipe.read(), number);
                close();
            }
        }

        void close() {
            LibC.close(pipe.read());
            LibC.close(pipe.write());
        }

        @Override
        public void registered(long given) {
            number = given;
        }

        @Override
        public void ready(Scratch scratch) {
            times.incrementAndGet();
            int count = scratch.read(pipe.read());
            then.accept(count);
            bytes.addAndGet(Math.max(0, count));
        }

        @Override
        public void failed() {
            reactor.pause(pipe.read());
        }

        @Override
        public void relieved() {
            relieved.incrementAndGet();
        }

        @Override
        public int descriptor() {
            return pipe.read();
        }
    }
}
