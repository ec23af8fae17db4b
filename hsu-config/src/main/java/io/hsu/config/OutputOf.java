package io.hsu.config;

import io.hsu.StreamKind;
import java.util.Locale;
import java.util.Optional;

/**
 * Whose output a list of log targets is for.
 *
 * @param process the process; empty: all of them together
 * @param stream the stream; empty: both
 */
record OutputOf(Optional<String> process, Optional<StreamKind> stream) {

    static final OutputOf ALL = new OutputOf(Optional.empty(), Optional.empty());

    static OutputOf of(String process) {
        return new OutputOf(Optional.of(process), Optional.empty());
    }

    /** {@return a path with what its placeholders stand for, as the manager has it} */
    String inPath(String path) {
        String named = path.replace(
                "{stream}",
                stream.map(kind -> kind.name().toLowerCase(Locale.ROOT)).orElse("output"));
        return process.map(id -> named.replace("{process_id}", id)).orElse(named);
    }

    OutputOf only(StreamKind kind) {
        return new OutputOf(process, Optional.of(kind));
    }
}
