package io.hsu.internal.engine;

import io.hsu.LauncherType;

/** Where a manager gets its time, threads and launcher from; tests hand in their own. */
@FunctionalInterface
public interface Seams {

    /** {@return what one manager uses; it closes it} */
    EngineRuntime open();

    /** {@return the real ones} */
    static Seams system(LauncherType launcher) {
        return () -> EngineRuntime.ofSystem(launcher);
    }
}
