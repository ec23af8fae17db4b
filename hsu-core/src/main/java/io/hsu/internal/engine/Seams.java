package io.hsu.internal.engine;

/** Where a manager gets its time, threads and launcher from; tests hand in their own. */
@FunctionalInterface
public interface Seams {

    /** {@return what one manager uses; it closes it} */
    EngineRuntime open();

    /** {@return the real ones} */
    static Seams system() {
        return EngineRuntime::ofSystem;
    }
}
