package io.hsu.internal.log;

import io.hsu.LogFormat;
import io.hsu.LogTarget;
import io.hsu.OutputCounters;
import io.hsu.ProcessEvent;
import io.hsu.ProcessSpec;
import io.hsu.StreamKind;
import io.hsu.internal.Require;
import io.hsu.internal.time.Clock;
import io.hsu.internal.time.Timer;
import io.hsu.internal.time.Timer.Cancellable;
import io.hsu.spi.LogSink;
import io.hsu.spi.LogSinkContext;
import io.hsu.spi.Providers;
import io.hsu.spi.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the output of all processes of a manager goes: makes the sinks, sees that two do not write one file, and closes them.
 * Safe for use by many threads.
 */
public final class OutputHub {

    private static final Logger log = LoggerFactory.getLogger(OutputHub.class);

    /** How long what is held may take to be written in the end. */
    static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private static final String PROCESS_ID = "{process_id}";
    private static final Duration NO_THREAD = Duration.ofMillis(100);

    /**
     * What ports work with.
     *
     * @param pool where sinks may block
     */
    public record Means(Clock clock, Timer timer, Executor pool, Consumer<ProcessEvent> events) {

        /** Runs something in the pool, sooner or later. */
        void onPool(Runnable task) {
            try {
                pool.execute(task);
            } catch (RejectedExecutionException e) {
                task.run(); // the manager has ended, and this is what is left
            } catch (OutOfMemoryError e) {
                timer.schedule(NO_THREAD, () -> onPool(task)); // no thread is to be had now
            }
        }
    }

    /** A sink that may have several targets, because they name one file. */
    private static final class Shared {
        final SinkPort port;
        final LogTarget first;
        int users;

        Shared(SinkPort port, LogTarget first) {
            this.port = port;
            this.first = first;
        }
    }

    private final OutputSettings settings;
    private final Providers providers;
    private final Means means;
    private final String host = hostName();
    private final List<Feed> aggregates = new ArrayList<>();
    private final Map<Path, Shared> files = new HashMap<>(); // under its own lock
    private final Set<SinkPort> open = ConcurrentHashMap.newKeySet();
    private final Set<ProcessOutput> outputs = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile Cancellable report = Cancellable.NONE;

