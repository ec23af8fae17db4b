package io.hsu.internal.log;

import io.hsu.StreamKind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One stream of one launch: its bytes as they come to a file of its own, its lines to everyone else. Used by one thread at a
 * time, but for what it tells of its last lines.
 */
final class StreamOutput implements PassThrough {

    /** The lines of one piece of output; read over with the next one. */
    private static final ThreadLocal<LineTable> LINES = ThreadLocal.withInitial(LineTable::new);

    /** Enough for the last lines of a message. */
    private static final int TAIL_SIZE = 16 * 1024;

    private final ProcessOutput output;
    private final LaunchOutput launch;
    private final Origin origin;
    /** Gets the bytes as they come; null if nobody does. Becomes one of the others when its file gets a second writer. */
    private Feed raw;

    private List<Feed> byLine;

    private final LineCutter cutter;
    private final LineFilter filter;
    private boolean counted;
    private boolean begun;
    /** What has come for the file does not end with a line, or nobody knows. */
    private boolean inLine;
    /** Bytes were lost on the way to the file: what comes next begins with a line. */
    private boolean rawGap;
    /** The begin of a line was lost: so is its rest. */
    private boolean lineLost;

    private volatile long passed;
    /** Null unless it had to wait for a target. */
    private volatile CompletableFuture<Void> heldBack;

    StreamOutput(ProcessOutput output, LaunchOutput launch, StreamKind stream) {
        this.output = output;
        this.launch = launch;
        this.origin = output.origin(stream);
        this.filter = LineFilter.of(output.spec().filter(), output.processId());
        this.cutter = new LineCutter(output.spec().lineLimit());
        this.byLine = output.feeds(stream);
        if (filter == null && !output.mayDrop()) {
            for (Feed feed : byLine) {
                if (raw == null && feed.isRaw() && !feed.port().isShared()) {
                    raw = feed;
                    byLine =
                            byLine.stream().filter(other -> !other.equals(feed)).toList();
                }
            }
        }
    }

    CompletableFuture<Void> take(ByteBuffer bytes, Runnable whenTaken) {
        if (output.isClosed()) {
            return SinkPort.GO_ON; // of a survivor; a spool keeps it for the next manager
        }
        come();
        Receipt receipt = Receipt.of(whenTaken, output.feeds(origin.stream()).size() == 1);
        Waiting waiting = new Waiting();
        ByteBuffer rest = raw != null && isShared() ? leaveRaw(bytes, receipt, waiting) : bytes;
        bring(rest, receipt, waiting);
        receipt.release();
        CompletableFuture<Void> goOn = waiting.all();
        if (!goOn.isDone() && heldBack == null) {
            heldBack = new CompletableFuture<>();
        }
        return goOn;
    }

    private void come() {
        if (!counted) {
            counted = true;
            origin.writers().incrementAndGet();
        }
    }

    /** Somebody else writes the file too: another target, or another launch. */
    private boolean isShared() {
        return raw.port().isShared() || origin.writers().get() > 1;
    }

    /** Another one writes the file: from the end of the line that has begun on it gets lines. {@return what follows that} */
    private ByteBuffer leaveRaw(ByteBuffer bytes, Receipt receipt, Waiting waiting) {
        ByteBuffer rest = bytes;
        if (inLine) {
            rest = afterFirstLine(bytes);
            bring(bytes.duplicate().limit(rest.position()), receipt, waiting);
        }
        if (!inLine) {
            raw = null;
            byLine = output.feeds(origin.stream());
        }
        return rest;
    }

    private void bring(ByteBuffer bytes, Receipt receipt, Waiting waiting) {
        if (!bytes.hasRemaining()) {
            return;
        }
        boolean lookedAt = isLookedAt();
        count(bytes.remaining(), lookedAt);
        if (raw != null) {
            bringRaw(bytes, receipt, waiting);
        }
        if (lookedAt) {
            LineTable lines = LINES.get();
            lines.begin(origin, launch.launch(), output.means().clock().now());
            if (byLine.isEmpty() && !launch.hasListeners() && !output.isFollowed()) {
                cutter.cutLast(bytes, output.spec().keptLines(), lines); // the ring forgets the others at once
            } else {
                cutter.cut(bytes, lines);
            }
            bring(lines, receipt, waiting);
        }
    }

