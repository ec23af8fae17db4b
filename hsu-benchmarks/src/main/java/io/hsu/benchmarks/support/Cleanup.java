package io.hsu.benchmarks.support;

/** Something to be done in the end, once: when this is closed, or when the JVM is ended before, as by Ctrl-C. */
public final class Cleanup implements AutoCloseable {

    private final Runnable work;
    private final Thread hook = new Thread(this::run, "cleanup");
    private boolean done;

    /**
     * Takes on what is to be done.
     *
     * @throws IllegalStateException if the JVM is ending already; it is done then
     */
    public Cleanup(Runnable work) {
        this.work = work;
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            run();
            throw e;
        }
    }

    /** Whoever comes second waits for the first one. */
    private synchronized void run() {
        if (!done) {
            done = true;
            work.run();
        }
    }

    @Override
    public void close() {
        run();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending; the hook has nothing left to do.
        }
    }
}
