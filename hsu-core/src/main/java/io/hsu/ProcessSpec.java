package io.hsu;

import io.hsu.spi.StopRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Everything that is fixed about a managed process. Immutable and safe for use by many threads; made by {@link
 * #builder}. {@link #toString()} shows no value of the environment.
 */
public final class ProcessSpec {

    private final String id;
    private final ProcessKind kind;
    private final Metadata metadata;
    private final ProcessProfile profile;
    private final boolean enabled;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Set<String> removedEnvironment;
    private final boolean inheritEnvironment;
    private final Path environmentFile;
    private final Path workingDirectory;
    private final Restart restart;
    private final List<HealthCheckSpec> healthChecks;
    private final List<Dependency> dependencies;
    private final Duration startTimeout;
    private final Duration stopTimeout;
    private final Signal stopSignal;
    private final StopRequest stopRequest;
    private final List<String> stopCommand;
    private final Set<Integer> successExitCodes;
    private final OutputSpec output;
    private final Map<LimitKind, Limit> limits;
    private final LaunchSettings launchSettings;
    private final Monitoring monitoring;
    private final boolean monitoringIsSet;

    ProcessSpec(ProcessSpecBuilder builder) {
        this.id = builder.id;
        this.kind = builder.kind;
        this.metadata = builder.metadata;
        this.profile = builder.profile;
        this.enabled = builder.enabled;
        this.command = List.copyOf(builder.command);
        this.environment = Map.copyOf(builder.environment);
        this.removedEnvironment = Set.copyOf(builder.removedEnvironment);
        this.inheritEnvironment = builder.inheritEnvironment;
        this.environmentFile = builder.environmentFile;
        this.workingDirectory = builder.workingDirectory;
        this.restart = builder.restart;
        this.healthChecks = builder.allHealthChecks();
        this.dependencies = List.copyOf(builder.dependencies.values());
        this.startTimeout = builder.startTimeout;
        this.stopTimeout = builder.stopTimeout;
        this.stopSignal = builder.stopSignal;
        this.stopRequest = builder.effectiveStopRequest();
        this.stopCommand = List.copyOf(builder.stopCommand);
        this.successExitCodes = Set.copyOf(builder.successExitCodes);
        this.output = builder.output;
        this.limits = Collections.unmodifiableMap(new EnumMap<>(builder.limits));
        this.launchSettings = builder.launchSettings;
        this.monitoring = builder.monitoring == null ? Monitoring.DEFAULT : builder.monitoring;
        this.monitoringIsSet = builder.monitoring != null;
    }

    /**
     * {@return a builder with the defaults}
     *
     * @param id 1 to 64 of letters, digits, {@code -} and {@code _}
     */
    public static ProcessSpecBuilder builder(String id) {
        return new ProcessSpecBuilder(id);
    }

    /** {@return a builder that begins with what this one says} */
    public ProcessSpecBuilder toBuilder() {
        ProcessSpecBuilder builder = new ProcessSpecBuilder(id);
        builder.kind = kind;
        builder.metadata = metadata;
        builder.profile = profile;
        builder.enabled = enabled;
        builder.command = command;
        builder.environment.putAll(environment);
        builder.removedEnvironment.addAll(removedEnvironment);
        builder.inheritEnvironment = inheritEnvironment;
        builder.environmentFile = environmentFile;
        builder.workingDirectory = workingDirectory;
        builder.restart = restart;
        builder.healthChecks.addAll(healthChecks);
        dependencies.forEach(dependency -> builder.dependencies.put(dependency.id(), dependency));
        builder.startTimeout = startTimeout;
        builder.stopTimeout = stopTimeout;
        builder.stopSignal = stopSignal;
        builder.stopRequest = stopRequest;
        builder.stopCommand = stopCommand;
        builder.successExitCodes = successExitCodes;
        builder.output = output;
        builder.limits.putAll(limits);
        builder.launchSettings = launchSettings;
        builder.monitoring = monitoringIsSet ? monitoring : null;
        return builder;
    }

    /** {@return the process's id} */
    public String id() {
        return id;
    }

    /** {@return what it is to its manager} */
    public ProcessKind kind() {
        return kind;
    }

    /** {@return what it is called among people} */
    public Metadata metadata() {
        return metadata;
    }

    /** {@return what kind of work it does} */
    public ProcessProfile profile() {
        return profile;
    }

    /** {@return whether {@link ProcessManager#start()} starts it} */
    public boolean enabled() {
        return enabled;
    }

    /** {@return the executable and its arguments} */
    public List<String> command() {
        return command;
    }

    /** {@return what is added to the environment} */
    public Map<String, String> environment() {
        return environment;
    }

    /** {@return the names taken out of the inherited environment} */
    public Set<String> removedEnvironment() {
        return removedEnvironment;
    }

    /** {@return whether it inherits the manager's environment} */
    public boolean inheritsEnvironment() {
        return inheritEnvironment;
    }

    /** {@return the file of {@code NAME=value} lines that is read at each start} */
    public Optional<Path> environmentFile() {
        return Optional.ofNullable(environmentFile);
    }

    /** {@return the working directory; empty: the manager's} */
    public Optional<Path> workingDirectory() {
        return Optional.ofNullable(workingDirectory);
    }

    /** {@return how it is restarted} */
    public Restart restart() {
        return restart;
    }

    /** {@return its health checks} */
    public List<HealthCheckSpec> healthChecks() {
        return healthChecks;
    }

    /** {@return the processes it waits for} */
    public List<Dependency> dependencies() {
        return dependencies;
    }

    /** {@return how long it may take to become ready} */
    public Duration startTimeout() {
        return startTimeout;
    }

    /** {@return how long it has to end before it is killed} */
    public Duration stopTimeout() {
        return stopTimeout;
    }

    /** {@return the signal that asks it to end} */
    public Signal stopSignal() {
        return stopSignal;
    }

    /** {@return what asks it to end first, before the command and the signal do} */
    public Optional<StopRequest> stopRequest() {
        return Optional.ofNullable(stopRequest);
    }

    /** {@return the command that asks it to end, before the signal does; empty: none} */
    public List<String> stopCommand() {
        return stopCommand;
    }

    /** {@return the exit codes that mean success} */
    public Set<Integer> successExitCodes() {
        return successExitCodes;
    }

    /** {@return where its output goes} */
    public OutputSpec output() {
        return output;
    }

    /** {@return how much it may take, in the order of {@link LimitKind}} */
    public List<Limit> limits() {
        return List.copyOf(limits.values());
    }

    /** {@return its limit of a kind} */
    public Optional<Limit> limit(LimitKind kind) {
        return Optional.ofNullable(limits.get(kind));
    }

    /** {@return how willingly it lets others have the processor; empty: as the manager} */
    public OptionalInt niceness() {
        return launchSettings.niceness();
    }

    /** {@return its share of the processor} */
    public OptionalInt cpuShares() {
        return launchSettings.cpuShares();
    }

    /** {@return its share of the disks} */
    public OptionalInt ioWeight() {
        return launchSettings.ioWeight();
    }

    /** {@return whether a system is tolerated that cannot do what niceness, shares and weight ask for} */
    public boolean isPriorityBestEffort() {
        return launchSettings.bestEffort();
    }

    /** {@return how large its core dumps may be, in bytes; {@link Long#MAX_VALUE}: of any size; empty: as the manager's} */
    public OptionalLong coreDumps() {
        return launchSettings.coreDumps();
    }

    /** {@return how it is measured} */
    public Monitoring monitoring() {
        return monitoring;
    }

    /** {@return whether that was set} If it was not, and there are no limits, samples are kept for ten minutes only. */
    public boolean isMonitoringSet() {
        return monitoringIsSet;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProcessSpec that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, command);
    }

    /** Everything that makes two specifications equal, in one place. */
    private List<Object> fields() {
        return List.of(
                id,
                kind,
                metadata,
                profile,
                enabled,
                command,
                environment,
                removedEnvironment,
                inheritEnvironment,
                environmentFile(),
                workingDirectory(),
                restart,
                healthChecks,
                dependencies,
                startTimeout,
                stopTimeout,
                stopSignal,
                stopRequest(),
                stopCommand,
                successExitCodes,
                output,
                limits,
                launchSettings,
                monitoring,
                monitoringIsSet);
    }

    @Override
    public String toString() {
        return "ProcessSpec[id=%s, command=%s, environment=%s, workingDirectory=%s, restart=%s, healthChecks=%s, dependencies=%s]"
                .formatted(id, command, environment.keySet(), workingDirectory, restart, healthChecks, dependencies);
    }
}
