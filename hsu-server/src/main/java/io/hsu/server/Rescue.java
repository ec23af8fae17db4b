package io.hsu.server;

import io.hsu.ProcessManager;
import java.io.PrintStream;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/**
 * Closes the manager at the ends of the JVM that do not pass by its orderly stop, such as HUP or an error that nobody
 * expected: no process is to be left behind. It never keeps the JVM from ending for longer than its bound.
 */
final class Rescue {

    private final PrintStream err;
    private final Duration most;

    /** Made beforehand: when they are needed, there may be no memory for them. */
    private final Thread closer;

    private final Thread hook = new Thread(this::close, "hsu-rescue");

    /**
     * @param manager the manager
     * @param most how long closing may take
     * @param err where it is told that this was not enough
     */
    Rescue(ProcessManager manager, Duration most, PrintStream err) {
        this.err = err;
        this.most = most;
        this.closer = new Thread(() -> tryToClose(manager), "hsu-rescue-close");
        closer.setDaemon(true);
    }

    /** Begins to watch for the end of the JVM. */
    void arm() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The orderly stop is done. */
    void disarm() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LoggerFactory.getLogger(Rescue.class).debug("the JVM is ending already");
        }
    }

    /** Closes the manager, once, and comes back in time even if the manager does not. */
    void close() {
        closer.start();
        try {
            closer.join(Math.max(1, most.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (closer.isAlive()) {
            err.println(
                    "hsu: the manager did not come to an end within %s; some processes may be left: look for them, and end them"
                            .formatted(EventPrinter.duration(most)));
        }
    }

    private void tryToClose(ProcessManager manager) {
        try {
            manager.close();
        } catch (RuntimeException e) {
            err.println("hsu: " + e.getMessage());
        }
    }
}
