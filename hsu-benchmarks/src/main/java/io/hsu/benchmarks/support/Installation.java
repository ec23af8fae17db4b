package io.hsu.benchmarks.support;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where this program lies. */
public final class Installation {

    /** {@return the jar, or the folder of classes, that this runs from} */
    public static Path jar() {
        try {
            return Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of this program is no path", e);
        }
    }

    /** {@return the folder it lies in: {@code hsu-benchmarks/target} where it was built} */
    public static Path directory() {
        return jar().getParent();
    }

    private Installation() {}
}
