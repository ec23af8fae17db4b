package io.hsu.spi;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The restart policies, health checks and log targets there are, by the names that users write. Immutable and safe for use by many
 * threads.
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
    private final Map<String, LogSinkProvider> logSinks;
    private final List<String> broken;

    private Providers(
            Map<String, RestartPolicyProvider> restartPolicies,
            Map<String, HealthCheckProvider> healthChecks,
            Map<String, LogSinkProvider> logSinks,
            List<String> broken) {
        this.restartPolicies = restartPolicies;
        this.healthChecks = healthChecks;
        this.logSinks = logSinks;
        this.broken = broken;
    }

    /**
     * Finds what there is.
     *
     * @param loader where {@link ServiceLoader} looks
     * @param restartPolicies policies handed in
     * @param healthChecks checks handed in
     * @param logSinks log targets handed in
     * @throws IllegalArgumentException if two providers have the same name
     */
    public static Providers discover(
            ClassLoader loader,
            List<? extends RestartPolicyProvider> restartPolicies,
            List<? extends HealthCheckProvider> healthChecks,
            List<? extends LogSinkProvider> logSinks) {
        List<String> broken = new ArrayList<>();
        return new Providers(
                merge(
                        "restart policies",
                        restartPolicies,
                        load(
                                ServiceLoader.load(RestartPolicyProvider.class, loader),
                                RestartPolicyProvider::name,
                                broken),
                        RestartPolicyProvider::name),
                merge(
                        "health checks",
                        healthChecks,
                        load(ServiceLoader.load(HealthCheckProvider.class, loader), HealthCheckProvider::type, broken),
                        HealthCheckProvider::type),
                merge(
                        "log targets",
                        logSinks,
                        load(ServiceLoader.load(LogSinkProvider.class, loader), LogSinkProvider::type, broken),
                        LogSinkProvider::type),
                List.copyOf(broken));
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

    /** {@return the names of the restart policies} */
    public Set<String> restartPolicyNames() {
        return restartPolicies.keySet();
    }

    /** {@return the types of health checks} */
    public Set<String> healthCheckTypes() {
        return healthChecks.keySet();
    }

    /** {@return the types of log targets} */
    public Set<String> logSinkTypes() {
        return logSinks.keySet();
    }

    private IllegalArgumentException unknown(String what, String name, Set<String> known, Class<?> provider) {
        return new IllegalArgumentException(
                "unknown %s '%s'; available are %s%s; add the module that provides it, or a %s"
                        .formatted(
                                what,
                                name,
                                String.join(", ", known),
                                broken.isEmpty() ? "" : " (could not be loaded: " + String.join("; ", broken) + ")",
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
