package io.hsu.internal.engine;

import io.hsu.Explanation;
import io.hsu.HsuException;
import io.hsu.LimitAction;
import io.hsu.Operation;
import io.hsu.ProcessEvent;
import io.hsu.ProcessEvent.HealthChanged;
import io.hsu.ProcessEvent.LimitViolated;
import io.hsu.ProcessLogs;
import io.hsu.ProcessManager;
import io.hsu.ProcessNotFoundException;
import io.hsu.ProcessSpec;
import io.hsu.ProcessStatus;
import io.hsu.ResourceHistory;
import io.hsu.Severity;
import io.hsu.Subscription;
import io.hsu.SystemUsage;
import io.hsu.Transition;
import io.hsu.internal.Blocking;
import io.hsu.internal.Require;
import io.hsu.internal.health.NotifyHealthCheck;
import io.hsu.internal.launch.LimitRules;
import io.hsu.internal.limit.WatchRules;
import io.hsu.internal.log.OutputHub;
import io.hsu.internal.log.ProcessOutput;
import io.hsu.internal.order.DependencyGraph;
import io.hsu.internal.resource.ResourceMeters;
import io.hsu.internal.resource.SystemGauge;
import io.hsu.internal.restart.RestartJudge;
import io.hsu.internal.state.PortFile;
import io.hsu.internal.state.StateDirectory;
import io.hsu.spi.Providers;
import io.hsu.spi.RestartPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The manager: knows the processes and their order, and hands each request to the supervisors it concerns. */
public final class Engine implements ProcessManager {

    private static final Logger log = LoggerFactory.getLogger(Engine.class);

    private final EngineRuntime runtime;
    private final Providers providers;
    private final Path logDirectory;
    private final Duration forceShutdownTimeout;
    private final EventBus events;
    private final OutputHub outputs;
    private final SystemGauge system;
    private final Oversight oversight;
    /** Null if there is none. */
    private final StateDirectory state;

    private final SpoolRecovery spools;
    private final Shutdown shutdown = new Shutdown(this);

    /** Guards changes of the registry; readers see the map that was there last. */
    private final Object registering = new Object();

    private final Set<String> retiring = new HashSet<>();
    private volatile Map<String, Supervisor> supervisors = Map.of();
    private volatile DependencyGraph graph = DependencyGraph.of(List.of());

    private Engine(EngineSettings settings, EngineRuntime runtime, Providers providers, StateDirectory state) {
        this.runtime = runtime;
        this.providers = providers;
        this.state = state;
        this.spools = new SpoolRecovery(state, runtime.launcher());
        this.logDirectory = settings.output().directory();
        this.forceShutdownTimeout = settings.forceShutdownTimeout();
        this.events = new EventBus(runtime.outside(), runtime.clock(), runtime.timer());
        this.outputs = new OutputHub(
                settings.output(),
                providers,
                new OutputHub.Means(runtime.clock(), runtime.timer(), runtime.outside(), events::publish));
        this.oversight = new Oversight(
                new Sampling(runtime, new ResourceMeters(providers::resourceMonitor, runtime.clock())),
                new WatchRules(runtime.launcher(), providers::resourceMonitorProvider));
        this.system = new SystemGauge(runtime.clock(), runtime.outside());
    }

    /** {@return a manager; its threads come when there is something to do} */
    public static ProcessManager create(EngineSettings settings, Seams seams) {
        Providers providers = settings.providers();
        DependencyGraph.of(settings.processes());
        List<ProcessSpec> resolved = settings.processes().stream()
                .map(spec -> Resolver.resolve(spec, providers))
                .toList();
        EngineRuntime runtime = seams.open();
        StateDirectory state = null;
        try {
            state = settings.stateDirectory() == null ? null : StateDirectory.open(settings.stateDirectory());
            Engine engine = new Engine(settings, runtime, providers, state);
            settings.listeners().forEach(engine::addListener);
            if (settings.alerts() != null) {
                engine.addListener(engine.alertsTo(settings.alerts()));
            }
            engine.register(resolved);
            engine.spools.reportUnknown(engine.supervisors.keySet());
            return engine;
        } catch (RuntimeException | Error e) {
            runtime.close();
            if (state != null) {
                state.close();
            }
            throw e;
        }
    }

