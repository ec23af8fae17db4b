package io.hsu.internal.launch;

import io.hsu.Limit;
import io.hsu.ProcessSpec;
import io.hsu.StreamKind;
import io.hsu.internal.health.NotifyHealthCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be launched: a process's own command, or one that runs beside it in its environment and working directory. One
 * request serves for all launches of the same, so that a launcher can keep with it what it has worked out. Safe for use by
 * many threads.
 */
public final class LaunchRequest {

    private static final String PORT_OPTION = "--port";
    private static final String PORT_VARIABLE = "HSU_PORT";

    private final ProcessSpec spec;
    private final List<String> command;
    private final Map<String, String> environment;
    private final boolean beside;
    private final boolean notifies;
    private final List<Limit> limits;
    /** 0: none. */
    private final int port;

    private volatile Object prepared;

    private LaunchRequest(
            ProcessSpec spec,
            List<String> command,
            Map<String, String> environment,
            boolean beside,
            boolean notifies,
            int port,
            List<Limit> limits) {
        this.spec = spec;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.beside = beside;
        this.notifies = notifies;
        this.limits = limits;
        this.port = port;
    }

    /** {@return the process's own command} */
    public static LaunchRequest of(ProcessSpec spec) {
        Map<String, String> environment = new LinkedHashMap<>();
        boolean notifies = NotifyHealthCheck.isUsedBy(spec);
        if (notifies) {
            environment.putAll(NotifyHealthCheck.watchdogOf(spec));
        }
        return new LaunchRequest(spec, spec.command(), environment, false, notifies, 0, spec.limits());
    }

    /** {@return this one, with a port handed over} */
    public LaunchRequest withPort(int port) {
        List<String> withOption = new ArrayList<>(command);
        withOption.add(PORT_OPTION);
        withOption.add(Integer.toString(port));
        Map<String, String> withVariable = new LinkedHashMap<>(environment);
        withVariable.put(PORT_VARIABLE, Integer.toString(port));
        return new LaunchRequest(spec, withOption, withVariable, beside, notifies, port, limits);
    }

    /** {@return this one, with other limits than the specification's: some have been raised} */
    public LaunchRequest withLimits(List<Limit> adjusted) {
        LaunchRequest request =
                new LaunchRequest(spec, command, environment, beside, notifies, port, List.copyOf(adjusted));
        request.prepared = prepared; // the limits are no part of that
        return request;
    }

    /**
     * {@return a command that runs beside a launch of this one}
     *
     * <p>It knows the port, but has nothing to say for the process, and the process's limits are not its own.
     */
    public LaunchRequest beside(List<String> other) {
        Map<String, String> ofProcess = new LinkedHashMap<>(environment);
        ofProcess.keySet().retainAll(List.of(PORT_VARIABLE));
        return new LaunchRequest(spec, other, ofProcess, true, false, port, List.of());
    }

    /** {@return the process} */
    public ProcessSpec spec() {
        return spec;
    }

    /** {@return the executable and its arguments} */
    public List<String> command() {
        return command;
    }

    /** {@return what the manager adds to the environment of the specification} */
    public Map<String, String> environment() {
        return environment;
    }

    /** {@return whether it runs beside the process} */
    public boolean beside() {
        return beside;
    }

    /** {@return whether it is given a socket to notify the manager by} */
    public boolean notifies() {
        return notifies;
    }

    /** {@return what it may take} */
    public List<Limit> limits() {
        return limits;
    }

    /** {@return the port that it is handed over with; 0 if there is none} */
    public int port() {
        return port;
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
