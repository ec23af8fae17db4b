/**
 * What the author of a plug-in names: restart policies and health checks, and the values they exchange with the engine.
 *
 * <p>A plug-in implements a provider ({@link io.hsu.spi.RestartPolicyProvider}, {@link io.hsu.spi.HealthCheckProvider})
 * and declares it for {@link java.util.ServiceLoader}; it is then known under its name in Java and in YAML. The
 * built-ins come through the same door.
 */
package io.hsu.spi;
