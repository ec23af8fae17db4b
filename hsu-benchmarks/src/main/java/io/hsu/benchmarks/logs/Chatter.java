package io.hsu.benchmarks.logs;

import io.hsu.benchmarks.support.CProgram;
import io.hsu.benchmarks.support.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A child that writes {@link NumberedLines} as fast as it can: in C, or in shell where there is no C compiler. */
final class Chatter implements AutoCloseable {

    private static final String SHELL_LOOP =
            "n=0; while :; do n=$((n + 1)); printf '#%0" + NumberedLines.DIGITS + "d%s\\n' \"$n\" \"$0\"; done";

    private final Optional<CProgram> program;

    private Chatter(Optional<CProgram> program) {
        this.program = program;
    }

    static Chatter compile() throws IOException, InterruptedException {
        return new Chatter(CProgram.compile(Chatter.class, "chatter.c"));
    }

    String language() {
        return program.isPresent() ? "C" : "shell";
    }

    /**
     * {@return a command that waits until somebody opens a FIFO for writing, and then writes for so long}
     *
     * @param time whole seconds
     */
    List<String> command(Path fifo, Duration time) {
        String seconds = Long.toString(time.toSeconds());
        return program.map(c -> List.of(c.binary().toString(), fifo.toString(), seconds, NumberedLines.FILLER))
                .orElseGet(() -> List.of(
                        "/bin/sh",
                        "-c",
                        ": < \"$0\"; exec \"$@\"",
                        fifo.toString(),
                        Programs.require("timeout").toString(),
                        seconds,
                        "/bin/sh",
                        "-c",
                        SHELL_LOOP,
                        NumberedLines.FILLER));
    }

    @Override
    public void close() {
        program.ifPresent(CProgram::close);
    }
}
