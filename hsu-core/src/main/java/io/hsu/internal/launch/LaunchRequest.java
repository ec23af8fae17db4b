package io.hsu.internal.launch;

import io.hsu.ProcessSpec;
import io.hsu.StreamKind;
import java.util.List;

/**
 * What is to be launched: a process's own command, or one that runs beside it in its environment and working directory.
 *
 * @param spec the process
 * @param command the executable and its arguments
 * @param beside whether it runs beside the process
 */
public record LaunchRequest(ProcessSpec spec, List<String> command, boolean beside) {

    /** {@return the process's own command} */
    public static LaunchRequest of(ProcessSpec spec) {
        return new LaunchRequest(spec, spec.command(), false);
    }

    /** {@return a command that runs beside the process} */
    public static LaunchRequest beside(ProcessSpec spec, List<String> command) {
        return new LaunchRequest(spec, command, true);
    }

    /** {@return whether a stream is to be read} */
    public boolean captures(StreamKind stream) {
        return beside || spec.output().captures(stream);
    }
}
