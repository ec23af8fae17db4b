package io.hsu.spi;

import io.hsu.LogLevel;
import io.hsu.LogLine;
import io.hsu.StreamKind;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Lines of one stream of a process, in order. Good for the length of the call that brings it. */
public interface LogBatch {

    /** {@return the process} */
    String processId();

    /** {@return the stream} */
    StreamKind stream();

    /** {@return how many lines there are; at least one} */
    int size();

    /** {@return a line as a value of its own} */
    LogLine line(int index);

    /** {@return the level that a line says it has} */
    Optional<LogLevel> level(int index);

    /** {@return all lines in the target's format, with its prefix, each with a newline at its end; read-only} */
    ByteBuffer formatted();
}
