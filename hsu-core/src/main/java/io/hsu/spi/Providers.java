package io.hsu.spi;

import io.hsu.internal.Require;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The restart policies, health checks, stop requests, log targets and resource monitors there are, by the names that users
 * write. Immutable and safe for use by many threads.
 *
 * <p>Providers handed in are preferred to those that {@link ServiceLoader} finds. Two of one name on the same footing are
 * an error that names both. One that cannot be loaded is reported and does not keep the others from working. Names are
 * compared without regard to case, and {@code _} counts as {@code -}.
 */
public final class Providers {

    private static final Logger log = LoggerFactory.getLogger(Providers.class);

    private static final int MAX_FAILURES = 100;

    private final Map<String, RestartPolicyProvider> restartPolicies;
    private final Map<String, HealthCheckProvider> healthChecks;
    private final Map<String, StopRequestProvider> stopRequests;
    private final Map<String, LogSinkProvider> logSinks;
    private final Map<String, ResourceMonitorProvider> resourceMonitors;
    private final List<ResourceMonitorProvider> givenMonitors;
    private final List<String> broken;

    private Providers(Builder builder) {
        List<String> failures = new ArrayList<>();
        ClassLoader loader = builder.classLoader;
        this.restartPolicies = merge(
                "restart policies",
                builder.restartPolicies,
                load(ServiceLoader.load(RestartPolicyProvider.class, loader), RestartPolicyProvider::name, failures),
                RestartPolicyProvider::name);
        this.healthChecks = merge(
                "health checks",
                builder.healthChecks,
                load(ServiceLoader.load(HealthCheckProvider.class, loader), HealthCheckProvider::type, failures),
                HealthCheckProvider::type);
        this.stopRequests = merge(
                "stop requests",
                builder.stopRequests,
                load(ServiceLoader.load(StopRequestProvider.class, loader), StopRequestProvider::type, failures),
                StopRequestProvider::type);
        this.logSinks = merge(
                "log targets",
                builder.logSinks,
                load(ServiceLoader.load(LogSinkProvider.class, loader), LogSinkProvider::type, failures),
                LogSinkProvider::type);
        this.resourceMonitors = merge(
                "resource monitors",
                builder.resourceMonitors,
                load(
                        ServiceLoader.load(ResourceMonitorProvider.class, loader),
                        ResourceMonitorProvider::name,
                        failures),
                ResourceMonitorProvider::name);
        this.givenMonitors = List.copyOf(builder.resourceMonitors);
        this.broken = List.copyOf(failures);
    }

    /** {@return a builder that hands in none and looks where this library lies} */
    public static Builder builder() {
        return new Builder();
    }

    /** Says which providers are handed in, and where the others are found. Not safe for use by many threads. */
    public static final class Builder {
        private final List<RestartPolicyProvider> restartPolicies = new ArrayList<>();
        private final List<HealthCheckProvider> healthChecks = new ArrayList<>();
        private final List<StopRequestProvider> stopRequests = new ArrayList<>();
        private final List<LogSinkProvider> logSinks = new ArrayList<>();
        private final List<ResourceMonitorProvider> resourceMonitors = new ArrayList<>();
        private ClassLoader classLoader = Providers.class.getClassLoader();

        private Builder() {}

        /** Sets where {@link ServiceLoader} looks. Default: the loader of this library. */
        public Builder classLoader(ClassLoader loader) {
            this.classLoader = Require.nonNull(loader, "loader");
            return this;
        }

        /** Hands in a restart policy. */
        public Builder restartPolicy(RestartPolicyProvider provider) {
            restartPolicies.add(Require.nonNull(provider, "provider"));
            return this;
        }

        /** Hands in a kind of health check. */
        public Builder healthCheck(HealthCheckProvider provider) {
            healthChecks.add(Require.nonNull(provider, "provider"));
            return this;
        }

        /** Hands in a way to ask processes to stop. */
        public Builder stopRequest(StopRequestProvider provider) {
            stopRequests.add(Require.nonNull(provider, "provider"));
            return this;
        }

        /** Hands in a kind of log target. */
        public Builder logSink(LogSinkProvider provider) {
            logSinks.add(Require.nonNull(provider, "provider"));
            return this;
        }

