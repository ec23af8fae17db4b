/** Health checks over HTTP: {@link io.hsu.health.HttpHealthCheck}, and the type {@code http} for those who write YAML. */
module io.hsu.health {
    requires transitive io.hsu.core;
    requires okhttp3;

    exports io.hsu.health;

    provides io.hsu.spi.HealthCheckProvider with
            io.hsu.health.HttpHealthCheck.Provider;
}
