package io.hsu.spi;

import io.hsu.ResourceMetric;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A {@link java.util.ServiceLoader} provider of one way to measure processes. */
public interface ResourceMonitorProvider {

    /** {@return the word that users write, such as {@code "oshi"}} */
    String name();

    /** {@return how good it is: of those that can be used the highest is} The built-in ones have 100 (Linux) and 0 (OSHI). */
    int priority();

    /** {@return why it cannot be used on this system; empty if it can} */
    default Optional<String> unavailable() {
        return Optional.empty();
    }

    /**
     * {@return what its monitors measure where the system tells it} A limit of something else is refused when a process is
     * registered. What follows from readings, such as percentages, is among it. Default: everything.
     */
    default Set<ResourceMetric> measures() {
        return EnumSet.allOf(ResourceMetric.class);
    }

    /** {@return a monitor, for one manager; nothing is read yet} */
    ResourceMonitor create();
}