        /** Hands in a way to measure processes. */
        public Builder resourceMonitor(ResourceMonitorProvider provider) {
            resourceMonitors.add(Require.nonNull(provider, "provider"));
            return this;
        }

        /**
         * {@return what there is}
         *
         * @throws IllegalArgumentException if two providers on the same footing have the same name
         */
        public Providers discover() {
            return new Providers(this);
        }
    }

    /**
     * {@return the policy of that name}
     *
     * @throws IllegalArgumentException if there is none, with the names there are
     */
    public RestartPolicy restartPolicy(String name) {
        RestartPolicyProvider provider = restartPolicies.get(key(name));
        if (provider == null) {
            throw unknown("restart policy", name, restartPolicies.keySet(), RestartPolicyProvider.class);
        }
        return provider.create();
    }

    /**
     * {@return a check of that type}
     *
     * @param type the type
     * @param settings what it is made with
     * @throws IllegalArgumentException if there is none, with the types there are; if a setting is missing, wrong or
     *     unknown
     */
    public HealthCheck healthCheck(String type, Map<String, ?> settings) {
        HealthCheckProvider provider = healthChecks.get(key(type));
        if (provider == null) {
            throw unknown("health check type", type, healthChecks.keySet(), HealthCheckProvider.class);
        }
        Settings read = new Settings(settings);
        HealthCheck check = provider.create(read);
        read.refuseUnread();
        return check;
    }

    /**
     * {@return a way to ask a process to stop}
     *
     * @param type the type
     * @param settings what it is made with
     * @throws IllegalArgumentException if there is none, with the types there are; if a setting is missing, wrong or
     *     unknown
     */
    public StopRequest stopRequest(String type, Map<String, ?> settings) {
        StopRequestProvider provider = stopRequests.get(key(type));
        if (provider == null) {
            throw unknown("stop request type", type, stopRequests.keySet(), StopRequestProvider.class);
        }
        Settings read = new Settings(settings);
        StopRequest request = provider.create(read);
        read.refuseUnread();
        return request;
    }

    /**
     * {@return a sink for a target}
     *
     * @param type the target's type
     * @param context what it is for
     * @throws IllegalArgumentException if there is none, with the types there are; if a setting is missing, wrong or
     *     unknown
     */
    public LogSink logSink(String type, LogSinkContext context) {
        LogSinkProvider provider = logSinks.get(key(type));
        if (provider == null) {
            throw unknown("log target type", type, logSinks.keySet(), LogSinkProvider.class);
        }
        LogSink sink = provider.create(context);
        context.settings().refuseUnread();
        return sink;
    }

    /**
     * {@return a new monitor of {@link #resourceMonitorProvider}}
     *
     * @throws UnsupportedOperationException as that
     */
    public ResourceMonitor resourceMonitor() {
        return resourceMonitorProvider().create();
    }

    /**
     * {@return who makes monitors: of those that were handed in the one of the highest priority; if none was, of those that work
     * on this system}
     *
     * @throws UnsupportedOperationException if the one that was handed in does not work on this system, or none does, with the
     *     reasons
     */
    public ResourceMonitorProvider resourceMonitorProvider() {
        Collection<ResourceMonitorProvider> candidates =
                givenMonitors.isEmpty() ? resourceMonitors.values() : givenMonitors;
        List<ResourceMonitorProvider> byPriority = candidates.stream()
                .sorted(Comparator.comparingInt(ResourceMonitorProvider::priority)
                        .reversed())
                .toList();
        List<String> reasons = new ArrayList<>();
        for (ResourceMonitorProvider provider : byPriority) {
            Optional<String> unavailable = provider.unavailable();
            if (unavailable.isEmpty()) {
                return provider;
            }
            reasons.add("'%s' does not work here: %s".formatted(provider.name(), unavailable.get()));
        }
        throw new UnsupportedOperationException("resources cannot be measured: %s; add a %s for this system"
                .formatted(
                        reasons.isEmpty() ? "there is no resource monitor" + brokenOnes() : String.join("; ", reasons),
                        ResourceMonitorProvider.class.getSimpleName()));
    }

