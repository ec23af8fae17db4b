package io.hsu.spi;

/** A {@link java.util.ServiceLoader} provider of one restart policy. */
public interface RestartPolicyProvider {

    /** {@return the word that users write, such as {@code "on-failure"}} */
    String name();

    /** {@return the policy; asked for when a process that names it is registered} */
    RestartPolicy create();
}
