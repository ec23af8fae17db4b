package io.hsu;

import io.hsu.internal.Require;
import io.hsu.internal.engine.Engine;
import io.hsu.internal.engine.EngineSettings;
import io.hsu.internal.engine.Seams;
import io.hsu.internal.log.OutputSettings;
import io.hsu.spi.HealthCheckProvider;
import io.hsu.spi.LogSinkProvider;
import io.hsu.spi.Providers;
import io.hsu.spi.ResourceMonitor;
import io.hsu.spi.ResourceMonitorProvider;
import io.hsu.spi.RestartPolicyProvider;
import io.hsu.spi.StopRequestProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Builds a {@link ProcessManager}. Not safe for use by many threads. */
public final class ProcessManagerBuilder {

    private final Map<String, ProcessSpec> processes = new LinkedHashMap<>();
    private final List<Consumer<? super ProcessEvent>> listeners = new ArrayList<>();
    private final Providers.Builder providers = Providers.builder();
    private final List<LogTarget> aggregates = new ArrayList<>();
    private String managerId = "hsu";
    private Path logDirectory;
    private String processLogDirectory = "managed_processes";
    private Path stateDirectory;
    private Duration outputReportInterval;
    private Duration forceShutdownTimeout = Duration.ofSeconds(30);
    private LauncherType launcher = LauncherType.AUTO;
    private Consumer<? super ProcessEvent.LimitViolated> alerts;
    private Seams seams;

    ProcessManagerBuilder() {}

    /** Adds a process. */
    public ProcessManagerBuilder process(String id, Consumer<ProcessSpecBuilder> specification) {
        ProcessSpecBuilder builder = ProcessSpec.builder(id);
        specification.accept(builder);
        return process(builder.build());
    }

    /** Adds a process that {@linkplain ProcessKind#INTEGRATED takes part}. */
    public ProcessManagerBuilder integratedProcess(String id, Consumer<ProcessSpecBuilder> specification) {
        ProcessSpecBuilder builder = ProcessSpec.builder(id).integrated();
        specification.accept(builder);
        return process(builder.build());
    }

    /**
     * Adds a process.
     *
     * @throws IllegalArgumentException if its id is taken
     */
    public ProcessManagerBuilder process(ProcessSpec spec) {
        Require.argument(!processes.containsKey(spec.id()), "process '%s' is there twice; ids must differ", spec.id());
        processes.put(spec.id(), spec);
        return this;
    }

    /** Adds a listener, as {@link ProcessManager#addListener} does; it hears of everything from the first event on. */
    public ProcessManagerBuilder listener(Consumer<? super ProcessEvent> listener) {
        listeners.add(Require.nonNull(listener, "listener"));
        return this;
    }

    /** Adds a restart policy; it is preferred to one of the same name that {@link java.util.ServiceLoader} finds. */
    public ProcessManagerBuilder restartPolicy(RestartPolicyProvider provider) {
        providers.restartPolicy(provider);
        return this;
    }

    /** Adds a kind of health check; it is preferred to one of the same type that {@link java.util.ServiceLoader} finds. */
    public ProcessManagerBuilder healthCheck(HealthCheckProvider provider) {
        providers.healthCheck(provider);
        return this;
    }

    /** Adds a way to ask processes to stop; it is preferred to one of the same type that {@link java.util.ServiceLoader} finds. */
    public ProcessManagerBuilder stopRequest(StopRequestProvider provider) {
        providers.stopRequest(provider);
        return this;
    }

    /** Adds a kind of log target; it is preferred to one of the same type that {@link java.util.ServiceLoader} finds. */
    public ProcessManagerBuilder logSink(LogSinkProvider provider) {
        providers.logSink(provider);
        return this;
    }

    /**
     * Adds a way to measure processes. What is added here is preferred to what {@link java.util.ServiceLoader} finds; of
     * several, the one of the highest priority is used that works on this system.
     */
    public ProcessManagerBuilder resourceMonitor(ResourceMonitorProvider provider) {
        providers.resourceMonitor(provider);
        return this;
    }

    /** Measures processes with this monitor, for one manager, which closes it. */
    public ProcessManagerBuilder resourceMonitor(ResourceMonitor monitor) {
        return resourceMonitor(new GivenMonitor(Require.nonNull(monitor, "monitor")));
    }

