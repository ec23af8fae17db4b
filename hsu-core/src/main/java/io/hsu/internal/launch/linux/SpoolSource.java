package io.hsu.internal.launch.linux;

import io.hsu.internal.linux.EventFd;
import io.hsu.internal.linux.Scratch;
import io.hsu.internal.linux.SpoolFile;
import io.hsu.internal.state.Spool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that a child appends to, read behind it: whole lines only, so that what has been noted as read ends with a line. What
 * everyone has is noted in the spool's mark, and its room is given back.
 */
final class SpoolSource implements OutputSource {

    private static final Logger log = LoggerFactory.getLogger(SpoolSource.class);

    /** Room is given back in pieces of that size. */
    private static final long PIECE = 1 << 20;

    private static final long BLOCK = 4096;

    private static final Duration FIRST_LOOK = Duration.ofMillis(1);
    private static final int MAX_LOOKS = 6;

    /** What was read and whether everyone has it. */
    private static final class Part {
        final long end;
        /** Up to where it may be noted as read: the end of a line. */
        final long lineEnd;

        boolean taken;

        Part(long end, long lineEnd) {
            this.end = end;
            this.lineEnd = lineEnd;
        }
    }

    private final Spool spool;
    private final SpoolFile file;
    private final SpoolWatch watch;
    private final int watchNumber;
    private final EventFd event = new EventFd();
    private final SpoolBacklog backlog;
    private final LongConsumer onSkip;

    // Of the thread that reads.
    private long offset;
    private long lineEnd;
    private boolean skipping;
    /** It begins where what was given back ends, in the middle of a line. */
    private boolean inTheMiddle;

    /** Nobody has it open for writing any more. */
    private volatile boolean writersGone;
    /** Nobody can write now: once all is read, it may be emptied. */
    private volatile boolean atRest;

    // Under this object's lock.
    private final Deque<Part> parts = new ArrayDeque<>(1);
    private long committed;
    /** Everyone has it, lines that have begun included. */
    private long takenUpTo;
    /** The beginning of a line was seen up to here. */
    private long seenUpTo;

    private long punched;
    private boolean cannotPunch;
    private boolean readToEnd;
    private boolean closed;

    /**
     * @param backlog sees that not too much waits in it
     * @param onSkip told how many lines were skipped
     * @throws IOException if the system has no descriptors or watches left
     */
    SpoolSource(Spool spool, SpoolWatch watch, SpoolBacklog backlog, LongConsumer onSkip) throws IOException {
        this.spool = spool;
        this.watch = watch;
        this.backlog = backlog;
        this.onSkip = onSkip;
        String path = spool.data().toString();
        try {
            this.file = SpoolFile.open(path);
        } catch (IOException e) {
            event.close();
            throw e;
        }
        long from = spool.isDamaged() ? file.firstData() : spool.offset();
        this.offset = from > file.size() ? 0 : from; // shorter than it was read: it had begun anew
        this.inTheMiddle = spool.isDamaged() && offset > 0;
        this.lineEnd = offset;
        this.committed = offset;
        this.takenUpTo = offset;
        this.punched = offset / BLOCK * BLOCK;
        try {
            this.watchNumber = watch.add(path, this);
        } catch (IOException e) {
            file.close();
            event.close();
            throw e;
        }
    }

    Spool spool() {
        return spool;
    }

    /** One that an earlier manager has left: what happened before the watch is asked for. {@return whether it has a writer} */
    boolean adopt() {
        lookForWriters(0);
        boolean hasWriter = !writersGone;
        wakeUp();
        backlog.look(this);
        return hasWriter;
    }

    private synchronized void wakeUp() {
        if (!closed) {
            event.set();
        }
    }

    /** Something was written, or somebody who had it open has closed it. By the reactor, perhaps after the end. */
    void happened(boolean closedBySomebody) {
        if (closedBySomebody) {
            lookForWriters(0);
        }
        wakeUp();
        backlog.look(this);
    }

    void eventsWereLost() {
        lookForWriters(0);
        wakeUp();
    }

    /** Not everyone who closes it was the last; and the kernel tells a moment before it is so. */
    private void lookForWriters(int looks) {
        synchronized (this) {
            if (closed || writersGone) {
                return;
            }
            writersGone = !file.isOpenElsewhere(backlog::ownerMayBeAlive);
            if (writersGone) {
                event.set();
                return;
            }
        }
        if (looks < MAX_LOOKS) {
            backlog.later(FIRST_LOOK.multipliedBy(1L << (2 * looks)), () -> lookForWriters(looks + 1));
        }
    }

    @Override
    public int descriptor() {
        return event.descriptor();
    }

    @Override
    public boolean isPipe() {
        return false;
    }

    // Reading.

    @Override
    public int read(Scratch scratch, boolean atExit) {
        scratch.growIfFull();
        event.clear(scratch); // before the look: what comes after it sets it again
        boolean noMore = writersGone;
        int length = file.read(scratch, offset);
        if (length <= 0) {
            return nothing(scratch, noMore);
        }
        if (backlog.drops() && file.size() - offset > (skipping ? backlog.limit() / 2 : backlog.limit())) {
            return skip(scratch.bytes());
        }
        skipping = false;
        if (inTheMiddle) {
            return skipToLine(scratch.bytes());
        }
        int whole = wholeLines(scratch.bytes());
        boolean full = scratch.isFull();
        if (full || noMore) {
            event.set(); // more may be there, or this was the end
        }
        if (whole == 0 && !full && !noMore && !atExit) {
            atEnd(scratch);
            begunLine(offset + length);
            return NOTHING_YET;
        }
        boolean all = !full && (noMore || atExit);
        int taken = whole > 0 && !all ? whole : length;
        scratch.bytes().limit(taken);
        long end = whole > 0 ? offset + whole : lineEnd;
        offset += taken;
        // Of a line that is split, no more is held anywhere than one piece.
        lineEnd = noMore && !full ? offset : Math.max(end, offset - backlog.lineLimit());
        return taken;
    }

