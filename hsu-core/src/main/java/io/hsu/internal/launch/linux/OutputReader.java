package io.hsu.internal.launch.linux;

import io.hsu.StreamKind;
import io.hsu.internal.launch.LaunchListener;
import io.hsu.internal.linux.Reactor;
import io.hsu.internal.linux.Scratch;
import io.hsu.internal.log.PassThrough;
import io.hsu.internal.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of a child, read by the reactor's thread: one read at a time, so that those who write much and those who write
 * little get their turns. A stream whose lines go somewhere slow is read by a thread of the pool from then on, for as long as
 * it is slow. In any case one thread at a time has it.
 */
final class OutputReader implements Reactor.Handler {

    private static final Logger log = LoggerFactory.getLogger(OutputReader.class);

    private static final int FREE = 0;
    private static final int TAKEN = 1;
    /** Taken, and the reactor does not tell of it until it is given back. */
    private static final int TAKEN_AND_PAUSED = 2;

    /** What a turn reads at most on a thread of the pool. */
    private static final int READS_PER_TURN = 16;
    /** More than a pipe holds: what the process itself had written is among it, a child of it that writes on is not awaited. */
    private static final int READS_AT_EXIT = 32;
    /** After so many turns on the pool, each quicker than that, a stream is no longer slow. */
    private static final int QUICK_TURNS = 100;

    private static final long QUICK_NANOS = Duration.ofMillis(1).toNanos();

    private static final ThreadLocal<Scratch> POOL_SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private final Reactor reactor;
    private final Executor pool;
    private final Clock clock;
    private final OutputSource source;
    private final StreamKind stream;
    private final LaunchListener listener;
    private final AtomicInteger state = new AtomicInteger();
    /** What to do when everything that was there at the exit has been handed on; null if nobody waits for that. */
    private final AtomicReference<Runnable> whenDrained = new AtomicReference<>();

    private volatile long registration;
    /** Completed when more may be read. */
    private CompletableFuture<Void> goOn = CompletableFuture.completedFuture(null);

    private int quickTurns;
    private volatile boolean slow;
    private volatile boolean ended;

    OutputReader(
            Reactor reactor,
            Executor pool,
            Clock clock,
            OutputSource source,
            StreamKind stream,
            LaunchListener listener) {
        this.reactor = reactor;
        this.pool = pool;
        this.clock = clock;
        this.source = source;
        this.stream = stream;
        this.listener = listener;
    }

    OutputSource source() {
        return source;
    }

    /** Begins to read. */
    void open() throws IOException {
        reactor.register(this);
    }

    @Override
    public int descriptor() {
        return source.descriptor();
    }

    @Override
    public void registered(long number) {
        registration = number;
    }

    @Override
    public void ready(Scratch scratch) {
        if (!take()) {
            pauseWhileTaken();
        } else if (slow) {
            pauseAndHandOver();
        } else {
            turn(scratch, 1);
        }
    }

    @Override
    public void failed() {
        pause();
    }

    @Override
    public void relieved() {
        slow = true;
    }

    /** Hands on what is there now that the process has ended, and then does something, once. */
    void drain(Scratch scratch, Runnable then) {
        whenDrained.set(then);
        if (ended) {
            drained();
        } else if (take()) {
            if (slow) {
                pauseAndHandOver();
            } else {
                turn(scratch, 1);
            }
        } // else who has it sees that somebody waits
    }

    private boolean take() {
        return state.compareAndSet(FREE, TAKEN);
    }

    /** Another thread has it and may have it for long: without this, the kernel would tell of it all the time. */
    private void pauseWhileTaken() {
        pause();
        while (!state.compareAndSet(TAKEN, TAKEN_AND_PAUSED)) {
            int now = state.get();
            if (now == TAKEN_AND_PAUSED) {
                return;
            }
            if (now == FREE) {
                resume();
                return;
            }
        }
    }

    private void pauseAndHandOver() {
        pause();
        state.set(TAKEN_AND_PAUSED);
        pool.execute(this::turnOnPool);
    }

    private void turnOnPool() {
        long began = clock.nanos();
        boolean goesOn = read(POOL_SCRATCH.get(), READS_PER_TURN);
        quickTurns = clock.nanos() - began < QUICK_NANOS ? quickTurns + 1 : 0;
        if (quickTurns > QUICK_TURNS) {
            quickTurns = 0;
            slow = false;
        }
        if (goesOn) {
            giveBack();
        }
    }

    private void turn(Scratch scratch, int reads) {
        if (read(scratch, reads)) {
            giveBack();
        }
    }

    /**
     * Reads while there is something, at most so many times.
     *
     * @return whether it is to be given back: more may come, and nobody has to be waited for
     */
    private boolean read(Scratch scratch, int reads) {
        boolean waitedFor = whenDrained.get() != null;
        int left = waitedFor ? READS_AT_EXIT : reads;
        long length;
        do {
            length = readOnce(scratch, waitedFor);
            if (length == 0) {
                end();
                return false;
            }
            if (!goOn.isDone()) {
                waitToGoOn();
                return false;
            }
            left--;
        } while (length > 0 && left > 0);
        if (waitedFor) {
            drained();
        }
        return true;
    }

    /** {@return how much was read or moved; 0 at the end; less than 0 if nothing is there} */
    private long readOnce(Scratch scratch, boolean atExit) {
        PassThrough passing = source.isPipe() ? listener.passThrough(stream) : null;
        long moved = passing == null ? PassThrough.LOOK : passing.moveFrom(source.descriptor(), scratch.turn());
        if (moved != PassThrough.LOOK) {
            source.moved(moved, scratch.isAlone());
            return moved;
        }
        int length = source.read(scratch, atExit);
        if (length > 0) {
            handOn(scratch.bytes());
        }
        return length;
    }

    private void handOn(ByteBuffer bytes) {
        try {
            goOn = listener.output(stream, bytes, source.whenTaken());
        } catch (RuntimeException | Error e) {
            log.error("{} could not be handed on; reading goes on, which is a bug in HSU", stream, e);
        }
    }

    /** Somebody has as much as he can hold: the child fills its pipe and waits. No thread does. */
    private void waitToGoOn() {
        pause();
        state.set(TAKEN_AND_PAUSED);
        goOn.thenRun(this::giveBack);
    }

    private void end() {
        synchronized (this) {
            ended = true;
            reactor.remove(source.descriptor(), registration);
            source.close();
        }
        try {
            listener.outputEnded(stream);
        } catch (RuntimeException | Error e) {
            log.error("the end of {} could not be told, which is a bug in HSU", stream, e);
        }
        drained();
    }

    private void drained() {
        Runnable then = whenDrained.getAndSet(null);
        if (then != null) {
            then.run();
        }
    }

    private void giveBack() {
        if (!state.compareAndSet(TAKEN, FREE)) {
            state.set(FREE);
            resume();
        }
        // Somebody may have begun to wait after the last look, when the stream was taken.
        if (whenDrained.get() != null && take()) {
            pauseAndHandOver();
        }
    }

    /** Once it has ended, its descriptor's number may be another's. */
    private synchronized void pause() {
        if (!ended) {
            reactor.pause(source.descriptor());
        }
    }

    private synchronized void resume() {
        if (ended) {
            return;
        }
        try {
            reactor.resume(source.descriptor(), registration);
        } catch (IOException e) {
            log.error("{} cannot be read on: {}", stream, e.toString());
        }
    }
}
