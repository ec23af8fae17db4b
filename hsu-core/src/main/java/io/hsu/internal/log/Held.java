package io.hsu.internal.log;

import io.hsu.spi.LogSink;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What is held for a sink: lines, or bytes as they came. A copy, because what was read is read over. */
record Held(Origin origin, LineTable lines, LineFormat format, ByteBuffer raw, boolean beginsStream, Receipt receipt) {

    static Held of(LineTable lines, LineFormat format, Receipt receipt) {
        return new Held(lines.origin(), lines.copy(), format, null, false, receipt);
    }

    static Held of(Origin origin, ByteBuffer bytes, boolean beginsStream, Receipt receipt) {
        ByteBuffer copy =
                ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
        return new Held(origin, null, null, copy, beginsStream, receipt);
    }

    /** Bytes that were taken are not brought again. */
    void writeTo(LogSink sink) throws IOException {
        if (lines != null) {
            sink.write(new Batch(lines, format));
        } else {
            ((RawSink) sink).writeRaw(raw, beginsStream && raw.position() == 0);
        }
    }

    /** {@return how much room it takes} Of bytes, some may have been taken meanwhile; that does not change it. */
    long size() {
        return lines != null ? lines.size() : raw.limit();
    }

    /** {@return how many lines it is} */
    long count() {
        return lines != null ? lines.count() : NewlineCount.of(raw);
    }
}