    // Registering.

    @Override
    public void add(ProcessSpec spec) {
        shutdown.refuseWhenClosed();
        ProcessSpec resolved = Resolver.resolve(spec, providers);
        register(List.of(resolved));
    }

    private void register(Collection<ProcessSpec> added) {
        added.forEach(this::requireLauncherFor);
        Map<String, ProcessOutput> opened = new HashMap<>();
        try {
            for (ProcessSpec spec : added) {
                opened.put(spec.id(), outputs.open(spec, spools.directoryFor(spec))); // before the lock: their code
            }
            register(added, opened);
        } catch (RuntimeException | Error e) {
            opened.values().forEach(ProcessOutput::close);
            throw e;
        }
    }

    private void requireLauncherFor(ProcessSpec spec) {
        LimitRules.require(spec, runtime.launcher());
        oversight.rules().require(spec);
        Require.argument(
                runtime.launcher().canBeNotified() || !NotifyHealthCheck.isUsedBy(spec),
                "process '%s' has a check of type notify, which the %s launcher cannot: it takes unix datagram sockets and the "
                        + "Linux launcher; give it another check",
                spec.id(),
                runtime.launcher().name());
    }

    private void register(Collection<ProcessSpec> added, Map<String, ProcessOutput> opened) {
        synchronized (registering) {
            shutdown.refuseWhenClosed();
            Map<String, Supervisor> next = new LinkedHashMap<>(supervisors);
            List<ProcessSpec> specs = new ArrayList<>(specs());
            for (ProcessSpec spec : added) {
                Require.argument(
                        !next.containsKey(spec.id()),
                        "process '%s' is registered already; remove it first, or take another id",
                        spec.id());
                spec.dependencies()
                        .forEach(dependency -> Require.argument(
                                !retiring.contains(dependency.id()),
                                "process '%s' depends on '%s', which is being removed",
                                spec.id(),
                                dependency.id()));
                specs.add(spec);
            }
            DependencyGraph nextGraph = DependencyGraph.of(specs);
            for (ProcessSpec spec : added) {
                next.put(spec.id(), supervisor(spec, opened.get(spec.id())));
            }
            // Told before anyone can start it, so that this is the first of its events.
            added.forEach(spec -> events.publish(
                    new ProcessEvent.ProcessAdded(spec.id(), runtime.clock().now())));
            graph = nextGraph;
            supervisors = next;
        }
    }

    private Supervisor supervisor(ProcessSpec spec, ProcessOutput output) {
        RestartPolicy policy = spec.restart()
                .policyInstance()
                .orElseGet(() -> providers.restartPolicy(spec.restart().policyName()));
        return new Supervisor(
                spec,
                spools.recover(spec, output),
                runtime,
                events,
                new RestartJudge(spec, policy, runtime.random()),
                new Dependencies(this::snapshotOrNull),
                output,
                state == null ? PortFile.NONE : state.portFile(spec.id()),
                oversight,
                () -> tellDependants(spec.id()));
    }

    @Override
    public void remove(String id) {
        shutdown.refuseWhenClosed();
        Supervisor supervisor = supervisor(id);
        synchronized (registering) {
            List<String> dependants = graph.dependantsOf(id);
            Require.argument(
                    dependants.isEmpty(),
                    "process '%s' cannot be removed: %s depend on it; remove them first",
                    id,
                    String.join(", ", dependants));
            Require.argument(retiring.add(id), "process '%s' is being removed already", id);
        }
        try {
            join(supervisor.retire());
            synchronized (registering) {
                Map<String, Supervisor> next = new LinkedHashMap<>(supervisors);
                next.remove(id);
                supervisors = next;
                graph = DependencyGraph.of(specs());
            }
        } finally {
            synchronized (registering) {
                retiring.remove(id);
            }
        }
    }

