package io.hsu.benchmarks.managers;

import io.hsu.benchmarks.support.Programs;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * The idle children of one run. Each sleeps, and its arguments say which run and which child it is; {@code sleep} adds them
 * up.
 *
 * @param sleep the program
 * @param run a number that no other run on the machine has
 * @param count how many there are
 */
record Children(Path sleep, long run, int count) {

    private static final String SECONDS = "100000";

    /** {@return some children of a run} */
    static Children of(long run, int count) {
        return new Children(Programs.require("sleep"), run, count);
    }

    /** {@return what the arguments of a host say, see {@link #toArguments}} */
    static Children parse(String sleep, String run, String count) {
        return new Children(Path.of(sleep), Long.parseLong(run), Integer.parseInt(count));
    }

    /** {@return arguments for a host in another JVM} */
    List<String> toArguments() {
        return List.of(sleep.toString(), Long.toString(run), Integer.toString(count));
    }

    /**
     * {@return the command line of one child}
     *
     * @param index from 0
     */
    List<String> command(int index) {
        return List.of(sleep.toString(), SECONDS, Long.toString(run), Integer.toString(index));
    }

    /** {@return the name of one child} */
    String name(int index) {
        return "child-" + index;
    }

    /**
     * {@return which child a process is, if it is one}
     *
     * @param cmdline what its {@code /proc/<pid>/cmdline} says: each argument with a NUL behind it
     */
    OptionalInt index(String cmdline) {
        String common = sleep + "\0" + SECONDS + "\0" + run + "\0";
        return cmdline.startsWith(common)
                ? OptionalInt.of(Integer.parseInt(cmdline.substring(common.length(), cmdline.length() - 1)))
                : OptionalInt.empty();
    }
}
