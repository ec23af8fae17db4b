package io.hsu;

import io.hsu.internal.Require;
import io.hsu.internal.health.NamedStopRequest;
import io.hsu.spi.HealthCheck;
import io.hsu.spi.StopRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Builds a {@link ProcessSpec}. Only {@link #command} is required. Not safe for use by many threads.
 *
 * <p>A wrong value is refused where it is set, with an {@link IllegalArgumentException}; what only shows in the whole,
 * by {@link #build()} with an {@link IllegalStateException}.
 */
public final class ProcessSpecBuilder {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    final String id;
    ProcessKind kind = ProcessKind.STANDARD;
    Metadata metadata = Metadata.NONE;
    ProcessProfile profile = ProcessProfile.DEFAULT;
    boolean enabled = true;
    List<String> command = List.of();
    final Map<String, String> environment = new LinkedHashMap<>();
    final Set<String> removedEnvironment = new LinkedHashSet<>();
    boolean inheritEnvironment = true;
    Path environmentFile;
    Path workingDirectory;
    Restart restart = Restart.onFailure();
    final List<HealthCheckSpec> healthChecks = new ArrayList<>();
    final Map<String, Dependency> dependencies = new LinkedHashMap<>();
    Duration startTimeout = Duration.ofSeconds(10);
    Duration stopTimeout = Duration.ofSeconds(10);
    Signal stopSignal = Signal.TERM;
    StopRequest stopRequest;
    List<String> stopCommand = List.of();
    Set<Integer> successExitCodes = Set.of(0);
    OutputSpec output = OutputSpec.builder().build();
    final Map<LimitKind, Limit> limits = new EnumMap<>(LimitKind.class);
    LaunchSettings launchSettings = LaunchSettings.NONE;
    /** Null if nothing was said. */
    Monitoring monitoring;

    ProcessSpecBuilder(String id) {
        Require.nonNull(id, "id");
        Require.argument(
                ID.matcher(id).matches(),
                "process id '%s' is not allowed: 1 to 64 of letters, digits, '-' and '_' (it becomes a file name)",
                id.length() > 80 ? id.substring(0, 80) + "…" : id);
        this.id = id;
    }

    /**
     * Sets the executable and its arguments; no shell is involved.
     *
     * @param executable a path, or a bare name that is looked up in the child's PATH; a relative path is relative to the
     *     manager's current directory
     * @param arguments its arguments
     */
    public ProcessSpecBuilder command(String executable, String... arguments) {
        List<String> all = new ArrayList<>();
        all.add(executable);
        all.addAll(Arrays.asList(arguments));
        return command(all);
    }

    /** Sets the executable and its arguments, as {@link #command(String, String...)} does. */
    public ProcessSpecBuilder command(List<String> command) {
        this.command = checkedCommand(command, "command");
        return this;
    }

    /**
     * Makes it a process that {@linkplain ProcessKind#INTEGRATED takes part}. Unless one is set, it gets a liveness check of type
     * {@code grpc} (in {@code hsu-health}) at its port, and unless a stop request or a stop command is set, the stop request of type
     * {@code grpc}, where that module is there.
     */
    public ProcessSpecBuilder integrated() {
        this.kind = ProcessKind.INTEGRATED;
        return this;
    }

    /** Sets what it is called among people. */
    public ProcessSpecBuilder metadata(Metadata metadata) {
        this.metadata = Require.nonNull(metadata, "metadata");
        return this;
    }

    /** Sets what kind of work it does. Default: {@link ProcessProfile#DEFAULT}. */
    public ProcessSpecBuilder profile(ProcessProfile profile) {
        this.profile = Require.nonNull(profile, "profile");
        return this;
    }

    /** Sets whether {@link ProcessManager#start()} starts it. Default: true. */
    public ProcessSpecBuilder enabled(boolean enabled) {
        this.enabled = enabled;
        return this;
    }

    /** Adds a variable to the environment, over an inherited one and one from the file. */
    public ProcessSpecBuilder environment(String name, String value) {
        Require.noNul(Require.nonBlank(name, "name"), "name");
        Require.argument(name.indexOf('=') < 0, "environment variable name '%s' must not contain '='", name);
        environment.put(name, Require.noNul(Require.nonNull(value, "value"), "the value of " + name));
        return this;
    }

    /** Adds variables to the environment. */
    public ProcessSpecBuilder environment(Map<String, String> variables) {
        Require.nonNull(variables, "variables").forEach(this::environment);
        return this;
    }

    /** Takes a variable out of the inherited environment. */
    public ProcessSpecBuilder removeEnvironment(String name) {
        removedEnvironment.add(Require.nonBlank(name, "name"));
        return this;
    }

    /** Inherits nothing of the manager's environment. */
    public ProcessSpecBuilder clearEnvironment() {
        this.inheritEnvironment = false;
        return this;
    }

    /** Adds a file of {@code NAME=value} lines (blank ones and those that begin with {@code #} count as none), read at each start. */
    public ProcessSpecBuilder environmentFile(Path file) {
        this.environmentFile = Require.nonNull(file, "file");
        return this;
    }

    /** Sets the working directory. Default: the manager's current directory. */
    public ProcessSpecBuilder workingDirectory(Path directory) {
        this.workingDirectory = Require.nonNull(directory, "directory");
        return this;
    }

    /** Sets whether, how often and how fast it is restarted. Default: {@link Restart#onFailure()}. */
    public ProcessSpecBuilder restart(Restart restart) {
        this.restart = Require.nonNull(restart, "restart");
        return this;
    }

    /** Adds a liveness check with the defaults: failing restarts. */
    public ProcessSpecBuilder healthCheck(HealthCheck check) {
        return healthCheck(check, options -> {});
    }

    /** Adds a liveness check: failing restarts. */
    public ProcessSpecBuilder healthCheck(HealthCheck check, Consumer<HealthCheckSpec.Builder> options) {
        return check(check, CheckRole.LIVENESS, options);
    }

    /** Adds a readiness check with the defaults: gates the start and dependants, never restarts. */
    public ProcessSpecBuilder readinessCheck(HealthCheck check) {
        return readinessCheck(check, options -> {});
    }

    /** Adds a readiness check: gates the start and dependants, never restarts. */
    public ProcessSpecBuilder readinessCheck(HealthCheck check, Consumer<HealthCheckSpec.Builder> options) {
        return check(check, CheckRole.READINESS, options);
    }

    /** Adds a startup check: suspends the other checks until it has passed once. */
    public ProcessSpecBuilder startupCheck(HealthCheck check, Consumer<HealthCheckSpec.Builder> options) {
        return check(check, CheckRole.STARTUP, options);
    }

    private ProcessSpecBuilder check(HealthCheck check, CheckRole role, Consumer<HealthCheckSpec.Builder> options) {
        HealthCheckSpec.Builder builder = HealthCheckSpec.builder(check, role);
        Require.nonNull(options, "options").accept(builder);
        return check(builder.build());
    }

    /** Adds a health check. */
    public ProcessSpecBuilder check(HealthCheckSpec check) {
        healthChecks.add(Require.nonNull(check, "check"));
        return this;
    }

    /** Removes all health checks. */
    public ProcessSpecBuilder clearHealthChecks() {
        healthChecks.clear();
        return this;
    }

    /** Waits for another process to be started before this one is. */
    public ProcessSpecBuilder dependsOn(String id) {
        return dependsOn(id, Dependency.Condition.STARTED);
    }

    /** Waits for another process before this one is started. */
    public ProcessSpecBuilder dependsOn(String id, Dependency.Condition condition) {
        Require.argument(!Require.nonNull(id, "id").equals(this.id), "process '%s' cannot depend on itself", id);
        dependencies.put(id, new Dependency(id, condition));
        return this;
    }

    /**
     * Sets how long a start may take, from the launch until the readiness checks pass; while a startup check has not
     * passed, that check's own threshold decides instead. Default: 10 seconds.
     */
    public ProcessSpecBuilder startTimeout(Duration timeout) {
        this.startTimeout = Require.positive(timeout, "startTimeout");
        return this;
    }

    /** Sets how long it has to end before it is killed; zero: it is killed at once. Default: 10 seconds. */
    public ProcessSpecBuilder stopTimeout(Duration timeout) {
        this.stopTimeout = Require.notNegative(timeout, "stopTimeout");
        return this;
    }

    /** Sets the signal that asks it to end. Default: {@link Signal#TERM}. */
    public ProcessSpecBuilder stopSignal(Signal signal) {
        this.stopSignal = Require.nonNull(signal, "signal");
        return this;
    }

    /**
     * Sets what asks it to end first. When it has agreed, it has until half of the stop timeout is over; when it has not, the stop
     * command or the signal follows at once. All of them together have the stop timeout.
     */
    public ProcessSpecBuilder stopRequest(StopRequest request) {
        this.stopRequest = Require.nonNull(request, "request");
        return this;
    }

    /**
     * Sets a command that asks it to end. It runs in the process's environment and working directory; when it has ended
     * and the process has not, the signal follows. Both together have the stop timeout.
     */
    public ProcessSpecBuilder stopCommand(String executable, String... arguments) {
        List<String> all = new ArrayList<>();
        all.add(executable);
        all.addAll(Arrays.asList(arguments));
        return stopCommand(all);
    }

    /** Sets a command that asks it to end, as {@link #stopCommand(String, String...)} does. */
    public ProcessSpecBuilder stopCommand(List<String> command) {
        this.stopCommand = checkedCommand(command, "stopCommand");
        return this;
    }

    /** Sets the exit codes that mean success. Default: 0. */
    public ProcessSpecBuilder successExitCodes(Integer... codes) {
        return successExitCodes(new LinkedHashSet<>(Arrays.asList(codes)));
    }

    /** Sets the exit codes that mean success. Default: 0. */
    public ProcessSpecBuilder successExitCodes(Set<Integer> codes) {
        Require.nonNull(codes, "successExitCodes");
        Require.argument(!codes.isEmpty(), "successExitCodes must name at least one code");
        for (Integer code : codes) {
            Require.nonNull(code, "success exit code");
            Require.argument(code >= 0 && code <= 255, "success exit code must be from 0 to 255, but is %d", code);
        }
        this.successExitCodes = Set.copyOf(codes);
        return this;
    }

    /** Sets where its output goes. */
    public ProcessSpecBuilder output(OutputSpec output) {
        this.output = Require.nonNull(output, "output");
        return this;
    }

    /** Changes where its output goes. */
    public ProcessSpecBuilder output(Consumer<OutputSpec.Builder> change) {
        OutputSpec.Builder builder = output.toBuilder();
        Require.nonNull(change, "change").accept(builder);
        return output(builder.build());
    }

    /** Sets how much of something it may take. One of a kind: a later one replaces an earlier one. */
    public ProcessSpecBuilder limit(Limit limit) {
        limits.put(Require.nonNull(limit, "limit").kind(), limit);
        return this;
    }

    /**
     * Sets how it is measured. Default: {@link Monitoring#DEFAULT}, but without limits samples are kept for ten minutes only: a day of
     * them takes some twelve kilobytes.
     */
    public ProcessSpecBuilder monitoring(Monitoring monitoring) {
        this.monitoring = Require.nonNull(monitoring, "monitoring");
        return this;
    }

    /** Removes all limits. */
    public ProcessSpecBuilder clearLimits() {
        limits.clear();
        return this;
    }

    /**
     * Sets how willingly it lets others have the processor (nice(2)). Default: as the manager. Below the manager's own, it takes
     * the right to that (CAP_SYS_NICE, or RLIMIT_NICE): where that is missing, the process is refused when it is registered.
     *
     * @param niceness -20 (greedy) to 19 (gives way to everyone)
     */
    public ProcessSpecBuilder niceness(int niceness) {
        Require.argument(niceness >= -20 && niceness <= 19, "niceness must be from -20 to 19, but is %d", niceness);
        this.launchSettings = launchSettings.withNiceness(niceness);
        return this;
    }

    /**
     * Sets the share of the processor that its tree gets when there is not enough for all, relative to other control groups;
     * 1024 is what everyone has. Refused at the registration where there is no control group to be had for it.
     *
     * @param shares 2 to 262144
     */
    public ProcessSpecBuilder cpuShares(int shares) {
        Require.argument(shares >= 2 && shares <= 262_144, "cpuShares must be from 2 to 262144, but is %d", shares);
        this.launchSettings = launchSettings.withCpuShares(shares);
        return this;
    }

    /**
     * Sets the share of the disks that its tree gets when there is not enough for all, relative to other control groups; 100
     * is what everyone has. Refused at the registration where there is no control group to be had for it, or the disks'
     * scheduler knows no weights.
     *
     * @param weight 1 to 1000
     */
    public ProcessSpecBuilder ioWeight(int weight) {
        Require.argument(weight >= 1 && weight <= 1000, "ioWeight must be from 1 to 1000, but is %d", weight);
        this.launchSettings = launchSettings.withIoWeight(weight);
        return this;
    }

    /** Tolerates a system that cannot do what {@link #niceness}, {@link #cpuShares} and {@link #ioWeight} ask for. */
    public ProcessSpecBuilder bestEffortPriority() {
        this.launchSettings = launchSettings.withBestEffort();
        return this;
    }

    /**
     * Sets whether it leaves a core dump when it crashes: none, or one of any size that the manager's own limit allows. Default: as
     * the manager. Where it goes, the system decides (core(5)).
     */
    public ProcessSpecBuilder coreDumps(boolean wanted) {
        return coreDumps(wanted ? Long.MAX_VALUE : 0);
    }

    /**
     * Sets how large a core dump it may leave when it crashes.
     *
     * @param bytes 0: none; {@link Long#MAX_VALUE}: of any size
     */
    public ProcessSpecBuilder coreDumps(long bytes) {
        Require.argument(bytes >= 0, "coreDumps must be 0 bytes or more, but is %d", bytes);
        this.launchSettings = launchSettings.withCoreDumps(bytes);
        return this;
    }

    /**
     * {@return the specification; the builder may be used again}
     *
     * @throws IllegalStateException if no command is set, two checks have the same name, or a check does not go with the
     *     process
     */
    public ProcessSpec build() {
        if (command.isEmpty()) {
            throw new IllegalStateException("process '%s' has no command; set it with command(...)".formatted(id));
        }
        ProcessSpec spec = new ProcessSpec(this);
        Set<String> names = new LinkedHashSet<>();
        for (HealthCheckSpec check : spec.healthChecks()) {
            if (!names.add(check.name())) {
                throw new IllegalStateException(
                        "process '%s' has two health checks named '%s'; name one of them with name(...)"
                                .formatted(id, check.name()));
            }
            try {
                check.check().validate(spec);
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(
                        "process '%s' cannot be checked by '%s': %s".formatted(id, check.name(), e.getMessage()), e);
            }
        }
        return spec;
    }

    /** {@return the checks; what takes part is checked over gRPC unless something else is said} */
    List<HealthCheckSpec> allHealthChecks() {
        boolean complete = kind == ProcessKind.STANDARD
                || healthChecks.stream().anyMatch(check -> check.role() == CheckRole.LIVENESS);
        if (complete) {
            return List.copyOf(healthChecks);
        }
        List<HealthCheckSpec> all = new ArrayList<>(healthChecks);
        all.add(HealthCheckSpec.builder(HealthChecks.named("grpc", Map.of()), CheckRole.LIVENESS)
                .build());
        return List.copyOf(all);
    }

    /** {@return what asks it to stop; what takes part is asked over gRPC unless something else is said} */
    StopRequest effectiveStopRequest() {
        boolean asks = kind == ProcessKind.INTEGRATED && stopRequest == null && stopCommand.isEmpty();
        return asks ? NamedStopRequest.GRPC : stopRequest;
    }

    private static List<String> checkedCommand(List<String> command, String name) {
        Require.argument(!Require.nonNull(command, name).isEmpty(), "%s must name an executable", name);
        Require.nonBlank(command.get(0), name);
        command.forEach(part -> Require.noNul(Require.nonNull(part, name), name));
        return List.copyOf(command);
    }
}
