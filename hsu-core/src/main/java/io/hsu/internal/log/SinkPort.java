package io.hsu.internal.log;

import io.hsu.ProcessEvent;
import io.hsu.internal.time.Timer.Cancellable;
import io.hsu.spi.LogSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one sink: brings it one batch at a time, in order, and holds what it does not take yet. Safe for use by many
 * threads; nobody waits here.
 *
 * <p>A file is written in the thread that brings the lines, as long as nothing is held: to hand them over would cost more than
 * to write them. Everything else is held first and written by the pool. What is held is bounded: beyond that, whoever brings
 * lines is told to wait, or lines are dropped and counted. A sink that fails gets what is held again, later and later; while
 * it fails nobody waits for it, so that it does not keep the others from their lines.
 */
final class SinkPort {

    private static final Logger log = LoggerFactory.getLogger(SinkPort.class);

    /** Nobody has to wait. */
    static final CompletableFuture<Void> GO_ON = CompletableFuture.completedFuture(null);

    private static final int MOST_UNFLUSHED = 8;

    private final LogSink sink;
    private final String kind;
    private volatile String processId;
    private final boolean inline;
    private final long capacity;
    private final Duration flushInterval;
    private final OutputHub.Means means;
    private final DropReport drops;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private volatile boolean shared;

    // All that follows is under this object's lock.
    private final HeldQueue held;
    private final SinkFailures failures = new SinkFailures();
    /** Somebody is in the sink, or is about to be. */
    private boolean busy;

    private boolean closing;
    /** Nothing is taken any more: it is closed, or about to be, or was given up. */
    private boolean ending;

    private boolean finished;
    private boolean retryWaits;
    private Cancellable flushTimer = Cancellable.NONE;

    /** What the sink has taken and not handed on yet. Of whoever is in the sink. */
    private final List<Receipt> unflushed = new ArrayList<>(1);
    /** Who may hang in the sink, if it is one of the pool; under the lock. */
    private Thread writing;

    /**
     * @param kind what the sink is called in messages
     * @param processId whose target it is; empty if it is the manager's
     * @param inline whether it is written in the thread that brings the lines
     * @param capacity how many bytes it may hold
     * @param flushInterval how long it may hold them before it begins to write
     */
    SinkPort(
            LogSink sink,
            String kind,
            String processId,
            boolean inline,
            long capacity,
            Duration flushInterval,
            OutputHub.Means means) {
        this.sink = sink;
        this.kind = kind;
        this.processId = processId;
        this.inline = inline && flushInterval.isZero();
        this.capacity = capacity;
        this.held = new HeldQueue(capacity);
        this.flushInterval = flushInterval;
        this.means = means;
        this.drops = new DropReport(kind, means);
    }

    LogSink sink() {
        return sink;
    }

    /** Another target names the same file: its writers bring whole lines from now on. */
    void share() {
        shared = true;
    }

    /** Another process has a target of the same file: nothing about it is the first one's alone. */
    void isAlsoOf(String otherProcessId) {
        if (!processId.equals(otherProcessId)) {
            processId = "";
        }
    }

    private String name() {
        String of = processId;
        return of.isEmpty() ? kind : "process '%s': %s".formatted(of, kind);
    }

    boolean isShared() {
        return shared;
    }

    boolean isInline() {
        return inline;
    }

    // Bringing.

    /**
     * Brings lines.
     *
     * @param mayDrop whether lines are dropped that find no room
     * @return completed when more may be brought
     */
    CompletableFuture<Void> lines(LineTable lines, LineFormat format, boolean mayDrop, Receipt receipt) {
        if (mayDrop || !claim()) { // who may drop is never to be held up, not even by a disk
            if (isFull(lines.size(), mayDrop, receipt)) {
                drop(lines.origin(), lines.count(), receipt);
                return GO_ON;
            }
            return hold(Held.of(lines, format, receipt), mayDrop);
        }
        try {
            sink.write(new Batch(lines, format));
        } catch (Exception | Error e) {
            holdFirst(Held.of(lines, format, receipt), e);
            return GO_ON;
        }
        release();
        return GO_ON;
    }

