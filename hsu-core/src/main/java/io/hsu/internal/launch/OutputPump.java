package io.hsu.internal.launch;

import io.hsu.StreamKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one stream of a child to its end, on a thread of its own. */
final class OutputPump {

    private static final Logger log = LoggerFactory.getLogger(OutputPump.class);

    private final StreamKind stream;
    private final InputStream in;
    private final LaunchListener listener;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile long reads;

    OutputPump(StreamKind stream, InputStream in, LaunchListener listener) {
        this.stream = stream;
        this.in = in;
        this.listener = listener;
    }

    void start(ThreadFactory threads, String processId) {
        Thread thread = threads.newThread(() -> pump(processId));
        thread.setName("hsu-%s-%s".formatted(stream, processId));
        thread.start();
    }

    /** {@return completed when nobody writes to the stream any more} */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** {@return how often something was read so far} */
    long reads() {
        return reads;
    }

    private void pump(String processId) {
        try (in) {
            byte[] buffer = new byte[16 * 1024];
            long count = 0;
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                listener.output(stream, ByteBuffer.wrap(buffer, 0, length), null)
                        .join(); // the child waits, too
                reads = ++count;
            }
        } catch (IOException e) {
            log.debug("process '{}': its {} ended: {}", processId, stream, e.toString());
        } finally {
            listener.outputEnded(stream);
            ended.complete(null);
        }
    }
}
