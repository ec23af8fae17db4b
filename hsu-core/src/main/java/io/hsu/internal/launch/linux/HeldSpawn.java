package io.hsu.internal.launch.linux;

import io.hsu.Signal;
import io.hsu.internal.linux.Gate;
import io.hsu.internal.linux.LibC;
import io.hsu.internal.linux.SmallFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has something done with a child before it executes its program. Whoever calls posix_spawn(3) sleeps until the child has
 * executed, and does not know its id before that: so another thread calls it, while this one waits for the child at a {@link
 * Gate}. The errors of the call stay its own, and nothing of the program has run unless all has been done.
 */
final class HeldSpawn {

    private static final long POLL = Duration.ofNanos(20_000).toNanos();

    private static final Logger log = LoggerFactory.getLogger(HeldSpawn.class);

    private final Executor pool;
    /** Once it has turned out that children cannot open the gate here, they are not held. */
    private volatile boolean impossible;

    private final AtomicBoolean told = new AtomicBoolean();

    HeldSpawn(Executor pool) {
        this.pool = pool;
    }

    /** Calls posix_spawn. */
    interface Call {
        /**
         * {@return its error number}
         *
         * @param gate null if the child is not to be held
         */
        int with(Gate gate);
    }

    /** What is to be done with the child. */
    interface Step {
        void with(int pid) throws IOException;
    }

    /** The child is there, and was killed, since what was to be done with it could not be. */
    static final class StepFailedException extends IOException {
        private static final long serialVersionUID = 1;

        StepFailedException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * Spawns.
     *
     * @param pid tells the child's id when the call has returned 0
     * @return the call's error number
     * @throws StepFailedException if the step fails; the child is there and dead, or will soon be
     */
    int spawn(Call call, IntSupplier pid, Step step) throws StepFailedException {
        Gate gate = impossible ? null : gate();
        if (gate == null) {
            return unheld(call, pid, step);
        }
        try (gate) {
            Attempt attempt = new Attempt(gate, call, step);
            int error = attempt.run();
            if (attempt.failure != null && error == 0) {
                kill(pid.getAsInt());
                throw new StepFailedException(attempt.failure);
            }
            if (attempt.done || (error != 0 && attempt.held)) {
                return error;
            }
            if (error == 0) { // it came past the gate
                tell("it could not be told which process waited");
                runStep(pid.getAsInt(), step);
                return 0;
            }
        }
        // Perhaps it was the gate that failed; if it was something else, that fails again.
        int error = unheld(call, pid, step);
        if (error == 0) {
            impossible = true;
            tell("the gate could not be opened");
        }
        return error;
    }

    private Gate gate() {
        try {
            return Gate.shut();
        } catch (IOException e) {
            tell(e.getMessage());
            return null;
        }
    }

    private void tell(String why) {
        if (told.compareAndSet(false, true)) {
            log.info("limits are set right after a program has begun, not before it: {}", why);
        }
    }

    private static int unheld(Call call, IntSupplier pid, Step step) throws StepFailedException {
        int error = call.with(null);
        if (error == 0) {
            runStep(pid.getAsInt(), step);
        }
        return error;
    }

    private static void runStep(int pid, Step step) throws StepFailedException {
        try {
            step.with(pid);
        } catch (IOException | RuntimeException e) {
            kill(pid);
            throw new StepFailedException(e);
        }
    }

    private static void kill(int child) {
        if (child > 0) {
            LibC.kill(child, Signal.KILL.number());
        }
    }

    /** One try. */
    private final class Attempt {
        private final Gate gate;
        private final Call call;
        private final Step step;
        private final CompletableFuture<Integer> answer = new CompletableFuture<>();
        /** The thread that calls; 0 before it does. */
        private volatile int thread;

        private boolean held;
        private boolean done;
        private Throwable failure;

        Attempt(Gate gate, Call call, Step step) {
            this.gate = gate;
            this.call = call;
            this.step = step;
        }

        int run() {
            pool.execute(this::call);
            while (!answer.isDone() && !gate.isKnockedAt()) {
                LockSupport.parkNanos(POLL);
            }
            int child = 0;
            try {
                if (!answer.isDone()) {
                    held = true;
                    child = heldChild();
                    if (child > 0) {
                        step.with(child);
                        done = true;
                    }
                }
            } catch (IOException | RuntimeException | Error e) {
                failure = e;
                kill(child); // before it can pass
            } finally {
                if (!gate.letPass() && held && failure == null) {
                    failure =
                            new IOException("this process was stopped for so long that the kernel let the child pass");
                }
            }
            return error();
        }

        private void call() {
            try {
                thread = LibC.gettid();
                answer.complete(call.with(gate));
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        }

        private int error() {
            try {
                return answer.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw e;
            }
        }

        /**
         * {@return the child that waits; 0 if that cannot be told} The newest of the thread's children, or nearly: those of threads
         * that have ended come behind it. Until it executes, it has its parent's name; and it has begun a session.
         */
        private int heldChild() {
            String task = "/proc/self/task/" + thread;
            String name = SmallFile.read(task + "/comm");
            String[] children = children(task + "/children").split(" ", -1);
            for (int index = children.length - 1; index >= 0; index--) {
                int child = children[index].isBlank() ? 0 : Integer.parseInt(children[index]);
                if (child > 0
                        && LibC.getsid(child) == child
                        && SmallFile.read("/proc/" + child + "/comm").equals(name)) {
                    return child;
                }
            }
            return 0;
        }

        /** {@return their ids; nothing where the kernel does not tell} */
        private static String children(String file) {
            String text = SmallFile.read(file);
            if (text.length() < SmallFile.SIZE) {
                return text;
            }
            try {
                return Files.readString(Path.of(file));
            } catch (IOException e) {
                return "";
            }
        }
    }
}
