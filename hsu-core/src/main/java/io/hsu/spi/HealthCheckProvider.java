package io.hsu.spi;

/** A {@link java.util.ServiceLoader} provider of one kind of health check. */
public interface HealthCheckProvider {

    /** {@return the word that users write, such as {@code "tcp"}} */
    String type();

    /**
     * Makes a check from its settings.
     *
     * @param settings what the user wrote; read every key that means something, the others are refused as unknown
     * @return the check; two checks of equal settings should be equal
     * @throws IllegalArgumentException if a setting is missing or wrong: name it, its value and what is allowed
     */
    HealthCheck create(Settings settings);
}
