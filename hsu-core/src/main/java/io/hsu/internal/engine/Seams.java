package io.hsu.internal.engine;

public interface Seams {
    static Seams system() {
        return null;
    }
}