    /** Brings bytes as they came; only to a {@link RawSink}. {@return whether they are taken; if not, they are lost} */
    boolean raw(Origin origin, ByteBuffer bytes, boolean beginsStream, Receipt receipt, Waiting waiting) {
        if (!claim()) {
            if (isFull(bytes.remaining(), false, receipt)) {
                drop(origin, NewlineCount.lines(bytes), receipt);
                return false;
            }
            waiting.add(hold(Held.of(origin, bytes, beginsStream, receipt), false));
            return true;
        }
        ByteBuffer rest = bytes.duplicate();
        try {
            ((RawSink) sink).writeRaw(rest, beginsStream);
        } catch (Exception | Error e) {
            boolean nothingTaken = rest.position() == bytes.position();
            holdFirst(Held.of(origin, rest, beginsStream && nothingTaken, receipt), e);
            return true;
        }
        release();
        return true;
    }

    /** Moves what is in a pipe, if the sink is free for that. {@return as {@link RawSink#moveFrom}} */
    long moveFrom(int pipe, long most, boolean beginsStream) {
        if (!claim()) {
            return RawSink.LOOK;
        }
        long moved = RawSink.LOOK;
        try {
            moved = ((RawSink) sink).moveFrom(pipe, most, beginsStream);
        } catch (IOException | RuntimeException | Error e) {
            // What is wrong shows when what was in the pipe is written.
            log.debug("{} cannot take what is in a pipe: {}", name(), e.toString());
        }
        release();
        return moved;
    }

    /** Takes the right to write at once, in this thread. */
    private synchronized boolean claim() {
        boolean free = inline && !busy && held.isEmpty() && !ending;
        busy |= free;
        return free;
    }

    private void release() {
        boolean ends;
        synchronized (this) {
            ends = closing && held.isEmpty();
            busy = ends;
            ending |= ends;
        }
        if (ends) {
            finish();
        } else {
            drainSoon();
        }
    }

    /** One piece always fits, whatever its size; and so does what fills a buffer that only gathers. */
    private synchronized boolean isFull(long size, boolean mayDrop, Receipt receipt) {
        boolean gathers = !busy && !retryWaits;
        boolean drops = mayDrop || (failures.isFailing() && !receipt.isPatient());
        return ending || (drops && !gathers && !held.hasRoomFor(size));
    }

    private void drop(Origin origin, long count, Receipt receipt) {
        boolean ended;
        synchronized (this) {
            failures.lost(count);
            ended = ending;
        }
        if (ended) {
            tooLate(origin, count, receipt);
        } else {
            drops.add(origin, count);
        }
    }

    /**
     * What outlives the manager, or the process's removal, is heard by nobody. Its receipt is never given: what comes from a
     * spool stays there for the next manager.
     */
    private static void tooLate(Origin origin, long count, Receipt receipt) {
        receipt.hold();
        origin.counters().dropped(count);
    }

    private CompletableFuture<Void> hold(Held piece, boolean mayDrop) {
        boolean gathers;
        boolean first;
        CompletableFuture<Void> goOn = GO_ON;
        synchronized (this) {
            if (ending) { // since it was looked at
                tooLate(piece.origin(), piece.count(), piece.receipt());
                return GO_ON;
            }
            piece.receipt().hold();
            first = held.isEmpty();
            held.addLast(piece);
            gathers = !flushInterval.isZero() && !held.isFull() && !closing;
            boolean patient = piece.receipt().isPatient();
            if (held.isFull() && !mayDrop && (patient || !failures.isFailing())) {
                goOn = held.awaitRoom(patient);
            }
        }
        if (!gathers) {
            drainSoon();
        } else if (first) {
            Cancellable timer = means.timer().schedule(flushInterval, this::drainSoon);
            synchronized (this) {
                flushTimer = timer;
            }
        }
        return goOn;
    }

    private void holdFirst(Held piece, Throwable failure) {
        piece.receipt().hold();
        synchronized (this) {
            held.addFirst(piece);
        }
        failed(failure);
    }

    // Writing what is held.

    private void drainSoon() {
        Cancellable timer;
        synchronized (this) {
            if (busy || retryWaits || held.isEmpty()) {
                return;
            }
            busy = true;
            timer = flushTimer;
            flushTimer = Cancellable.NONE;
        }
        timer.cancel();
        means.onPool(this::drain);
    }

    private void drain() {
        synchronized (this) {
            writing = Thread.currentThread();
        }
        try {
            drainHeld();
        } finally {
            synchronized (this) {
                writing = writing == Thread.currentThread() ? null : writing;
            }
            Thread.interrupted(); // of whoever gave up on this sink: nobody else's business
        }
    }

    private void drainHeld() {
        for (Held next = first(); next != null; next = first()) {
            try {
                next.writeTo(sink);
            } catch (Exception | Error e) {
                failed(e);
                return;
            }
            taken(next);
            if (unflushed.size() >= MOST_UNFLUSHED) {
                flush();
            }
        }
        flush();
        release();
    }

