package io.hsu.internal.launch.linux;

import io.hsu.OutputSpec;
import io.hsu.Overflow;
import io.hsu.internal.time.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds what the spools of one launch hold. A process that is too far ahead of whoever takes its lines is stopped (SIGSTOP)
 * until half of them has been taken, as a full pipe would make it wait; so is one whose disk is nearly full. And where a file system cannot give back parts of a
 * file, a large spool is emptied while the process rests: nobody can write then, so that no line is lost between the last look
 * and the emptying.
 */
final class SpoolBacklog {

    /** What a spool may take that cannot be given back piece by piece. */
    static final long GENERATION = 64 << 20;

    /** How long a process rests for an emptying at the most; then it is tried again later. */
    private static final Duration REST_LIMIT = Duration.ofSeconds(1);

    /** Who has less may find the disk full before he is stopped. */
    private static final long LEAST_ROOM = 64 << 20;

    private static final Duration ROOM_LOOK = Duration.ofMillis(200);

    private static final Logger log = LoggerFactory.getLogger(SpoolBacklog.class);

    private final long limit;
    private final int lineLimit;
    private final boolean drops;
    private final boolean mayPunch;
    private final Executor pool;
    private final Timer timer;
    private final List<SpoolSource> sources = new CopyOnWriteArrayList<>();
    private volatile TreePause tree;

    // Under this object's lock.
    private boolean tooFar;
    private boolean waitsForRoom;
    private boolean emptying;
    private long attempts;
    /** What has been ordered last; carried out in order. */
    private boolean stopped;

    private boolean carrying;
    private boolean carriedOut;

    /**
     * @param output how much may wait in one of its spools, and what happens then
     * @param mayPunch whether holes may be punched
     */
    SpoolBacklog(OutputSpec output, boolean mayPunch, Executor pool, Timer timer) {
        this.limit = output.spoolLimit();
        this.lineLimit = output.lineLimit();
        this.drops = output.overflow() == Overflow.DROP;
        this.mayPunch = mayPunch;
        this.pool = pool;
        this.timer = timer;
    }

    void add(SpoolSource source) {
        sources.add(source);
    }

    /** It is launched, or found again. */
    void tree(TreePause launched, boolean isStopped) {
        launched.note(this::note);
        synchronized (this) {
            tree = launched;
            tooFar = isStopped;
            stopped = isStopped;
            carriedOut = isStopped;
        }
        sources.forEach(this::look);
        goOnIfPossible();
    }

    /** {@return whether there is somebody who could write} */
    boolean ownerMayBeAlive() {
        TreePause of = tree;
        return of == null || of.isAlive();
    }

    void later(Duration delay, Runnable task) {
        timer.schedule(delay, () -> pool.execute(task));
    }

    boolean drops() {
        return drops;
    }

    long limit() {
        return limit;
    }

    /** {@return how long a line may be before it is split} */
    int lineLimit() {
        return lineLimit;
    }

    boolean mayPunch() {
        return mayPunch;
    }

    /** Something was written. */
    void look(SpoolSource source) {
        boolean far = !drops && source.waiting() > limit;
        boolean large = isLarge(source);
        boolean noRoom = !drops && source.isShortOfRoom(LEAST_ROOM);
        if (!far && !large && !noRoom) {
            return;
        }
        if (noRoom) {
            waitForRoom(source);
        }
        long attempt = 0;
        synchronized (this) {
            tooFar |= far;
            if (large && !emptying && !tooFar) {
                emptying = true;
                attempt = ++attempts;
            }
        }
        if (attempt > 0) {
            long number = attempt;
            timer.schedule(REST_LIMIT, () -> giveUp(number));
        }
        order();
    }

    /** Better that the process waits than that it is told that the disk is full: few programs can do anything about that. */
    private void waitForRoom(SpoolSource source) {
        synchronized (this) {
            if (waitsForRoom) {
                return;
            }
            waitsForRoom = true;
        }
        log.warn("the file system of {} is nearly full: its process is stopped until there is room", source.spool());
        timer.schedule(ROOM_LOOK, this::lookForRoom);
    }

    private void lookForRoom() {
        if (sources.stream().anyMatch(source -> source.isShortOfRoom(LEAST_ROOM))) {
            timer.schedule(ROOM_LOOK, this::lookForRoom);
            return;
        }
        synchronized (this) {
            waitsForRoom = false;
        }
        order();
    }

    private static boolean isLarge(SpoolSource source) {
        return source.unpunchable() > GENERATION;
    }

    /** It takes too long: the process goes on, and it is tried again after a while. */
    private void giveUp(long attempt) {
        synchronized (this) {
            if (!emptying || attempt != attempts) {
                return;
            }
        }
        emptied();
        timer.schedule(REST_LIMIT, () -> sources.forEach(this::look));
    }

    /** Something was taken. */
    void taken(SpoolSource source) {
        look(source);
        goOnIfPossible();
    }

    /** Enough of it was taken. */
    void goOnIfPossible() {
        synchronized (this) {
            if (!tooFar || sources.stream().anyMatch(one -> one.waiting() > limit / 2)) {
                return;
            }
            tooFar = false;
        }
        order();
    }

    void emptied() {
        synchronized (this) {
            emptying = false;
        }
        sources.forEach(source -> source.atRest(false));
        order();
    }

    void ended(SpoolSource source) {
        sources.remove(source);
        goOnIfPossible();
    }

    private void order() {
        synchronized (this) {
            stopped = tooFar || emptying || waitsForRoom;
            if (tree == null || carrying || stopped == carriedOut) {
                return;
            }
            carrying = true;
        }
        pool.execute(this::carryOut);
    }

    /** In the pool: to find all of a tree takes milliseconds. */
    private void carryOut() {
        while (true) {
            boolean stop;
            synchronized (this) {
                stop = stopped;
            }
            boolean rests = carryOut(stop);
            synchronized (this) {
                carriedOut = stop;
                if (stopped == carriedOut) {
                    carrying = false;
                    if (rests && emptying) {
                        sources.stream().filter(SpoolBacklog::isLarge).forEach(source -> source.atRest(true));
                    }
                    return;
                }
            }
        }
    }

    private boolean carryOut(boolean stop) {
        try {
            if (stop) {
                return tree.stop();
            }
            tree.goOn();
        } catch (RuntimeException e) {
            log.warn("a process cannot be {}: {}", stop ? "stopped" : "continued", e.toString());
        }
        return false;
    }

    /** If the host dies meanwhile, the next manager lets the process go on. */
    private void note(boolean isStopped) {
        for (SpoolSource source : sources) {
            source.spool().owner().ifPresent(owner -> source.spool().owner(owner.stopped(isStopped)));
        }
    }
}
