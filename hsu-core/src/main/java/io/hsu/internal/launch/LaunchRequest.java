package io.hsu.internal.launch;

import io.hsu.ProcessSpec;
import io.hsu.StreamKind;
import java.util.List;

/**
 * What is to be launched: a process's own command, or one that runs beside it in its environment and working directory. One
 * request serves for all launches of the same, so that a launcher can keep with it what it has worked out. Safe for use by
 * many threads.
 */
public final class LaunchRequest {

    private final ProcessSpec spec;
    private final List<String> command;
    private final boolean beside;
    private volatile Object prepared;

    private LaunchRequest(ProcessSpec spec, List<String> command, boolean beside) {
        this.spec = spec;
        this.command = command;
        this.beside = beside;
    }

    /** {@return the process's own command} */
    public static LaunchRequest of(ProcessSpec spec) {
        return new LaunchRequest(spec, spec.command(), false);
    }

    /** {@return a command that runs beside the process} */
    public static LaunchRequest beside(ProcessSpec spec, List<String> command) {
        return new LaunchRequest(spec, command, true);
    }

    /** {@return the process} */
    public ProcessSpec spec() {
        return spec;
    }

    /** {@return the executable and its arguments} */
    public List<String> command() {
        return command;
    }

    /** {@return whether it runs beside the process} */
    public boolean beside() {
        return beside;
    }

    /** {@return whether a stream is to be read} */
    public boolean captures(StreamKind stream) {
        return beside || spec.output().captures(stream);
    }

    /** {@return what a launcher has kept with it; null if nothing} */
    public Object prepared() {
        return prepared;
    }

    /** Keeps something for later launches. */
    public void prepared(Object kept) {
        prepared = kept;
    }
}