    /**
     * @throws IllegalArgumentException if one of the manager's own targets is wrong
     */
    public OutputHub(OutputSettings settings, Providers providers, Means means) {
        this.settings = settings;
        this.providers = providers;
        this.means = means;
        for (LogTarget target : settings.aggregates()) {
            Feed feed = feed("", target);
            feed.port().share(); // by all processes
            aggregates.add(feed);
        }
        reportLater();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /**
     * {@return where a process's output goes in}
     *
     * @param spools where its spools are made; null if it comes through pipes
     * @throws IllegalArgumentException if one of its targets is wrong
     */
    public ProcessOutput open(ProcessSpec spec, Path spools) {
        List<Feed> feeds = new ArrayList<>();
        try {
            for (LogTarget target : spec.output().targets()) {
                feeds.add(feed(spec.id(), target));
            }
        } catch (IllegalArgumentException e) {
            release(feeds);
            throw new IllegalArgumentException("process '%s': %s".formatted(spec.id(), e.getMessage()), e);
        }
        List<Feed> all = new ArrayList<>(feeds);
        if (spec.output().isAggregated()) {
            all.addAll(aggregates);
        }
        ProcessOutput output = new ProcessOutput(spec, all, spools, means, closed -> {
            outputs.remove(closed);
            release(feeds);
        });
        outputs.add(output);
        return output;
    }

    private Feed feed(String processId, LogTarget target) {
        refuseWhatWouldBeIgnored(processId, target);
        LineFormat format = LineFormat.of(target, settings.managerId(), host);
        LogSink sink = providers.logSink(target.type(), new Context(processId, target));
        if (!(sink instanceof FileSink file)) {
            return new Feed(opened(port(sink, processId, target, false)), format, target.streams());
        }
        synchronized (files) {
            Shared shared = files.get(file.path());
            if (shared == null) {
                shared = new Shared(opened(port(sink, processId, target, true)), target);
                files.put(file.path(), shared);
            } else {
                requireSame(shared.first, target, file);
                shared.port.share();
                shared.port.isAlsoOf(processId);
            }
            shared.users++;
            return new Feed(shared.port, format, target.streams());
        }
    }

    private static void refuseWhatWouldBeIgnored(String processId, LogTarget target) {
        boolean formatted =
                target.format() != LogFormat.PLAIN || !target.prefix().isEmpty();
        Require.argument(
                !(target.type().equals(LogTarget.SLF4J) && formatted),
                "its target slf4j has a format or a prefix; the logging framework decides how lines are written, so leave them out");
        Require.argument(
                target.format() != LogFormat.JSON || target.prefix().isEmpty(),
                "its target of type '%s' has the prefix '%s', which cannot stand before JSON; leave it out",
                target.type(),
                target.prefix());
        Require.argument(
                !processId.isEmpty()
                        || !String.valueOf(target.settings().get("path")).contains(PROCESS_ID),
                "the manager's own log file '%s' names a process, but gets the output of all; leave %s out",
                target.settings().get("path"),
                PROCESS_ID);
    }

    /** Two ways to rotate one file would be none, and there is one buffer for it. */
    private static void requireSame(LogTarget first, LogTarget other, FileSink file) {
        requireSame("rotation", first.rotation().orElseThrow(), other.rotation().orElseThrow(), file);
        requireSame("bufferSize", first.bufferSize(), other.bufferSize(), file);
        requireSame("flushInterval", first.flushInterval(), other.flushInterval(), file);
    }

    private static void requireSame(String setting, Object first, Object other, FileSink file) {
        Require.argument(
                first.equals(other),
                "its log file '%s' is another target's too, with another %s (%s, not %s); give both the same, or another file",
                file.path(),
                setting,
                first,
                other);
    }

    private SinkPort opened(SinkPort port) {
        open.add(port);
        return port;
    }

    private SinkPort port(LogSink sink, String processId, LogTarget target, boolean inline) {
        // What a provider's sink says of itself may be a secret.
        boolean isOurs = sink instanceof FileSink || sink instanceof PrintStreamSink || sink instanceof Slf4jSink;
        String name = isOurs ? sink.toString() : target.type();
        return new SinkPort(sink, name, processId, inline, target.bufferSize(), target.flushInterval(), means);
    }

    private void release(List<Feed> feeds) {
        for (Feed feed : feeds) {
            boolean last = true;
            if (feed.port().sink() instanceof FileSink file) {
                synchronized (files) {
                    Shared shared = files.get(file.path());
                    last = shared == null || --shared.users == 0;
                    if (last) {
                        files.remove(file.path());
                    }
                }
            }
            if (last) {
                close(feed.port());
            }
        }
    }

    private CompletableFuture<Void> close(SinkPort port) {
        return close(port, CLOSE_LIMIT);
    }

    private CompletableFuture<Void> close(SinkPort port, Duration limit) {
        CompletableFuture<Void> closed = port.close();
        if (!closed.isDone()) {
            Cancellable timer = means.timer().schedule(limit, () -> means.onPool(port::giveUp));
            closed.whenComplete((done, failed) -> {
                timer.cancel();
                open.remove(port);
            });
        } else {
            open.remove(port);
        }
        return closed;
    }

    /** Closes every sink. {@return completed when what was held has been written, or has had its time} */
    public CompletableFuture<Void> close() {
        closed = true;
        report.cancel();
        long begun = means.clock().nanos();
        CompletableFuture<Void> brought = CompletableFuture.allOf(
                outputs.stream().map(ProcessOutput::close).toArray(CompletableFuture<?>[]::new));
        CompletableFuture<Void> inTime = new CompletableFuture<>();
        brought.thenRun(() -> inTime.complete(null));
        Cancellable limit = means.timer().schedule(CLOSE_LIMIT, () -> inTime.complete(null));
        inTime.thenRun(limit::cancel);
        return inTime.thenCompose(done -> {
            Duration left = CLOSE_LIMIT.minusNanos(means.clock().nanos() - begun);
            return CompletableFuture.allOf(open.stream()
                    .map(port -> close(port, left.isNegative() ? Duration.ZERO : left))
                    .toArray(CompletableFuture<?>[]::new));
        });
    }

    // Reporting.

    private void reportLater() {
        if (settings.reportInterval() != null && !closed) {
            report = means.timer().schedule(settings.reportInterval(), () -> means.onPool(this::reportAll));
        }
    }

    private void reportAll() {
        for (ProcessOutput output : outputs) {
            output.counters().forEach((stream, counters) -> {
                if (!counters.equals(OutputCounters.NONE)) {
                    log.info(
                            "process '{}': {}: {} lines, {} bytes, {} dropped, {} split",
                            output.processId(),
                            stream,
                            counters.lines(),
                            counters.bytes(),
                            counters.dropped(),
                            counters.split());
                }
            });
        }
        reportLater();
    }

    /** What one sink is made for. */
    private final class Context implements LogSinkContext {
        private final String processId;
        private final LogTarget target;
        private final Settings read;

        Context(String processId, LogTarget target) {
            this.processId = processId;
            this.target = target;
            this.read = new Settings(target.settings());
        }

        @Override
        public LogTarget target() {
            return target;
        }

        @Override
        public Settings settings() {
            return read;
        }

        @Override
        public Optional<String> processId() {
            return Optional.of(processId).filter(id -> !id.isEmpty());
        }

        @Override
        public Optional<StreamKind> stream() {
            return target.streams().size() == 1
                    ? Optional.of(target.streams().iterator().next())
                    : Optional.empty();
        }

        @Override
        public Path file(String path) {
            String named =
                    path.replace("{stream}", stream().map(StreamKind::toString).orElse("output"));
            if (!processId.isEmpty()) {
                named = named.replace(PROCESS_ID, processId);
            }
            Path file = Path.of(named);
            Path directory = settings.directory();
            Require.argument(
                    file.isAbsolute() || directory != null,
                    "its log file '%s' is relative and the manager has no log directory; "
                            + "set logDirectory(...) on the manager's builder or give an absolute path",
                    path);
            if (!file.isAbsolute()) {
                file = (processId.isEmpty() ? directory : directory.resolve(settings.processDirectory())).resolve(file);
            }
            return real(file.toAbsolutePath().normalize());
        }

        /** Two names of one file must not be taken for two files. */
        private static Path real(Path file) {
            try {
                return Files.exists(file)
                        ? file.toRealPath()
                        : file.getParent().toRealPath().resolve(file.getFileName());
            } catch (IOException e) {
                return file; // its directory is not there yet
            }
        }

        @Override
        public InstantSource clock() {
            return means.clock()::now;
        }

        @Override
        public Executor background() {
            return means.pool();
        }
    }
}