    private List<ProcessSpec> specs() {
        return supervisors.values().stream().map(Supervisor::spec).toList();
    }

    private void tellDependants(String id) {
        Map<String, Supervisor> all = supervisors;
        for (String dependant : graph.dependantsOf(id)) {
            Supervisor supervisor = all.get(dependant);
            if (supervisor != null) {
                supervisor.dependencyChanged();
            }
        }
    }

    // Starting and stopping.

    @Override
    public CompletableFuture<Void> startAsync() {
        shutdown.refuseWhenClosed();
        List<Supervisor> enabled = supervisors.values().stream()
                .filter(supervisor -> supervisor.spec().enabled())
                .toList();
        return intend(enabled).thenCompose(intended -> Together.start(enabled));
    }

    /** Whoever waits for it lends his thread for it: nobody else has to wake up for the launch. */
    @Override
    public void start(String id) {
        Blocking.await(Lending.ofCaller(() -> startAsync(id)), "the start of process '" + id + "'");
    }

    @Override
    public CompletableFuture<Void> startAsync(String id) {
        shutdown.refuseWhenClosed();
        Supervisor wanted = supervisor(id);
        List<Supervisor> missing = missingDependencies(wanted);
        if (missing.isEmpty()) {
            return wanted.start();
        }
        // Both are posted now, in the caller's thread: a stop that is asked for later comes after them.
        CompletableFuture<Void> requested = wanted.requestStart();
        CompletableFuture<Void> intended = intend(missing);
        return requested
                .whenComplete((done, refused) -> {
                    if (refused != null) {
                        missing.forEach(Supervisor::withdrawStart);
                    }
                })
                .thenCombine(intended, (done, known) -> null)
                .thenCompose(both -> {
                    // Whether they come up, the process finds out by waiting for them.
                    missing.forEach(Supervisor::startIntended);
                    return wanted.startIntended();
                });
    }

    private List<Supervisor> missingDependencies(Supervisor wanted) {
        Map<String, Supervisor> all = supervisors;
        return graph.dependenciesOf(wanted.spec().id()).stream()
                .map(all::get)
                .filter(dependency ->
                        dependency != null && !dependency.snapshot().completed())
                .toList();
    }

    @Override
    public CompletableFuture<Void> restartAsync(String id, boolean force) {
        shutdown.refuseWhenClosed();
        Supervisor wanted = supervisor(id);
        boolean down = wanted.snapshot().state().allows(Operation.START);
        return down ? startAsync(id) : wanted.restart(force);
    }

