package io.hsu.internal.log;

import io.hsu.StreamKind;
import java.util.Set;

/**
 * What brings a process's lines to one target.
 *
 * @param streams the streams it gets
 * @param format how it gets them
 */
record Feed(SinkPort port, LineFormat format, Set<StreamKind> streams) {

    boolean gets(StreamKind stream) {
        return streams.contains(stream);
    }

    /** {@return whether the bytes of a stream can go there as they come, line ends wherever they are} */
    boolean isRaw() {
        return streams.size() == 1 && format.isVerbatim() && port.isInline() && port.sink() instanceof RawSink;
    }
}
