package io.hsu.testkit;

import io.hsu.Bytes;
import io.hsu.Limit;
import io.hsu.LimitAction;
import io.hsu.LimitEnforcement;
import io.hsu.Monitoring;
import io.hsu.ProcessManager;
import java.io.IOException;
import java.time.Duration;

/** A host application that is going to be killed, while it throttles a process. */
public final class ThrottlingHost {

    /** Argument: the mark. Says the process's id. */
    public static void main(String[] args) throws IOException {
        // Any process takes more than that; of memory only stops can take the edge off, whatever control groups there
        // are.
        Limit limit = Limit.memory(Bytes.kib(100)).then(LimitAction.THROTTLE).held(LimitEnforcement.WATCHED);
        ProcessManager manager = ProcessManager.builder()
                .process(
                        "it",
                        p -> p.command("/bin/sh", "-c", "while :; do :; done")
                                .environment(Marked.VARIABLE, args[0])
                                .limit(limit)
                                .monitoring(Monitoring.DEFAULT.every(Duration.ofMillis(200))))
                .build();
        manager.start();
        System.out.println(manager.status("it").pid().orElseThrow());
        System.out.flush();
        while (System.in.read() >= 0) {
            // Until it is killed, or its parent has gone.
        }
        System.exit(1);
    }

    private ThrottlingHost() {}
}
