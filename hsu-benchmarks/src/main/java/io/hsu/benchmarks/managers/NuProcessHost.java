package io.hsu.benchmarks.managers;

import com.zaxxer.nuprocess.NuAbstractProcessHandler;
import com.zaxxer.nuprocess.NuProcessBuilder;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Runs children with NuProcess, and starts anew what has ended. */
final class NuProcessHost {

    private final Children children;
    /** A start inside a callback would hold up NuProcess's own thread. */
    private final Executor restarts = Executors.newSingleThreadExecutor();

    private NuProcessHost(Children children) {
        this.children = children;
    }

    /**
     * Runs children until it is killed.
     *
     * @param args which children, see {@link Children#toArguments}
     */
    public static void main(String[] args) throws InterruptedException {
        NuProcessHost host = new NuProcessHost(Children.parse(args[0], args[1], args[2]));
        for (int i = 0; i < host.children.count(); i++) {
            host.start(i);
        }
        Thread.currentThread().join(); // for ever
    }

    private void start(int index) {
        new NuProcessBuilder(new Restarting(index), children.command(index)).start();
    }

    private final class Restarting extends NuAbstractProcessHandler {
        private final int index;

        Restarting(int index) {
            this.index = index;
        }

        @Override
        public void onExit(int code) {
            restarts.execute(() -> start(index));
        }
    }
}
