package io.hsu.internal.linux;

import io.hsu.internal.time.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that waits for many descriptors (epoll(7)) and tells whoever is registered for one. Descriptors are added and
 * removed from any thread, without locks. The thread allocates nothing when it wakes up, but after a pause the look whether
 * it gets on. It begins with the first registration and ends after {@link #close}, as soon as nothing is registered any more.
 *
 * <p>A handler may run into code that blocks, such as a log file on a disk that hangs. The thread is relieved then: when a
 * handler has not returned for a while, it is told, and another thread takes the reactor over, while the first ends when its
 * handler returns. So there is one thread as long as nothing blocks, and one more for each that does. The look whether that
 * is so costs a timer while there is something to do, and nothing when there is not.
 */
public final class Reactor implements AutoCloseable {

    /** Told of events, by the reactor's thread: of one descriptor by one thread at a time, unless it was relieved. */
    public interface Handler {

        /** It is registered under a number that {@link #resume} and {@link #remove} ask for. Told once, before all else. */
        void registered(long number);

        /** There is something to read, or the other side is gone. Told again for as long as that is so. */
        void ready(Scratch scratch);

        /**
         * {@link #ready} has not returned for a while, and others go on without it. Told by another thread; if it returns at
         * that moment, the next handler may be told instead.
         */
        default void relieved() {}

        /** {@link #ready} has failed, and would again at once. Is to see that it is not told any more. */
        void failed();

        /** {@return what it is registered for} */
        int descriptor();
    }

    private static final Logger log = LoggerFactory.getLogger(Reactor.class);

    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_DEL = 2;
    private static final int EPOLL_CTL_MOD = 3;
    private static final int EPOLLIN = 1;
    private static final int EFD_CLOEXEC = 0x80000;
    private static final int EFD_NONBLOCK = 0x800;

    /** So many events may be of one stream, with those that announce it. */
    private static final int FEW = 2;

    /** How many events one wake-up takes. */
    private static final int BATCH = 256;

    /** How often someone looks whether the thread gets on: who sleeps in a handler for one to two of these is relieved. */
    static final Duration PATIENCE = Duration.ofMillis(20);
    /** Who computes in a handler is relieved after so many looks. */
    private static final int MAX_LOOKS = 10;

    /** An event that is told to nobody: it only wakes the thread up. */
    private static final long WAKE_UP = -1;

    private final Layout layout;
    private final Timer timer;
    private final ThreadFactory threads;
    private final int epoll;
    private final int wakeUp;
    private final Registrations registrations = new Registrations();
    private final AtomicReference<Worker> leader = new AtomicReference<>();
    private final AtomicBoolean watched = new AtomicBoolean();
    private final ThreadLocal<NativeMemory> event;
    private final Object ending = new Object();
    private volatile boolean closing;
    /** Nothing goes by the two descriptors any more. Under the lock of {@link #ending}. */
    private boolean ended;

    /**
     * @param threads makes the thread
     * @throws IOException if the system has no descriptors left
     */
    public Reactor(Layout layout, Timer timer, ThreadFactory threads) throws IOException {
        this.layout = layout;
        this.timer = timer;
        this.threads = threads;
        this.event = ThreadLocal.withInitial(() -> new NativeMemory(layout.epollEventSize()));
        this.epoll = LibC.epoll_create1(EPOLL_CLOEXEC);
        if (epoll < 0) {
            throw Errno.failed("epoll_create1");
        }
        this.wakeUp = LibC.eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (wakeUp < 0) {
            IOException failure = Errno.failed("eventfd");
            LibC.close(epoll);
            throw failure;
        }
        try {
            control(EPOLL_CTL_ADD, wakeUp, WAKE_UP);
        } catch (IOException e) {
            LibC.close(wakeUp);
            LibC.close(epoll);
            throw e;
        }
    }

    /**
     * Registers a handler's descriptor for reading.
     *
     * @throws IOException if the system refuses, or the reactor has ended
     */
    public void register(Handler handler) throws IOException {
        long number = registrations.add(handler);
        if (number < 0) {
            throw new IOException("the process manager is closed");
        }
        try {
            if (leader.get() == null) {
                lead(null);
            }
            handler.registered(number);
            resume(handler.descriptor(), number);
        } catch (IOException | RuntimeException | Error e) {
            registrations.remove(number);
            wakeUpToEnd();
            throw e;
        }
    }

    /** Tells nothing of a descriptor for now. */
    public void pause(int descriptor) {
        // Not a change of what is asked for: the end of a pipe is told whether it was asked for or not.
        LibC.epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, event.get().address());
    }

    /** Tells of a descriptor again. */
    public void resume(int descriptor, long number) throws IOException {
        control(EPOLL_CTL_ADD, descriptor, number);
    }

    /** Forgets a descriptor, paused or not; to be called before it is closed. */
    public void remove(int descriptor, long number) {
        pause(descriptor);
        registrations.remove(number);
        wakeUpToEnd();
    }

    /** Ends the thread as soon as nothing is registered. */
    @Override
    public void close() {
        closing = true;
        wakeUpToEnd();
        if (leader.get() == null) {
            endIfNothingIsLeft();
        }
    }

    private void control(int operation, int descriptor, long number) throws IOException {
        NativeMemory memory = event.get();
        memory.putInt(0, EPOLLIN);
        memory.putLong(layout.epollEventData(), number);
        int result = LibC.epoll_ctl(epoll, operation, descriptor, memory.address());
        if (result != 0 && LibC.errno() == Errno.EEXIST) {
            result = LibC.epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, memory.address());
        }
        if (result != 0) {
            throw Errno.failed("epoll_ctl");
        }
    }

    /** The thread is to see whether it can end. */
    private void wakeUpToEnd() {
        if (!closing) {
            return;
        }
        synchronized (ending) {
            if (!ended) {
                NativeMemory one = event.get();
                one.putLong(0, 1);
                LibC.write(wakeUp, one.address(), Long.BYTES);
            }
        }
    }

    /** Makes a new thread the one that waits, in the place of another. */
    private void lead(Worker before) {
        Worker next = new Worker();
        if (leader.compareAndSet(before, next)) {
            try {
                threads.newThread(next).start();
            } catch (RuntimeException | Error e) {
                leader.set(null); // who comes first takes it up
                throw e;
            }
        }
    }

    private boolean endIfNothingIsLeft() {
        if (!registrations.end()) {
            return false;
        }
        synchronized (ending) {
            if (!ended) {
                ended = true;
                LibC.close(wakeUp);
                LibC.close(epoll);
            }
        }
        return true;
    }

    // Relief.

    /** Sees to it that someone looks whether the thread gets on, for as long as it has something to do. */
    private void watch(Worker worker) {
        if (!watched.get() && watched.compareAndSet(false, true)) {
            try {
                lookLater(worker, 0, 0);
            } catch (RuntimeException | Error e) {
                watched.set(false); // no thread for the timer is to be had: the next event tries again
            }
        }
    }

    private void lookLater(Worker worker, int seen, int times) {
        timer.schedule(PATIENCE, () -> look(worker, seen, times));
    }

    /**
     * @param seen how far it was at the last look
     * @param times how many looks have found it there
     */
    private void look(Worker worker, int seen, int times) {
        Worker now = leader.get();
        if (now == null) {
            relieve(null);
            return;
        }
        int step = now.step;
        if (now != worker || step != seen) {
            lookLater(now, step, 0);
        } else if (Worker.isInHandler(step)) {
            // One that only waits for a processor gets more time: another thread would wait for it as well.
            if (times >= MAX_LOOKS || now.sleeps()) {
                relieve(now);
            } else {
                lookLater(now, step, times + 1);
            }
        } else {
            watched.set(false);
            if (now.step != step) {
                watch(now);
            }
        }
    }

    private void relieve(Worker worker) {
        try {
            lead(worker);
            Handler handler = worker == null ? null : worker.handler;
            if (handler != null) {
                handler.relieved();
            }
        } catch (RuntimeException | Error e) {
            log.warn("a blocked reactor thread could not be relieved; it is tried again", e);
        }
        lookLater(worker, 0, 0);
    }

    /** Waits and tells, until another one leads. */
    private final class Worker implements Runnable {
        private final NativeMemory events = new NativeMemory(BATCH * layout.epollEventSize());
        private final Scratch scratch = new Scratch();
        /** Odd within a handler. Written by this thread only. */
        private volatile int step;

        private volatile Handler handler;

        private volatile int threadId;

        static boolean isInHandler(int step) {
            return (step & 1) == 1;
        }

        /** {@return whether it neither runs nor waits for a processor} */
        boolean sleeps() {
            ProcStat stat = ProcStat.ofThread(threadId);
            return stat != null && stat.state() != 'R';
        }

        @Override
        public void run() {
            threadId = LibC.gettid();
            while (leads()) {
                int count = LibC.epoll_wait(epoll, events.address(), BATCH, -1);
                if (count > 0) {
                    tellAll(count);
                } else if (count < 0 && LibC.errno() != Errno.EINTR) {
                    log.error("the reactor cannot wait for events, which is a bug in HSU", Errno.failed("epoll_wait"));
                    leader.set(null); // the next registration begins anew
                    return;
                }
                if (closing && leads() && endIfNothingIsLeft()) {
                    return;
                }
            }
        }

        /** If the thread that was to relieve this one could not be made, this one goes on. */
        private boolean leads() {
            return leader.get() == this || leader.compareAndSet(null, this);
        }

        /** What is left when another thread has taken over, the kernel tells that one again. */
        private void tellAll(int count) {
            scratch.shared(count > FEW);
            for (int index = 0; index < count && leads(); index++) {
                long number = events.getLong(index * layout.epollEventSize() + layout.epollEventData());
                if (number == WAKE_UP) {
                    scratch.read(wakeUp);
                    continue;
                }
                Handler told = registrations.find(number);
                if (told != null) {
                    tell(told);
                }
            }
        }

        /** Whatever goes wrong here, even the logging: the others are told on. */
        private void putAside(Handler failing, Throwable cause) {
            try {
                failing.failed();
                log.error("a handler failed and is told no more, which is a bug in HSU; the reactor goes on", cause);
            } catch (RuntimeException | Error e) {
                cause.addSuppressed(e);
            }
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
        private void tell(Handler told) {
            handler = told;
            step++;
            try {
                watch(this); // after the step, so that a look that has just found nothing to do sees it
                told.ready(scratch);
            } catch (RuntimeException | Error e) {
                putAside(told, e);
            } finally {
                step++;
                handler = null;
            }
        }
    }
}
