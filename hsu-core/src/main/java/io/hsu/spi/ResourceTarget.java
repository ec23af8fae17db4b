package io.hsu.spi;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** What is to be measured: a process, alone or with everything that came out of it. Safe for use by many threads. */
public interface ResourceTarget {

    /** {@return the operating system's process id} */
    long pid();

    /**
     * {@return when the process has begun, in clock ticks since the system's start, as Linux counts them (field 22 of
     * {@code /proc/<pid>/stat}); empty if that is not known} With the id it is the process's identity: a process that has the
     * id and not the time is another one. If it is empty, the first process that is seen is taken for the one that is meant.
     */
    default OptionalLong start() {
        return OptionalLong.empty();
    }

    /** {@return whether everything is measured that came out of the process, and not the process alone} */
    boolean tree();

    /**
     * {@return the directory of a control group (version 2) that holds the whole tree and nothing else, as far as the process
     * itself is in it} Asked at each pass: a process may get one late. It saves the look at the system's processes.
     */
    default Optional<Path> controlGroup() {
        return Optional.empty();
    }

    /**
     * {@return what the environment variable {@code HSU_LAUNCH_ID} of everything holds that came out of the process, alone or
     * between colons} By it, what has lost its parents is found.
     */
    default Optional<String> mark() {
        return Optional.empty();
    }
}
