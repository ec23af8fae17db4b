package io.hsu.spi;

/** A {@link java.util.ServiceLoader} provider of one way to ask a process to end. */
public interface StopRequestProvider {

    /** {@return the word that users write, such as {@code "grpc"}} */
    String type();

    /**
     * Makes a request from its settings.
     *
     * @param settings what the user wrote; read every key that means something, the others are refused as unknown
     * @return the request; two of equal settings should be equal
     * @throws IllegalArgumentException if a setting is missing or wrong: name it, its value and what is allowed
     */
    StopRequest create(Settings settings);
}
