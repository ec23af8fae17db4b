package io.hsu.internal.log;

import io.hsu.LogLevel;
import io.hsu.LogLine;
import io.hsu.StreamKind;
import io.hsu.spi.LogBatch;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Lines as a sink sees them. */
final class Batch implements LogBatch {

    /** Formatted lines are made anew for each sink, in the thread that brings them. */
    private static final ThreadLocal<ByteArray> FORMATTED = ThreadLocal.withInitial(ByteArray::new);

    private final LineTable lines;
    private final LineFormat format;

    Batch(LineTable lines, LineFormat format) {
        this.lines = lines;
        this.format = format;
    }

    @Override
    public String processId() {
        return lines.origin().processId();
    }

    @Override
    public StreamKind stream() {
        return lines.origin().stream();
    }

    @Override
    public int size() {
        return lines.count();
    }

    @Override
    public LogLine line(int index) {
        return lines.line(checked(index));
    }

    @Override
    public Optional<LogLevel> level(int index) {
        return Optional.ofNullable(lines.level(checked(index)));
    }

    private int checked(int index) {
        return java.util.Objects.checkIndex(index, lines.count());
    }

    @Override
    public ByteBuffer formatted() {
        ByteArray out = FORMATTED.get();
        out.clear();
        for (int index = 0; index < lines.count(); index++) {
            format.write(lines, index, out);
        }
        return ByteBuffer.wrap(out.bytes(), 0, out.length()).asReadOnlyBuffer();
    }
}
