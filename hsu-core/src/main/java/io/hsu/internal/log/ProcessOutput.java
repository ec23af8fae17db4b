package io.hsu.internal.log;

import io.hsu.LogFollower;
import io.hsu.LogLine;
import io.hsu.OutputCounters;
import io.hsu.OutputSpec;
import io.hsu.Overflow;
import io.hsu.ProcessLogs;
import io.hsu.ProcessSpec;
import io.hsu.StreamKind;
import io.hsu.Subscription;
import io.hsu.internal.Require;
import io.hsu.internal.state.Spool;
import io.hsu.internal.time.Timer.Cancellable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The output of one process over all its launches: kept in a ring, counted, brought to its targets and followers. Safe for use
 * by many threads.
 */
public final class ProcessOutput {

    private static final int MAX_SHOWN = 500;

    private final ProcessSpec spec;
    private final Path spools;
    private final DropReport spoolDrops;
    private final OutputHub.Means means;
    private final Ring ring;
    private final Map<StreamKind, List<Feed>> feeds = new EnumMap<>(StreamKind.class);
    private final Map<StreamKind, Origin> origins = new EnumMap<>(StreamKind.class);
    /** Who comes gets what is kept at that moment, and all that is kept from then on. */
    private final Object following = new Object();

    private volatile List<Follower> followers = List.of();
    private final ProcessLogs logs = new Logs();
    private final Consumer<ProcessOutput> onClose;
    private volatile LaunchOutput latest;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * @param spools where spools are made; null if it comes through pipes
     * @param onClose closes what is its own
     */
    ProcessOutput(
            ProcessSpec spec, List<Feed> feeds, Path spools, OutputHub.Means means, Consumer<ProcessOutput> onClose) {
        this.spec = spec;
        this.spools = spools;
        this.spoolDrops = new DropReport("its spool", means);
        this.means = means;
        this.onClose = onClose;
        this.ring = new Ring(spec.output().keptLines());
        for (StreamKind stream : StreamKind.values()) {
            origins.put(stream, new Origin(spec.id(), stream, spec.output()));
            this.feeds.put(
                    stream, feeds.stream().filter(feed -> feed.gets(stream)).toList());
        }
    }

    String processId() {
        return spec.id();
    }

    OutputSpec spec() {
        return spec.output();
    }

    OutputHub.Means means() {
        return means;
    }

    Origin origin(StreamKind stream) {
        return origins.get(stream);
    }

    List<Feed> feeds(StreamKind stream) {
        return feeds.get(stream);
    }

    boolean mayDrop() {
        return spec.output().overflow() == Overflow.DROP;
    }

    /** {@return what is kept in memory} */
    public ProcessLogs logs() {
        return logs;
    }

    /** {@return what has come from each stream} */
    public Map<StreamKind, OutputCounters> counters() {
        Map<StreamKind, OutputCounters> counters = new EnumMap<>(StreamKind.class);
        origins.forEach(
                (stream, origin) -> counters.put(stream, origin.counters().read()));
        return counters;
    }

    /** {@return the texts of the last lines} */
    public List<String> lastLines(int count) {
        LaunchOutput of = latest;
        return keepsLines() || of == null ? kept(line -> true, count) : of.unkeptLines(count);
    }

    /** {@return the texts of the last lines of one launch} */
    public List<String> lastLines(long launch, int count) {
        LaunchOutput of = latest;
        return keepsLines() || of == null || of.launch() != launch
                ? kept(line -> line.launch() == launch, count)
                : of.unkeptLines(count);
    }

    private List<String> kept(Predicate<LogLine> wanted, int count) {
        return ring.tail(count).stream()
                .filter(wanted)
                .map(LogLine::text)
                .map(ProcessOutput::shown)
                .toList();
    }

    /** A line may be 64 KiB long; in a status or a message nobody reads so much. */
    static String shown(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    /** {@return where a launch's output goes in} */
    public LaunchOutput launch(long number) {
        latest = new LaunchOutput(this, number);
        return latest;
    }

    Spool newSpool(long launch, StreamKind stream) throws IOException {
        return spools == null
                ? null
                : Spool.create(spools, launch, stream, means.clock().now());
    }

    void dropped(StreamKind stream, long lines) {
        spoolDrops.add(origin(stream), lines);
    }

    /** Numbers lines, keeps them, and brings them to those who follow. {@return completed when more may be brought} */
    CompletableFuture<Void> keep(LineTable lines) {
        List<Follower> now;
        synchronized (following) {
            ring.addAll(lines);
            now = followers;
        }
        Waiting waiting = null;
        for (Follower follower : now) {
            waiting = waiting == null ? new Waiting() : waiting;
            waiting.add(follower.offer(lines, !mayDrop()));
        }
        return waiting == null ? SinkPort.GO_ON : waiting.all();
    }

    boolean isFollowed() {
        return !followers.isEmpty();
    }

    boolean keepsLines() {
        return spec.output().keptLines() > 0;
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Closes what is its own, when what is left of streams that were made to wait has been brought, or that takes too long;
     * what comes from then on goes nowhere.
     *
     * @return completed when that is so; what is held for targets may still be on its way
     */
    public CompletableFuture<Void> close() {
        LaunchOutput last = latest;
        CompletableFuture<Void> over = last == null ? SinkPort.GO_ON : last.over();
        if (!over.isDone()) {
            Cancellable limit = means.timer().schedule(OutputHub.CLOSE_LIMIT, this::closeNow);
            return over.thenRun(() -> {
                limit.cancel();
                closeNow();
            });
        }
        closeNow();
        return over;
    }

    private void closeNow() {
        if (closing.compareAndSet(false, true)) {
            closed = true;
            followers.forEach(Follower::close);
            onClose.accept(this);
        }
    }

    /** What users see. */
    private final class Logs implements ProcessLogs {

        @Override
        public List<LogLine> tail(int count) {
            return ring.tail(Require.atLeast(count, 0, "count"));
        }

        @Override
        public Subscription follow(long cursor, LogFollower consumer) {
            Require.argument(cursor >= 0, "cursor must be 0 or more, but is %d", cursor);
            Require.nonNull(consumer, "follower");
            Follower follower;
            synchronized (following) {
                Ring.Next kept = ring.after(cursor, Integer.MAX_VALUE);
                // Who asks for all that are kept misses none.
                long missed = cursor == 0 ? 0 : kept.missed();
                Follower[] self = new Follower[1];
                follower =
                        new Follower(spec.id(), cursor, kept.lines(), missed, consumer, means, () -> unfollow(self[0]));
                self[0] = follower;
                if (!closed) {
                    followers = Stream.concat(followers.stream(), Stream.of(follower))
                            .toList();
                }
            }
            follower.bringSoon();
            return follower;
        }

        private void unfollow(Follower follower) {
            synchronized (following) {
                followers = followers.stream()
                        .filter(other -> !other.equals(follower))
                        .toList();
            }
        }

        @Override
        public long latest() {
            return ring.latest();
        }
    }
}
