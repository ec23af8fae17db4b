package io.hsu.config;

import io.hsu.StreamKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code outputs}: who gets the lines. A list replaces a whole list. */
record LogOutputs(
        Optional<List<PlacedTarget>> stdout,
        Optional<List<PlacedTarget>> stderr,
        Optional<List<PlacedTarget>> forwarding) {

    static final LogOutputs NONE = new LogOutputs(Optional.empty(), Optional.empty(), Optional.empty());

    static LogOutputs read(Block block, OutputOf output, TargetReader reader) {
        LogOutputs separate = block.block(
                        "separate",
                        Section.SEPARATE,
                        streams -> new LogOutputs(
                                reader.read(streams, "stdout", output.only(StreamKind.STDOUT)),
                                reader.read(streams, "stderr", output.only(StreamKind.STDERR)),
                                Optional.empty()))
                .orElse(NONE);
        return new LogOutputs(separate.stdout(), separate.stderr(), reader.read(block, "forwarding", output));
    }

    LogOutputs over(LogOutputs below) {
        return new LogOutputs(stdout.or(below::stdout), stderr.or(below::stderr), forwarding.or(below::forwarding));
    }

    /** {@return all of them, in the order in which they get a line} */
    List<PlacedTarget> all() {
        return Stream.of(stdout, stderr, forwarding)
                .flatMap(Optional::stream)
                .flatMap(List::stream)
                .toList();
    }
}