    /**
     * Adds a target that gets the output of all processes, unless {@link OutputSpec.Builder#aggregated} says otherwise. A
     * relative file lies in the log directory itself.
     */
    public ProcessManagerBuilder aggregate(LogTarget target) {
        aggregates.add(Require.nonNull(target, "target"));
        return this;
    }

    /** Sets what this manager is called in {@link LogField#MANAGER_ID}. Default: {@code hsu}. */
    public ProcessManagerBuilder managerId(String id) {
        this.managerId = Require.nonBlank(id, "managerId");
        return this;
    }

    /**
     * Sets who is told of broken limits whose action is {@link LimitAction#ALERT}. It is called as listeners are: in order, one call
     * at a time, and if it throws or blocks that harms no process. Default: nobody, and it is logged.
     */
    public ProcessManagerBuilder onAlert(Consumer<? super ProcessEvent.LimitViolated> handler) {
        this.alerts = Require.nonNull(handler, "handler");
        return this;
    }

    /** Sets where {@link java.util.ServiceLoader} looks for providers. Default: the loader of this library. */
    public ProcessManagerBuilder classLoader(ClassLoader classLoader) {
        providers.classLoader(classLoader);
        return this;
    }

    /**
     * Sets the directory that relative log files lie in, made when it is needed. Without one, a process whose output goes
     * to a relative file is refused.
     */
    public ProcessManagerBuilder logDirectory(Path directory) {
        this.logDirectory = Require.nonNull(directory, "directory");
        return this;
    }

    /**
     * Sets the folder of the log directory that the relative files of processes lie in. Default: {@code managed_processes}.
     */
    public ProcessManagerBuilder processLogDirectory(String name) {
        Require.noNul(Require.nonBlank(name, "processLogDirectory"), "processLogDirectory");
        Require.argument(
                !Path.of(name).isAbsolute(),
                "processLogDirectory must be relative to the log directory, but is '%s'",
                name);
        this.processLogDirectory = name;
        return this;
    }

    /**
     * Sets the directory that holds what must outlive the host, made when it is needed, for its owner's eyes only. With one,
     * output comes through {@linkplain OutputCapture#SPOOL spools} where the launcher can: processes outlive the host, and
     * the next manager with this directory reads on. One manager at a time may have it. Default: none.
     */
    public ProcessManagerBuilder stateDirectory(Path directory) {
        this.stateDirectory = Require.nonNull(directory, "directory");
        return this;
    }

    /** Logs what has come from each process, and what was dropped of it, at intervals, at level INFO. Default: never. */
    public ProcessManagerBuilder reportOutputEvery(Duration interval) {
        this.outputReportInterval = Require.positive(interval, "interval");
        return this;
    }

    /** Sets how long {@link ProcessManager#close()} lets an orderly stop take before it kills. Default: 30 seconds. */
    public ProcessManagerBuilder forceShutdownTimeout(Duration timeout) {
        this.forceShutdownTimeout = Require.notNegative(timeout, "forceShutdownTimeout");
        return this;
    }

    /**
     * Sets what makes the processes. Default: {@link LauncherType#AUTO}, which the system property {@code hsu.launcher}
     * ({@code linux}, {@code portable}) overrules.
     */
    public ProcessManagerBuilder launcher(LauncherType launcher) {
        this.launcher = Require.nonNull(launcher, "launcher");
        return this;
    }

    /** Hands in time, threads and launcher: for tests. */
    ProcessManagerBuilder seams(Seams seams) {
        this.seams = seams;
        return this;
    }

    /** {@return the processes added so far} */
    public List<ProcessSpec> processes() {
        return List.copyOf(processes.values());
    }

    /**
     * {@return the manager; nothing is started yet}
     *
     * @throws IllegalArgumentException if a dependency is not registered or leads in a circle (the message shows the
     *     circle), a named policy or check is unknown, or a log file has no directory
     * @throws UnsupportedOperationException if the Linux launcher is asked for, here or by the system property, and does
     *     not work on this system
     */
    public ProcessManager build() {
        return Engine.create(
                new EngineSettings(
                        List.copyOf(processes.values()),
                        List.copyOf(listeners),
                        providers.discover(),
                        new OutputSettings(
                                managerId,
                                logDirectory,
                                processLogDirectory,
                                List.copyOf(aggregates),
                                outputReportInterval),
                        stateDirectory,
                        alerts,
                        forceShutdownTimeout),
                seams == null ? Seams.system(launcher) : seams);
    }
}
