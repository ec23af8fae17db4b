package io.hsu.config;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Looks whether an executable is where a start would look for it. If not, that is only a warning: it may be installed
 * between now and the start.
 *
 * @param at where the file names it
 * @param executable a path, or a bare name
 * @param ownPath the PATH that the file gives the child
 * @param inheritedPath the PATH of this JVM, or null
 */
record ExecutableSearch(Value at, Path executable, Optional<String> ownPath, String inheritedPath) {

    /**
     * Warns if a start would not find it.
     *
     * @param cleared whether the child inherits nothing
     * @param fromFile whether the child has variables from a file, which is read at each start
     */
    void warnIfMissing(boolean cleared, boolean fromFile) {
        if (executable.getParent() != null) {
            if (!Files.exists(executable)) {
                warning("'%s' does not exist; a start will fail until it is there");
            }
        } else if (File.separatorChar == '\\' || (ownPath.isEmpty() && fromFile)) {
            // Windows tries endings that this does not know, and the file may have a PATH in it; a false alarm is worse
            // than none.
            return;
        } else if (cleared && ownPath.isEmpty()) {
            warning("'%s' is looked up in the child's PATH, but with clear_environment it has none;"
                    + " write the full path, or a PATH in environment");
        } else if (!isIn(ownPath.orElse(inheritedPath))) {
            warning("'%s' is not in the PATH; a start will fail until it is there");
        }
    }

    private void warning(String message) {
        at.source().problems().warning(at.place(), message.formatted(at.shown()));
    }

    private boolean isIn(String searchPath) {
        if (searchPath == null) {
            return true;
        }
        for (String directory : searchPath.split(File.pathSeparator, -1)) {
            // Not Files.exists: each look at a place where it is not would cost an exception.
            if (new File(directory.isEmpty() ? "." : directory, executable.toString()).exists()) {
                return true;
            }
        }
        return false;
    }
}
