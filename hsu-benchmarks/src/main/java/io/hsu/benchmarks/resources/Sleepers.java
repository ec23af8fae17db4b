package io.hsu.benchmarks.resources;

import io.hsu.benchmarks.support.Programs;
import io.hsu.benchmarks.support.Session;
import java.io.IOException;
import java.util.List;

/** Idle processes to be measured: children of a shell. */
final class Sleepers {

    private static final String SCRIPT =
            "i=0; while [ $i -lt \"$1\" ]; do sleep 100000 & i=$((i+1)); done; echo ready; wait";
    private static final long BETWEEN_LOOKS_MILLIS = 50;

    /** {@return the ids of so many new ones} They end with the session. */
    static List<Long> start(Session session, int count) throws IOException, InterruptedException {
        Programs.require("sleep");
        Process shell = session.start(List.of("/bin/sh", "-c", SCRIPT, "sh", Integer.toString(count)));
        while (shell.isAlive()) {
            // The shell tells when it has forked; each is another program a little later.
            List<Long> all = session.processes().stream()
                    .filter(pid -> pid != shell.pid())
                    .toList();
            if (all.size() == count && session.output().equals("ready")) {
                return all;
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        throw new IOException("the shell that starts the processes to be measured has ended: " + session.output());
    }

    private Sleepers() {}
}
