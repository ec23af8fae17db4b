package io.hsu.internal.launch.linux;

import io.hsu.internal.launch.LaunchedProcess.TreeMember;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a stopped tree go on if this manager dies before it does so itself: a shell waits for the end of its input, which the
 * kernel closes then. Used under the lock of the tree's stops.
 */
final class Lifeline implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Lifeline.class);

    /** Keeps the latest line; what a terminal sends to this manager's group is not meant for it. */
    private static final String SCRIPT =
            "trap '' INT QUIT HUP TERM TSTP; while read -r line; do pids=$line; done; kill -CONT $pids";

    /** Null if there is none. */
    private Process shell;

    private boolean failed;

    /** Sets who would be let go on. To be called before they are stopped. */
    void set(Collection<? extends TreeMember> members) {
        if (failed) {
            return;
        }
        try {
            if (shell == null) {
                shell = new ProcessBuilder("/bin/sh", "-c", SCRIPT)
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.DISCARD)
                        .start();
            }
            OutputStream input = shell.getOutputStream();
            input.write(line(members).getBytes(StandardCharsets.US_ASCII));
            input.flush();
        } catch (IOException e) {
            failed = true;
            log.warn("who is throttled would stay stopped if this manager died while it is stopped: {}", e.toString());
        }
    }

    private static String line(Collection<? extends TreeMember> members) {
        return members.stream().map(member -> Long.toString(member.pid())).collect(Collectors.joining(" ")) + "\n";
    }

    /** It is not needed any more. By KILL: it must not let anybody go on who is stopped for another reason. */
    @Override
    public void close() {
        if (shell != null) {
            shell.destroyForcibly();
            shell = null;
        }
    }
}
