package io.hsu.testkit;

import io.hsu.LogTarget;
import io.hsu.OutputCapture;
import io.hsu.ProcessManager;
import io.hsu.ProcessManagerBuilder;
import io.hsu.Rotation;
import io.hsu.StreamKind;
import java.io.IOException;
import java.nio.file.Path;

/** A host application that is going to be killed: runs a script in some processes, whose output comes through spools. */
public final class SpoolHost {

    /** {@return a builder with the processes, the same for the host that dies and for the one that comes after it} */
    public static ProcessManagerBuilder builder(Path directory, int processes, String script, String mark) {
        ProcessManagerBuilder builder = ProcessManager.builder()
                .stateDirectory(directory.resolve("state"))
                .logDirectory(directory.resolve("logs"));
        for (int number = 0; number < processes; number++) {
            builder.process(
                    "p" + number,
                    p -> p.command("/bin/sh", "-c", script, "sh", directory.toString())
                            .environment(Marked.VARIABLE, mark)
                            .output(o -> o.capture(OutputCapture.SPOOL)
                                    .to(LogTarget.file("{process_id}.log")
                                            .only(StreamKind.STDOUT)
                                            .rotation(Rotation.none()))));
        }
        return builder;
    }

    /** Arguments: the directory, the number of processes, the script, the mark. */
    public static void main(String[] args) throws IOException {
        ProcessManager manager = builder(Path.of(args[0]), Integer.parseInt(args[1]), args[2], args[3])
                .build();
        manager.start();
        System.out.println("started");
        System.out.flush();
        while (System.in.read() >= 0) {
            // Until it is killed, or its parent has gone.
        }
        System.exit(1);
    }

    private SpoolHost() {}
}