    /** There is nothing to take before the line has ended: who waits until it is taken would wait for himself. */
    private void begunLine(long end) {
        synchronized (this) {
            seenUpTo = end;
        }
        backlog.goOnIfPossible();
    }

    private int skipToLine(ByteBuffer bytes) {
        for (int at = 0; at < bytes.limit(); at++) {
            if (bytes.get(at) == '\n') {
                inTheMiddle = false;
                passOver(at + 1);
                return NOTHING_YET;
            }
        }
        passOver(bytes.limit());
        return NOTHING_YET;
    }

    private void passOver(int length) {
        offset += length;
        lineEnd = offset;
        taken(new Part(offset, offset), true);
        event.set();
    }

    private int nothing(Scratch scratch, boolean noMore) {
        if (file.size() < offset) {
            log.warn(
                    "{} was truncated by its process, which may have lost lines: it should write to its output (>&2), "
                            + "not open /dev/stderr or /dev/stdout anew",
                    spool);
            beginAnew(offset);
            event.set();
        } else if (noMore) {
            synchronized (this) {
                readToEnd = true;
            }
            return 0;
        } else {
            atEnd(scratch);
        }
        return NOTHING_YET;
    }

    /** All whole lines have been read. */
    private void atEnd(Scratch scratch) {
        if (atRest && emptyIfTaken(scratch)) {
            backlog.emptied();
        } else {
            watch.look(scratch); // perhaps the writer is gone: an exit is told by another descriptor, and sooner
        }
    }

    /** The process writes faster than its lines can be handled: its oldest lines are dropped, and counted. */
    private int skip(ByteBuffer bytes) {
        skipping = true;
        int whole = wholeLines(bytes);
        int skipped = whole > 0 ? whole : bytes.limit();
        long lines = 0;
        for (int at = 0; at < skipped; at++) {
            lines += bytes.get(at) == '\n' ? 1 : 0;
        }
        onSkip.accept(Math.max(1, lines));
        passOver(skipped);
        return NOTHING_YET;
    }

    /**
     * Empties the file, but for what is not noted as read. If the host dies before this is noted, the file is shorter than it was
     * read, and is read from the beginning.
     */
    private synchronized boolean emptyIfTaken(Scratch scratch) {
        if (!parts.isEmpty()) {
            return false;
        }
        try {
            if (!file.keepFrom(committed, scratch)) {
                return false;
            }
        } catch (IOException e) {
            log.warn("{} could not be emptied: {}", spool, e.toString());
            return true; // the process must not rest for ever
        }
        beginAnew(committed);
        return true;
    }

    /** The file has become shorter, at its beginning. */
    private synchronized void beginAnew(long by) {
        parts.clear();
        offset = Math.max(0, offset - by);
        lineEnd = Math.max(0, lineEnd - by);
        takenUpTo = offset;
        seenUpTo = 0;
        committed = 0;
        punched = 0;
        spool.commit(0);
    }

    private static int wholeLines(ByteBuffer bytes) {
        for (int at = bytes.limit() - 1; at >= 0; at--) {
            if (bytes.get(at) == '\n') {
                return at + 1;
            }
        }
        return 0;
    }

    // Taken.

    /** Of the bytes that were read last; up to the last line's end, since a line that has begun is not with everyone yet. */
    @Override
    public Runnable whenTaken() {
        Part part = new Part(offset, lineEnd);
        synchronized (this) {
            parts.addLast(part);
        }
        return () -> taken(part, false);
    }

    private void taken(Part part, boolean isNew) {
        synchronized (this) {
            if (isNew) {
                parts.addLast(part);
            }
            part.taken = true;
            long read = committed;
            while (!parts.isEmpty() && parts.peekFirst().taken) {
                takenUpTo = parts.peekFirst().end;
                read = parts.removeFirst().lineEnd;
            }
            if (read != committed) {
                committed = read;
                spool.commit(read);
                giveBack(read);
            }
            deleteIfOver();
        }
        backlog.taken(this);
    }

    private void giveBack(long read) {
        long free = read / BLOCK * BLOCK;
        if (closed || cannotPunch || free - punched < PIECE) {
            return;
        }
        cannotPunch = !backlog.mayPunch() || !file.punch(punched, free);
        punched = free;
        if (cannotPunch) {
            log.info("{}: its file system cannot give back parts of a file; it is emptied when it is large", spool);
        }
    }

    /** {@return how many bytes wait to be taken} The beginning of a line does not, if all that comes before it is taken. */
    synchronized long waiting() {
        long from = parts.isEmpty() ? Math.max(takenUpTo, seenUpTo) : takenUpTo;
        return closed ? 0 : file.size() - from;
    }

    /** {@return whether its file system has so little room that its writer may fail} */
    synchronized boolean isShortOfRoom(long leastRoom) {
        return !closed && file.isShortOfRoom(leastRoom);
    }

    /** {@return how much room is taken that cannot be given back piece by piece} */
    synchronized long unpunchable() {
        return cannotPunch && !closed ? committed : 0;
    }

    /** Whether nobody can write now. */
    void atRest(boolean rests) {
        atRest = rests;
        synchronized (this) {
            if (!closed) {
                event.set();
            }
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            watch.remove(watchNumber);
            file.close();
            event.close();
            deleteIfOver();
            if (!readToEnd) {
                spool.close(); // what is left of it is for the next manager
            }
        }
        backlog.ended(this);
    }

    private void deleteIfOver() {
        if (closed && readToEnd && parts.isEmpty()) {
            spool.delete();
        }
    }
}