    /** All must be known to be wanted before the first one looks whether what it depends on will come. */
    private static CompletableFuture<Void> intend(List<Supervisor> wanted) {
        return CompletableFuture.allOf(
                // One that was removed meanwhile is not there to be started; the others are.
                wanted.stream()
                        .map(supervisor -> supervisor.intendStart().exceptionally(removed -> null))
                        .toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public CompletableFuture<Void> stopAsync() {
        shutdown.refuseWhenClosed();
        return stopInOrder();
    }

    @Override
    public CompletableFuture<Void> stopAsync(String id) {
        shutdown.refuseWhenClosed();
        return supervisor(id).stop();
    }

    /** Each one after those that depend on it. */
    CompletableFuture<Void> stopInOrder() {
        Map<String, Supervisor> all = supervisors;
        DependencyGraph order = graph;
        Map<String, CompletableFuture<Void>> stops = new HashMap<>();
        all.values().forEach(Supervisor::intendStop);
        List<String> dependantsFirst = new ArrayList<>(order.dependenciesFirst());
        Collections.reverse(dependantsFirst);
        for (String id : dependantsFirst) {
            Supervisor supervisor = all.get(id);
            if (supervisor == null) {
                continue; // removed in between
            }
            CompletableFuture<?>[] dependants = order.dependantsOf(id).stream()
                    .map(stops::get)
                    .filter(Objects::nonNull)
                    .toArray(CompletableFuture<?>[]::new);
            // Whether its dependants could be stopped or not, its own turn comes.
            stops.put(
                    id,
                    CompletableFuture.allOf(dependants)
                            .handle((done, failed) -> supervisor.stop())
                            .thenCompose(stopped -> stopped));
        }
        return Together.stop(stops);
    }

    // Looking.

    @Override
    public ProcessStatus status(String id) {
        return status(supervisor(id));
    }

    @Override
    public List<ProcessStatus> list() {
        return supervisors.values().stream().map(this::status).toList();
    }

    private ProcessStatus status(Supervisor supervisor) {
        return supervisor
                .snapshot()
                .toStatus(
                        now(),
                        supervisor.output().lastLines(Waiters.LAST_LINES),
                        supervisor.output().counters());
    }

    @Override
    public ProcessSpec spec(String id) {
        return supervisor(id).spec();
    }

    @Override
    public Explanation explain(String id) {
        Supervisor supervisor = supervisor(id);
        return Explainer.explain(
                supervisor.snapshot(), now(), supervisor.output().lastLines(Waiters.LAST_LINES));
    }

    @Override
    public boolean isAllowed(String id, Operation operation) {
        return supervisor(id).snapshot().state().allows(operation);
    }

    @Override
    public List<Transition> history(String id) {
        return supervisor(id).history();
    }

    @Override
    public List<HealthChanged> healthHistory(String id) {
        return supervisor(id).healthHistory();
    }

    @Override
    public ProcessLogs logs(String id) {
        return supervisor(id).output().logs();
    }

    @Override
    public Subscription addListener(Consumer<? super ProcessEvent> listener) {
        return events.add(Require.nonNull(listener, "listener"));
    }

    /** {@return a listener that hands on broken limits whose action that is} */
    private Consumer<ProcessEvent> alertsTo(Consumer<? super LimitViolated> handler) {
        return event -> {
            if (event instanceof LimitViolated violated
                    && violated.severity() != Severity.WARNING
                    && violated.limit().action() == LimitAction.ALERT) {
                Supervisor of = supervisors.get(violated.processId());
                if (of != null && of.spec().monitoring().alerting()) {
                    handler.accept(violated);
                }
            }
        };
    }

    @Override
    public ResourceHistory resources(String id) {
        return supervisor(id).resources();
    }

    @Override
    public CompletableFuture<SystemUsage> systemAsync() {
        return system.read();
    }

    @Override
    public Optional<Path> logDirectory() {
        return Optional.ofNullable(logDirectory);
    }

    // Closing.

    @Override
    public CompletableFuture<Void> shutdownAsync(Duration timeout) {
        return shutdown.begin(Require.notNegative(timeout, "timeout"));
    }

    @Override
    public void close() {
        try {
            join(shutdownAsync(forceShutdownTimeout));
        } catch (HsuException e) {
            log.warn("the manager is closed, but {}", e.getMessage());
        }
    }

    private static void join(CompletableFuture<Void> future) {
        try {
            future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    EngineRuntime runtime() {
        return runtime;
    }

    EventBus events() {
        return events;
    }

    Sampling sampling() {
        return oversight.sampling();
    }

    OutputHub outputs() {
        return outputs;
    }

    /** Another manager may have the state directory now. */
    void giveStateBack() {
        if (state != null) {
            state.close();
        }
    }

    /** Under the lock: what was being registered is there too. */
    Collection<Supervisor> supervisors() {
        synchronized (registering) {
            return supervisors.values();
        }
    }

    private Instant now() {
        return runtime.clock().now();
    }

    private Snapshot snapshotOrNull(String id) {
        Supervisor supervisor = supervisors.get(id);
        return supervisor == null ? null : supervisor.snapshot();
    }

    private Supervisor supervisor(String id) {
        Map<String, Supervisor> all = supervisors;
        Supervisor supervisor = all.get(Require.nonNull(id, "id"));
        if (supervisor == null) {
            throw new ProcessNotFoundException(id, all.keySet());
        }
        return supervisor;
    }
}
