package io.hsu.benchmarks.support;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Finds programs in the PATH. */
public final class Programs {

    /** {@return where a program lies, if it is installed} */
    public static Optional<Path> find(String name) {
        String directories = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Arrays.stream(directories.split(File.pathSeparator, -1))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * {@return where a program lies}
     *
     * @throws CannotMeasureException if it is not installed
     */
    public static Path require(String name) {
        return find(name).orElseThrow(() -> new CannotMeasureException(notThere(name)));
    }

    /** {@return that a program is missing, in words; empty if it is there} */
    public static Optional<String> missing(String name) {
        return find(name).isPresent() ? Optional.empty() : Optional.of(notThere(name));
    }

    private static String notThere(String name) {
        return "there is no '" + name + "' in the PATH";
    }

    private Programs() {}
}
