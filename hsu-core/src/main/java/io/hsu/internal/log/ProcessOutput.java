package io.hsu.internal.log;

import io.hsu.LogLine;
import io.hsu.OutputSpec.Target;
import io.hsu.ProcessLogs;
import io.hsu.ProcessSpec;
import io.hsu.StreamKind;
import io.hsu.internal.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The output of one process over all its launches: kept in a ring, handed to its sinks. Safe for use by many threads.
 *
 * <p>A stream of a launch comes on one thread at a time, and is handed on in that thread: a sink that takes its time makes
 * the child wait, nobody else. A sink that fails is reported once, tried again with what comes next, and does not keep the
 * others from their share.
 */
public final class ProcessOutput implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ProcessOutput.class);

    private static final int MAX_SHOWN = 500;

    private final String processId;
    private final Clock clock;
    private final Ring ring;
    private final Map<StreamKind, List<GuardedSink>> sinks = new EnumMap<>(StreamKind.class);
    private final AtomicLong sequence = new AtomicLong();

    /**
     * @param logDirectory where relative files lie; may be null if there are none
     */
    public ProcessOutput(ProcessSpec spec, Path logDirectory, Clock clock) {
        this.processId = spec.id();
        this.clock = clock;
        this.ring = new Ring(spec.output().keptLines());
        for (StreamKind stream : StreamKind.values()) {
            sinks.put(stream, new ArrayList<>());
        }
        for (Target target : spec.output().targets()) {
            sinks.get(target.stream()).add(new GuardedSink(Sinks.of(processId, target, logDirectory)));
        }
    }

    /** {@return what is kept in memory} */
    public ProcessLogs logs() {
        return ring;
    }

    /** {@return the texts of the last lines} */
    public List<String> lastLines(int count) {
        return ring.tail(count).stream()
                .map(LogLine::text)
                .map(ProcessOutput::shown)
                .toList();
    }

    /** {@return the texts of the last lines of one launch} */
    public List<String> lastLines(long launch, int count) {
        return ring.tail(count).stream()
                .filter(line -> line.launch() == launch)
                .map(LogLine::text)
                .map(ProcessOutput::shown)
                .toList();
    }

    /** A line may be 64 KiB long; in a status or a message nobody reads so much. */
    private static String shown(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    /** {@return where a launch's output goes in} */
    public LaunchOutput launch(long number) {
        return new LaunchOutput(number);
    }

    @Override
    public void close() {
        sinks.values().forEach(each -> each.forEach(GuardedSink::close));
    }

    /** The way in for one launch. */
    public final class LaunchOutput {
        private final long launch;
        private final List<Consumer<LogLine>> listeners = new CopyOnWriteArrayList<>();
        private final Map<StreamKind, Lines> lines = new EnumMap<>(StreamKind.class);

        private LaunchOutput(long launch) {
            this.launch = launch;
            for (StreamKind stream : StreamKind.values()) {
                lines.put(stream, new Lines((text, split) -> line(stream, text, split)));
            }
        }

        /** Adds someone who gets every line from now on. */
        public void addListener(Consumer<LogLine> listener) {
            listeners.add(listener);
        }

        /** Takes bytes of a stream; what is kept in memory has them before a sink can hold them up. */
        public void bytes(StreamKind stream, byte[] bytes, int offset, int count) {
            lines.get(stream).feed(bytes, offset, count);
            for (GuardedSink sink : sinks.get(stream)) {
                sink.bytes(bytes, offset, count);
            }
        }

        /** Hands on a last line that has no end: the stream is over. On the thread that has brought its bytes. */
        public void end(StreamKind stream) {
            lines.get(stream).finish();
        }

        /** {@return the texts of the last lines, with those that have no end yet} Never waits for a sink. */
        public List<String> lastLines(int count) {
            List<String> last = new ArrayList<>(ProcessOutput.this.lastLines(launch, count));
            lines.values().stream()
                    .map(Lines::unfinished)
                    .filter(text -> !text.isEmpty())
                    .map(ProcessOutput::shown)
                    .forEach(last::add);
            return last.subList(Math.max(0, last.size() - count), last.size());
        }

        private void line(StreamKind stream, String text, boolean split) {
            LogLine line = new LogLine(sequence.incrementAndGet(), launch, clock.now(), stream, text, split);
            ring.add(line);
            listeners.forEach(listener -> tell(listener, line));
            for (GuardedSink sink : sinks.get(stream)) {
                sink.line(line);
            }
        }

        private void tell(Consumer<LogLine> listener, LogLine line) {
            try {
                listener.accept(line);
            } catch (RuntimeException | Error e) {
                // An Error too: a regular expression may overflow the stack on a long line, and the reading must go on.
                listeners.remove(listener);
                log.warn("process '{}': a listener to its output failed and gets no more of it", processId, e);
            }
        }
    }

    /** A sink that may fail. */
    private final class GuardedSink {
        private final Sink sink;
        // Apart: a sink takes the one or the other, and what it does not take always succeeds.
        private final AtomicBoolean bytesFail = new AtomicBoolean();
        private final AtomicBoolean linesFail = new AtomicBoolean();

        GuardedSink(Sink sink) {
            this.sink = sink;
        }

        void bytes(byte[] bytes, int offset, int count) {
            attempt(bytesFail, () -> sink.bytes(bytes, offset, count));
        }

        void line(LogLine line) {
            attempt(linesFail, () -> sink.line(line));
        }

        void close() {
            try {
                sink.close();
            } catch (IOException e) {
                report(bytesFail, e);
            }
        }

        private void attempt(AtomicBoolean failing, Attempt attempt) {
            try {
                attempt.run();
                if (failing.get() && failing.compareAndSet(true, false)) {
                    log.info("process '{}': its output goes to {} again", processId, sink);
                }
            } catch (IOException | RuntimeException | Error e) {
                report(failing, e);
            }
        }

        private void report(AtomicBoolean failing, Throwable e) {
            if (failing.compareAndSet(false, true)) {
                log.warn(
                        "process '{}': its output cannot go to {}: {}; it is tried again with what comes next",
                        processId,
                        sink,
                        e.toString());
            }
        }
    }

    /** What a sink is asked to do. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException;
    }
}
