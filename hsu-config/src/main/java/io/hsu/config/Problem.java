package io.hsu.config;

import java.nio.file.Path;

/**
 * Something that is wrong, or doubtful, at one place of a configuration file. Immutable and safe for use by many
 * threads.
 *
 * <p>What comes out of {@code ${env:...}} or {@code ${file:...}} is never part of a message; the reference is shown
 * instead.
 *
 * @param file the file
 * @param line where it stands, from 1
 * @param column where it stands in the line, from 1, in characters
 * @param path what it is about, such as {@code managed_processes[2].management.control.executable}; empty: the file as a
 *     whole
 * @param message what was found, what is allowed, and what to do
 */
public record Problem(Path file, int line, int column, String path, String message) {

    /** {@return the problem in one line, {@code file:line:column: path: message}} */
    @Override
    public String toString() {
        return "%s:%d:%d: %s%s".formatted(file, line, column, path.isEmpty() ? "" : path + ": ", message);
    }
}
