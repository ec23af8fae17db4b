package io.hsu.config;

import io.hsu.ProcessManager;
import io.hsu.ProcessManagerBuilder;
import io.hsu.ProcessSpec;
import io.hsu.spi.HealthCheckProvider;
import io.hsu.spi.LogSinkProvider;
import io.hsu.spi.Providers;
import io.hsu.spi.RestartPolicyProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A configuration file of an HSU process manager, read and checked. Immutable and safe for use by many threads.
 *
 * <pre>{@code
 * try (ProcessManager manager = HsuConfig.load(Path.of("hsu.yaml")).toBuilder().build()) {
 *     manager.start();
 * }
 * }</pre>
 *
 * <p>Files written for the Go and the Rust HSU process manager load as far as they use what there is; what there is not
 * yet is refused by name, or left out with a warning by a {@linkplain Loader#lenient lenient} load. The file ends in the
 * builder calls that a programmer would write: whatever it says could be said in Java.
 *
 * <p>Defaults: port 50055, log level {@link LogLevel#INFO}, force shutdown timeout 30 s, logs in the place that the
 * operating system has for a user's logs.
 */
public final class HsuConfig {

    private final Loader loader;
    private final Path file;
    private final ManagerSettings manager;
    private final LogCollection logs;
    private final List<ProcessSpec> processes;
    private final List<Problem> warnings;

    private HsuConfig(
            Loader loader,
            Path file,
            ManagerSettings manager,
            LogCollection logs,
            List<ProcessSpec> processes,
            List<Problem> warnings) {
        this.loader = loader;
        this.file = file;
        this.manager = manager;
        this.logs = logs;
        this.processes = processes;
        this.warnings = warnings;
    }

    /**
     * Reads a file strictly, with the health checks, restart policies and log targets that {@link
     * java.util.ServiceLoader} finds.
     *
     * @param file the file
     * @return what it says
     * @throws ConfigException if it cannot be read or anything in it is wrong; with all that is wrong
     * @throws IllegalArgumentException if two providers that were found have the same name
     */
    public static HsuConfig load(Path file) {
        return loader().load(file);
    }

    /** {@return a loader with the defaults: strict, discovered providers, the environment of this JVM} */
    public static Loader loader() {
        return new Loader(false, List.of(), List.of(), List.of(), null, null);
    }

    /**
     * {@return a new builder with every process of the file and all that it says about the manager and its logs, and with
     * the loader's providers and class loader; add to it what the host has to add, then build}
     */
    public ProcessManagerBuilder toBuilder() {
        ProcessManagerBuilder builder = ProcessManager.builder();
        manager.applyTo(builder);
        logs.applyTo(builder);
        if (loader.classLoader != null) {
            builder.classLoader(loader.classLoader);
        }
        loader.healthChecks.forEach(builder::healthCheck);
        loader.restartPolicies.forEach(builder::restartPolicy);
        loader.logSinks.forEach(builder::logSink);
        processes.forEach(builder::process);
        return builder;
    }

    /** {@return the processes in the order of the file, disabled ones included} */
    public List<ProcessSpec> processes() {
        return processes;
    }

    /** {@return the port for management over gRPC; 50055 unless the file says another} */
    public int port() {
        return manager.port();
    }

    /** {@return how much the manager says about itself; {@link LogLevel#INFO} unless the file says otherwise} */
    public LogLevel logLevel() {
        return manager.logLevel();
    }

    /** {@return how long stopping everything may take; 30 seconds unless the file says otherwise} */
    public Duration forceShutdownTimeout() {
        return manager.forceShutdownTimeout();
    }

    /** {@return where relative log files lie: {@code logs} in the file's base directory, else the user's place for logs} */
    public Path logDirectory() {
        return manager.logDirectory();
    }

    /** {@return what is doubtful, or was left out by a lenient load, in the order of the file} */
    public List<Problem> warnings() {
        return warnings;
    }

    /** {@return the file, as it was given} */
    public Path file() {
        return file;
    }

    @Override
    public String toString() {
        return "HsuConfig[%s, processes=%s]"
                .formatted(file, processes.stream().map(ProcessSpec::id).toList());
    }

    /**
     * Reads files. Immutable and safe for use by many threads: every method that sets something returns a changed copy.
     */
    public static final class Loader {

        private final boolean lenient;
        private final List<HealthCheckProvider> healthChecks;
        private final List<RestartPolicyProvider> restartPolicies;
        private final List<LogSinkProvider> logSinks;
        private final ClassLoader classLoader; // null: that of hsu-core
        private final Map<String, String> environment; // null: that of this JVM

        private Loader(
                boolean lenient,
                List<HealthCheckProvider> healthChecks,
                List<RestartPolicyProvider> restartPolicies,
                List<LogSinkProvider> logSinks,
                ClassLoader classLoader,
                Map<String, String> environment) {
            this.lenient = lenient;
            this.healthChecks = healthChecks;
            this.restartPolicies = restartPolicies;
            this.logSinks = logSinks;
            this.classLoader = classLoader;
            this.environment = environment;
        }

        /**
         * Makes a warning of each unknown key and of each feature that is not supported yet, and goes without it. A process
         * of a type that is not supported yet is left out. Everything else that is wrong stays an error.
         *
         * @return the changed copy
         */
        public Loader lenient() {
            return new Loader(true, healthChecks, restartPolicies, logSinks, classLoader, environment);
        }

        /**
         * Adds a kind of health check; it is preferred to one of the same type that {@link java.util.ServiceLoader} finds.
         *
         * @param provider what makes such checks
         * @return the changed copy
         */
        public Loader healthCheck(HealthCheckProvider provider) {
            Objects.requireNonNull(provider, "provider");
            return new Loader(
                    lenient, with(healthChecks, provider), restartPolicies, logSinks, classLoader, environment);
        }

        /**
         * Adds a restart policy; it is preferred to one of the same name that {@link java.util.ServiceLoader} finds.
         *
         * @param provider what makes the policy
         * @return the changed copy
         */
        public Loader restartPolicy(RestartPolicyProvider provider) {
            Objects.requireNonNull(provider, "provider");
            return new Loader(
                    lenient, healthChecks, with(restartPolicies, provider), logSinks, classLoader, environment);
        }

        /**
         * Adds a kind of log target; it is preferred to one of the same type that {@link java.util.ServiceLoader} finds.
         * While a file is read, a sink is made for each target of its type, and closed again, to hear what is wrong with the
         * target's settings.
         *
         * @param provider what makes such targets
         * @return the changed copy
         */
        public Loader logSink(LogSinkProvider provider) {
            Objects.requireNonNull(provider, "provider");
            return new Loader(
                    lenient, healthChecks, restartPolicies, with(logSinks, provider), classLoader, environment);
        }

        /**
         * Sets where {@link java.util.ServiceLoader} looks for providers. Default: the loader of {@code hsu-core}.
         *
         * @param classLoader the loader, for the manager's builder as well
         * @return the changed copy
         */
        public Loader classLoader(ClassLoader classLoader) {
            Objects.requireNonNull(classLoader, "classLoader");
            return new Loader(lenient, healthChecks, restartPolicies, logSinks, classLoader, environment);
        }

        /**
         * Sets the variables that {@code ${env:NAME}} stands for, and that say where a user's logs go. Default: {@link
         * System#getenv()}.
         *
         * @param environment the variables; copied
         * @return the changed copy
         */
        public Loader environment(Map<String, String> environment) {
            return new Loader(lenient, healthChecks, restartPolicies, logSinks, classLoader, Map.copyOf(environment));
        }

        /**
         * Reads a file.
         *
         * @param file the file
         * @return what it says
         * @throws ConfigException if it cannot be read or anything in it is wrong; with all that is wrong
         * @throws IllegalArgumentException if two providers on the same footing have the same name
         */
        public HsuConfig load(Path file) {
            Objects.requireNonNull(file, "file");
            Map<String, String> variables = environment != null ? environment : System.getenv();
            Providers providers = providers();
            Problems problems = new Problems(file, lenient);
            Interpolation interpolation =
                    new Interpolation(variables, file.toAbsolutePath().getParent());
            Block top = new Value(
                            YamlTree.parse(YamlText.read(file, problems), problems),
                            "",
                            new Source(problems, interpolation))
                    .block();
            ManagerSettings manager = ManagerSettings.read(top, variables);
            LogBlock logBlock = new LogBlock(providers, manager);
            LogCollection logs = logBlock.readCollection(top);
            List<ProcessDraft> drafts = ProcessList.read(top, providers, new Shape(providers, logBlock, variables));
            SharedFiles.check(logs, drafts, manager.logDirectory(), problems);
            List<ProcessSpec> processes =
                    drafts.stream().flatMap(draft -> draft.build(logs).stream()).toList();
            top.refuseRest(Section.FILE);
            problems.throwIfAny();
            return new HsuConfig(this, file, manager, logs, processes, problems.warnings());
        }

        private Providers providers() {
            Providers.Builder all = Providers.builder();
            if (classLoader != null) {
                all.classLoader(classLoader);
            }
            restartPolicies.forEach(all::restartPolicy);
            healthChecks.forEach(all::healthCheck);
            logSinks.forEach(all::logSink);
            return all.discover();
        }

        private static <T> List<T> with(List<T> list, T added) {
            return Stream.concat(list.stream(), Stream.of(added)).toList();
        }
    }
}
