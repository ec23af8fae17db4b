package io.hsu.internal.log;

import io.hsu.LogLine;
import io.hsu.OutputCapture;
import io.hsu.StreamKind;
import io.hsu.internal.state.Spool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way in for the output of one launch. A stream comes on one thread at a time, and its lines go through all there is to
 * them in that thread, but for targets that may take their time.
 */
public final class LaunchOutput {

    private static final Logger log = LoggerFactory.getLogger(LaunchOutput.class);

    private final ProcessOutput output;
    private final long launch;
    private final List<Consumer<LogLine>> listeners = new CopyOnWriteArrayList<>();
    private final Map<StreamKind, StreamOutput> streams = new EnumMap<>(StreamKind.class);

    LaunchOutput(ProcessOutput output, long launch) {
        this.output = output;
        this.launch = launch;
        for (StreamKind stream : StreamKind.values()) {
            streams.put(stream, new StreamOutput(output, this, stream));
        }
    }

    long launch() {
        return launch;
    }

    /** Adds someone who gets every line from now on. */
    public void addListener(Consumer<LogLine> listener) {
        listeners.add(listener);
    }

    boolean hasListeners() {
        return !listeners.isEmpty();
    }

    /**
     * Takes bytes of a stream; what is kept in memory has them before a target can hold them up.
     *
     * @param bytes good until this returns
     * @param whenTaken told when every target has them; null if nobody asks
     * @return completed when more may be brought
     */
    public CompletableFuture<Void> bytes(StreamKind stream, ByteBuffer bytes, Runnable whenTaken) {
        return streams.get(stream).take(bytes, whenTaken);
    }

    /** {@return moves what is in a pipe without anyone looking at it; null if somebody wants to look} */
    public PassThrough passThrough(StreamKind stream) {
        StreamOutput of = streams.get(stream);
        return of.mayPassThrough() ? of : null;
    }

    /** Hands on a last line that has no end: the stream is over. On the thread that has brought its bytes. */
    public void end(StreamKind stream) {
        streams.get(stream).end();
    }

    /** {@return the spool that a stream goes through; null for a pipe} */
    public Spool spool(StreamKind stream) throws IOException {
        return output.newSpool(launch, stream);
    }

    /** It must be a pipe instead, if that may be. */
    public void spoolFailed(StreamKind stream, IOException failure) throws IOException {
        if (output.spec().capture() == OutputCapture.SPOOL) {
            throw failure;
        }
        log.warn(
                "process '{}': its {} comes through a pipe, because there is no spool to be had: {}",
                output.processId(),
                stream,
                failure.toString());
    }

    /** Lines in the spool were passed over. */
    public void dropped(StreamKind stream, long lines) {
        output.dropped(stream, lines);
    }

    /** {@return the texts of the last lines, with those that have no end yet} Never waits for a target. */
    public List<String> lastLines(int count) {
        List<String> last = new ArrayList<>(output.keepsLines() ? output.lastLines(launch, count) : List.of());
        last.addAll(unkeptLines(count));
        return last.subList(Math.max(0, last.size() - count), last.size());
    }

    /** {@return completed when no stream that was made to wait has anything left} */
    CompletableFuture<Void> over() {
        return CompletableFuture.allOf(
                streams.values().stream().map(StreamOutput::over).toArray(CompletableFuture<?>[]::new));
    }

    /** {@return last lines that are not in memory} */
    List<String> unkeptLines(int count) {
        return streams.values().stream()
                .flatMap(stream -> stream.unkeptLines(count).stream())
                .toList();
    }

    void tellListeners(LineTable lines) {
        if (listeners.isEmpty()) {
            return;
        }
        for (int index = 0; index < lines.count(); index++) {
            LogLine line = lines.line(index);
            listeners.forEach(listener -> tell(listener, line));
        }
    }

    private void tell(Consumer<LogLine> listener, LogLine line) {
        try {
            listener.accept(line);
        } catch (RuntimeException | Error e) {
            // An Error too: a regular expression may overflow the stack on a long line, and the reading must go on.
            listeners.remove(listener);
            log.warn("process '{}': a listener to its output failed and gets no more of it", output.processId(), e);
        }
    }
}
