package io.hsu;

import io.hsu.internal.Require;

/**
 * A process that must have come so far before another one starts.
 *
 * @param id the process waited for
 * @param condition how far it must have come
 */
public record Dependency(String id, Condition condition) {

    public Dependency {
        Require.nonNull(id, "id");
        Require.nonNull(condition, "condition");
    }

    /** How far the other process must have come. */
    public enum Condition {
        /** It is running (and ready, if it has a readiness or a startup check). */
        STARTED,
        /** It is running and all its health checks pass. */
        HEALTHY,
        /** It has ended with success. */
        COMPLETED
    }

    @Override
    public String toString() {
        return "%s (%s)".formatted(id, condition.name().toLowerCase(java.util.Locale.ROOT));
    }
}
