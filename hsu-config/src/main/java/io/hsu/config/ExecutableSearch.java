package io.hsu.config;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Looks whether an executable is where a start would look for it. */
final class ExecutableSearch {

    /**
     * {@return whether it is there, or may be}
     *
     * @param executable a path, or a bare name
     * @param searchPath the PATH of the child, or null
     */
    static boolean exists(Path executable, String searchPath) {
        if (executable.getParent() != null) {
            return Files.exists(executable);
        }
        // Windows tries endings that this does not know; a false alarm is worse than none.
        if (searchPath == null || File.separatorChar == '\\') {
            return true;
        }
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(searchPath)
                .anyMatch(directory -> isIn(directory, executable));
    }

    private static boolean isIn(String directory, Path executable) {
        try {
            return Files.exists(Path.of(directory).resolve(executable));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private ExecutableSearch() {}
}