    /** Who asks when output is taken is told when it is handed on, not when it is gathered. */
    private void flush() {
        try {
            sink.flush();
        } catch (Exception | Error e) {
            flushFailed(e); // with the next lines it is tried again
            return;
        }
        flushed();
        unflushed.forEach(Receipt::release);
        unflushed.clear();
    }

    private synchronized Held first() {
        return held.first();
    }

    private void taken(Held written) {
        Runnable tellWaiting;
        long lost;
        synchronized (this) {
            tellWaiting = held.removeFirst();
            lost = failures.taken();
        }
        if (written.receipt().isAsked()) {
            unflushed.add(written.receipt());
        }
        if (lost != SinkFailures.NO_NEWS) {
            reportRecovery(lost);
        }
        tellWaiting.run();
    }

    private void flushed() {
        boolean news;
        synchronized (this) {
            news = failures.flushed();
        }
        if (news) {
            reportRecovery(0);
        }
    }

    private void reportRecovery(long lost) {
        log.info("{} takes output again{}", name(), lost == 0 ? "" : "; %d lines were lost".formatted(lost));
        means.events()
                .accept(new ProcessEvent.OutputRecovered(
                        processId, means.clock().now(), kind, lost));
    }

    // Failing.

    /** What is held is tried again after a while; nobody waits for a sink that fails, but those who have nothing to lose. */
    private void failed(Throwable e) {
        Runnable tellWaiting;
        Duration delay;
        boolean ends;
        boolean news;
        synchronized (this) {
            news = failures.failed();
            delay = failures.retryDelay();
            ends = closing;
            busy = false;
            retryWaits = !ends;
            tellWaiting = held.letGo(false);
        }
        if (news) {
            reportFailure(e);
        }
        if (ends) {
            giveUp();
        } else {
            means.timer().schedule(delay, this::retry);
        }
        tellWaiting.run();
    }

    private void retry() {
        synchronized (this) {
            retryWaits = false;
        }
        drainSoon();
    }

    private void flushFailed(Throwable e) {
        boolean news;
        synchronized (this) {
            news = failures.flushFailed();
        }
        if (news) {
            reportFailure(e);
        }
    }

    private void reportFailure(Throwable e) {
        log.warn(
                "{} does not take output: {}; it is tried again, with up to {} bytes held for it",
                name(),
                e.toString(),
                capacity);
        means.events()
                .accept(new ProcessEvent.OutputFailed(processId, means.clock().now(), kind, e.toString()));
    }

    // The end.

    /** Brings what is held, then closes the sink; what comes from now on is dropped. {@return completed when it is closed} */
    CompletableFuture<Void> close() {
        boolean now;
        synchronized (this) {
            if (closing) {
                return closed;
            }
            closing = true;
            retryWaits = false;
            now = !busy && held.isEmpty();
            busy |= now;
            ending |= now;
        }
        if (now) {
            means.onPool(this::finish);
        } else {
            drainSoon();
        }
        return closed;
    }

    /** It had its time: what is held is lost, and told. */
    void giveUp() {
        List<Held> lost;
        Runnable tellWaiting;
        boolean hangs;
        boolean over;
        synchronized (this) {
            over = closed.isDone() && held.isEmpty();
            lost = held.clear();
            tellWaiting = held.letGo(true);
            if (writing != null) {
                writing.interrupt(); // under the lock: it is in this sink, not in the next task
            }
            hangs = busy;
            ending = true;
        }
        tellWaiting.run();
        if (over) { // it has hung, and has come back
            if (!hangs) {
                finish();
            }
            return;
        }
        reportLost(lost);
        if (hangs) {
            log.warn("{} hangs and is not closed", name());
            closed.complete(null);
        } else {
            finish();
        }
    }

    /** Their receipts are not given: what comes from a spool stays there for the next manager. */
    private void reportLost(List<Held> lost) {
        long count = 0;
        for (Held piece : lost) {
            count += piece.count();
            piece.origin().counters().dropped(piece.count());
        }
        if (count > 0) {
            log.warn("{} has not taken the last {} lines; they are lost, unless they came from a spool", name(), count);
        }
    }

    private void finish() {
        synchronized (this) {
            if (finished) {
                return;
            }
            finished = true;
        }
        try (LogSink closing = sink) {
            closing.flush();
            unflushed.forEach(Receipt::release);
            unflushed.clear();
        } catch (Exception | Error e) {
            log.warn("{} could not be closed: {}", name(), e.toString());
        } finally {
            closed.complete(null);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
