package io.hsu.internal.engine;

import io.hsu.ExitStatus;
import io.hsu.OutputCapture;
import io.hsu.ProcessSpec;
import io.hsu.ResourceUsage;
import io.hsu.StreamKind;
import io.hsu.internal.Require;
import io.hsu.internal.launch.LaunchListener;
import io.hsu.internal.launch.Launcher;
import io.hsu.internal.log.LaunchOutput;
import io.hsu.internal.log.ProcessOutput;
import io.hsu.internal.state.Spool;
import io.hsu.internal.state.StateDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which processes write to spools, and what earlier managers have left in them. */
final class SpoolRecovery {

    private static final Logger log = LoggerFactory.getLogger(SpoolRecovery.class);

    private final StateDirectory state;
    private final Launcher launcher;

    /** @param state where spools lie; null if nowhere */
    SpoolRecovery(StateDirectory state, Launcher launcher) {
        this.state = state;
        this.launcher = launcher;
    }

    /**
     * {@return where the spools of a process are made; null if its output comes through pipes}
     *
     * @throws IllegalArgumentException if it asks for spools, and there are none
     */
    Path directoryFor(ProcessSpec spec) {
        OutputCapture capture = spec.output().capture();
        if (capture == OutputCapture.SPOOL) {
            Require.argument(
                    state != null,
                    "process '%s': its output is to come through a spool, and the manager has no state directory; "
                            + "set stateDirectory(...) on the manager's builder, or capture AUTO or PIPE",
                    spec.id());
            Require.argument(
                    launcher.canSpool(),
                    "process '%s': its output is to come through a spool, which the %s launcher cannot; "
                            + "set capture AUTO or PIPE",
                    spec.id(),
                    launcher.name());
        }
        return capture == OutputCapture.PIPE || state == null || !launcher.canSpool() ? null : state.spools(spec.id());
    }

    /** Says what is left of processes that this manager does not know: nobody reads it. */
    void reportUnknown(Set<String> known) {
        Set<String> unknown = new TreeSet<>(state == null ? Set.of() : state.processesWithSpools());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            log.warn(
                    "{} holds output of processes that are not registered, {}; it is read when they are, or may be deleted",
                    state,
                    unknown);
        }
    }

    /**
     * Reads on what is left.
     *
     * @return the number of the latest launch that has left something; 0 if none has
     */
    long recover(ProcessSpec spec, ProcessOutput output) {
        if (state == null || !launcher.canSpool()) {
            return 0;
        }
        List<Spool> left = Spool.find(state.spools(spec.id()));
        Map<Long, LaunchOutput> launches = new ConcurrentHashMap<>();
        for (StreamKind stream : StreamKind.values()) {
            Queue<Spool> ofStream = new ConcurrentLinkedQueue<>(
                    left.stream().filter(spool -> spool.stream() == stream).toList());
            readNext(ofStream, spec, spool -> launches.computeIfAbsent(spool.launch(), output::launch));
        }
        return left.stream().mapToLong(Spool::launch).max().orElse(0);
    }

    /** One after the other, so that lines of one launch do not stand among those of the next; but nobody waits for a writer. */
    private void readNext(Queue<Spool> left, ProcessSpec spec, Function<Spool, LaunchOutput> launches) {
        boolean mayGoOn = true;
        for (Spool spool = left.poll(); spool != null; spool = mayGoOn ? left.poll() : null) {
            LaunchOutput launch = launches.apply(spool);
            try {
                log.info("process '{}': its {} is read on from {}", spec.id(), spool.stream(), spool);
                mayGoOn = launcher.follow(spool, spec.output(), new Left(launch, () -> readNext(left, spec, launches)));
            } catch (IOException | RuntimeException e) {
                spool.close();
                log.warn("process '{}': {} cannot be read, and stays there: {}", spec.id(), spool, e.toString());
            }
        }
    }

    /** What comes from a launch of an earlier manager. */
    private record Left(LaunchOutput launch, Runnable then) implements LaunchListener {

        @Override
        public CompletableFuture<Void> output(StreamKind stream, ByteBuffer bytes, Runnable whenTaken) {
            return launch.bytes(stream, bytes, whenTaken);
        }

        @Override
        public void outputDropped(StreamKind stream, long lines) {
            launch.dropped(stream, lines);
        }

        @Override
        public void outputEnded(StreamKind stream) {
            launch.end(stream);
            then.run();
        }

        @Override
        public void exited(ExitStatus status, ResourceUsage usage) {
            // Of such a launch, nobody tells.
        }
    }
}
