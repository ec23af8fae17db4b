package io.hsu.internal.health;

import io.hsu.spi.HealthCheck;
import io.hsu.spi.HealthCheckProvider;
import io.hsu.spi.Settings;
import java.util.List;
import java.util.Map;

/** The doorway to the checks that need no library. */
public final class BuiltInChecks {

    private static final List<HealthCheckProvider> PROVIDERS = List.of(
            new ProcessHealthCheck.Provider(),
            new TcpHealthCheck.Provider(),
            new ExecHealthCheck.Provider(),
            new LogLineHealthCheck.Provider(),
            new FileHealthCheck.Provider(),
            new NotifyHealthCheck.Provider());

    /** {@return a built-in check, made as its provider makes it} */
    public static HealthCheck create(String type, Map<String, ?> settings) {
        for (HealthCheckProvider provider : PROVIDERS) {
            if (provider.type().equals(type)) {
                return provider.create(new Settings(settings));
            }
        }
        throw new AssertionError(type);
    }

    /** {@return a stand-in that is replaced by the provider's check when the process is registered} */
    public static HealthCheck named(String type, Map<String, ?> settings) {
        return new NamedHealthCheck(type, settings);
    }

    private BuiltInChecks() {}
}
