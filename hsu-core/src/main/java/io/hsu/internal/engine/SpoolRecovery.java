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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
        Map<Long, LaunchOutput> launches = new HashMap<>();
        for (Spool spool : left) {
            LaunchOutput launch = launches.computeIfAbsent(spool.launch(), output::launch);
            try {
                launcher.follow(spool, spec.output(), new Left(launch));
                log.info("process '{}': its {} is read on from {}", spec.id(), spool.stream(), spool);
            } catch (IOException | RuntimeException e) {
                spool.close();
                log.warn("process '{}': {} cannot be read, and stays there: {}", spec.id(), spool, e.toString());
            }
        }
        return launches.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** What comes from a launch of an earlier manager. */
    private record Left(LaunchOutput launch) implements LaunchListener {

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
        }

        @Override
        public void exited(ExitStatus status, ResourceUsage usage) {
            // Of such a launch, nobody tells.
        }
    }
}