    void end() {
        if (counted) {
            counted = false;
            origin.writers().decrementAndGet();
        }
        if (!output.isClosed()) {
            LineTable lines = LINES.get();
            lines.begin(origin, launch.launch(), output.means().clock().now());
            cutter.finish(lines);
            bring(lines, Receipt.NONE, new Waiting());
        }
        CompletableFuture<Void> over = heldBack;
        if (over != null) {
            over.complete(null);
        }
    }

    /** {@return completed when it is over, if it had to wait for a target: what it still has is not to be lost at the end} */
    CompletableFuture<Void> over() {
        CompletableFuture<Void> over = heldBack;
        return over == null ? SinkPort.GO_ON : over;
    }

    private void count(long bytes, boolean lookedAt) {
        if (lookedAt) {
            origin.counters().came(bytes);
        } else {
            passed(bytes);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void passed(long bytes) {
        passed += bytes;
        origin.counters().passedThrough(bytes);
    }

    private void bringRaw(ByteBuffer bytes, Receipt receipt, Waiting waiting) {
        inLine = !endsLine(bytes);
        ByteBuffer rest = bytes;
        if (lineLost) {
            rest = afterFirstLine(bytes);
            lineLost = inLine;
        }
        if (rest.hasRemaining()) {
            rawGap = !raw.port().raw(origin, rest, !begun || rawGap, receipt, waiting);
            lineLost = rawGap && inLine;
            begun = true;
        }
    }

    private static boolean endsLine(ByteBuffer bytes) {
        return bytes.get(bytes.limit() - 1) == '\n';
    }

    private static ByteBuffer afterFirstLine(ByteBuffer bytes) {
        ByteBuffer rest = bytes.duplicate();
        while (rest.hasRemaining()) {
            if (rest.get() == '\n') {
                return rest;
            }
        }
        return rest;
    }

    private void bring(LineTable lines, Receipt receipt, Waiting waiting) {
        if (lines.count() == 0) {
            return;
        }
        origin.counters().cut(lines.skipped() + lines.count() - lines.splits(), lines.splits());
        waiting.add(output.keep(lines));
        launch.tellListeners(lines);
        if (filter != null) {
            filter.apply(lines);
        }
        if (lines.count() > 0) {
            for (Feed feed : byLine) {
                waiting.add(feed.port().lines(lines, feed.format(), output.mayDrop(), receipt));
            }
        }
    }

    /** Lines that nobody sees are not looked for. */
    private boolean isLookedAt() {
        return raw == null || !byLine.isEmpty() || output.keepsLines() || output.isFollowed() || launch.hasListeners();
    }

    // Without a look.

    boolean mayPassThrough() {
        return !isLookedAt() && !isShared() && !rawGap && !output.isClosed();
    }

    @Override
    public long moveFrom(int pipe, long most) {
        come();
        long moved = raw.port().moveFrom(pipe, most, !begun);
        if (moved > 0) {
            begun = true;
            inLine = true;
            passed(moved);
        }
        return moved;
    }

    // Last lines.

    /** {@return last lines that are in no ring: one that has no end yet, or, where nobody looks, those in the file} */
    List<String> unkeptLines(int count) {
        if (raw != null && !output.keepsLines() && passed > 0) {
            return ((RawSink) raw.port().sink())
                    .lastLines(count, Math.min(passed, TAIL_SIZE)).stream()
                            .map(ProcessOutput::shown)
                            .toList();
        }
        String unfinished = cutter.unfinished();
        return unfinished.isEmpty() ? List.of() : List.of(ProcessOutput.shown(unfinished));
    }
}