    /**
     * {@return a new monitor of that name}
     *
     * @throws IllegalArgumentException if there is none, with the names there are
     * @throws UnsupportedOperationException if it does not work on this system, with the reason
     */
    public ResourceMonitor resourceMonitor(String name) {
        ResourceMonitorProvider provider = resourceMonitors.get(key(name));
        if (provider == null) {
            throw unknown("resource monitor", name, resourceMonitors.keySet(), ResourceMonitorProvider.class);
        }
        provider.unavailable().ifPresent(reason -> {
            throw new UnsupportedOperationException(
                    "resource monitor '%s' does not work here: %s".formatted(provider.name(), reason));
        });
        return provider.create();
    }

    /** {@return the names of the restart policies} */
    public Set<String> restartPolicyNames() {
        return restartPolicies.keySet();
    }

    /** {@return the types of health checks} */
    public Set<String> healthCheckTypes() {
        return healthChecks.keySet();
    }

    /** {@return the types of stop requests} */
    public Set<String> stopRequestTypes() {
        return stopRequests.keySet();
    }

    /** {@return the types of log targets} */
    public Set<String> logSinkTypes() {
        return logSinks.keySet();
    }

    /** {@return the names of the resource monitors} */
    public Set<String> resourceMonitorNames() {
        return resourceMonitors.keySet();
    }

    private String brokenOnes() {
        return broken.isEmpty() ? "" : " (could not be loaded: " + String.join("; ", broken) + ")";
    }

    private IllegalArgumentException unknown(String what, String name, Set<String> known, Class<?> provider) {
        return new IllegalArgumentException(
                "unknown %s '%s'; available are %s%s; add the module that provides it, or a %s"
                        .formatted(
                                what,
                                name,
                                known.isEmpty() ? "none" : String.join(", ", known),
                                brokenOnes(),
                                provider.getSimpleName()));
    }

    /** One by one, so that a broken provider is told by its name and the rest of them still load. */
    private static <P> List<P> load(ServiceLoader<P> loader, Function<P, String> name, List<String> broken) {
        List<P> loaded = new ArrayList<>();
        Iterator<ServiceLoader.Provider<P>> found = loader.stream().iterator();
        // A class loader that cannot be searched at all fails at every call, without end.
        for (int failures = 0; failures < MAX_FAILURES; ) {
            try {
                if (!found.hasNext()) {
                    return loaded;
                }
                P provider = found.next().get();
                if (hasName(provider, name, broken)) {
                    loaded.add(provider);
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                failures++;
                // A LinkageError: a class that the provider needs is not there.
                String cause = e.getCause() == null ? "" : ": " + e.getCause();
                leaveOut((e instanceof LinkageError ? e.toString() : e.getMessage()) + cause, broken);
            }
        }
        return loaded;
    }

    private static <P> boolean hasName(P provider, Function<P, String> name, List<String> broken) {
        try {
            if (name.apply(provider) != null) {
                return true;
            }
            leaveOut(provider.getClass().getName() + " has no name", broken);
        } catch (RuntimeException e) {
            leaveOut("%s cannot say its name: %s".formatted(provider.getClass().getName(), e), broken);
        }
        return false;
    }

    private static void leaveOut(String why, List<String> broken) {
        if (!broken.contains(why)) {
            broken.add(why);
            log.warn("a provider could not be loaded and is left out: {}", why);
        }
    }

    private static <P> Map<String, P> merge(
            String what, List<? extends P> given, List<P> discovered, Function<P, String> name) {
        Map<String, P> byName = byName(what, discovered, name);
        byName.putAll(byName(what, given, name));
        return java.util.Collections.unmodifiableMap(byName);
    }

    private static <P> Map<String, P> byName(String what, List<? extends P> providers, Function<P, String> name) {
        Map<String, P> byName = new TreeMap<>();
        for (P provider : providers) {
            P other = byName.putIfAbsent(key(name.apply(provider)), provider);
            if (other != null) {
                throw new IllegalArgumentException("two %s are named '%s': %s and %s; leave one of them out"
                        .formatted(
                                what,
                                name.apply(provider),
                                other.getClass().getName(),
                                provider.getClass().getName()));
            }
        }
        return byName;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
