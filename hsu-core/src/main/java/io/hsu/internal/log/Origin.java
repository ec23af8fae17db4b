package io.hsu.internal.log;

import io.hsu.LogField;
import io.hsu.LogParser;
import io.hsu.OutputSpec;
import io.hsu.StreamKind;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Where lines come from, and what is to be said about them. One for each stream of a process. */
final class Origin {

    private final String processId;
    private final StreamKind stream;
    private final byte[] processName;
    private final byte[] streamName;
    private final Set<LogField> fields;
    private final List<LogParser> parsers;
    private final StreamCounters counters = new StreamCounters();
    /** How many launches write this stream now: what outlives a launch may still write when the next one does. */
    private final AtomicInteger writers = new AtomicInteger();

    Origin(String processId, StreamKind stream, OutputSpec output) {
        this.processId = processId;
        this.stream = stream;
        this.processName = ByteArray.of(processId);
        this.streamName = ByteArray.of(stream.toString());
        this.fields = output.fields();
        this.parsers = output.parsers();
    }

    String processId() {
        return processId;
    }

    StreamKind stream() {
        return stream;
    }

    byte[] processName() {
        return processName;
    }

    byte[] streamName() {
        return streamName;
    }

    Set<LogField> fields() {
        return fields;
    }

    List<LogParser> parsers() {
        return parsers;
    }

    AtomicInteger writers() {
        return writers;
    }

    StreamCounters counters() {
        return counters;
    }
}
