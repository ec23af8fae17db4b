package io.hsu.benchmarks.managers;

import io.hsu.benchmarks.support.Session;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A process manager that can be told to run children and to replace those that die, as soon as it is able to. */
interface Manager {

    /** {@return its short name on the command line} */
    String key();

    /** {@return its name in the table} */
    String title();

    /** {@return what is missing to run it here, in words; empty: nothing} */
    Optional<String> missing();

    /**
     * Prepares a run; not part of any time.
     *
     * @param session where its files may go
     * @param children what it shall run
     * @return the command that starts it in the foreground
     */
    List<String> configure(Session session, Children children) throws IOException, InterruptedException;
}
