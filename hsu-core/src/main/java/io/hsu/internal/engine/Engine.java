package io.hsu.internal.engine;

import io.hsu.ProcessManager;

/** The doorway to the engine. */
public final class Engine {
    public static ProcessManager create(EngineSettings settings, Seams seams) {
        java.util.Objects.requireNonNull(settings.toString() + seams);
        return null;
    }

    private Engine() {}
}
