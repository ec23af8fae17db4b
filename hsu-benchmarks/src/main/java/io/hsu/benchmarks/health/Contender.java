package io.hsu.benchmarks.health;

import io.hsu.benchmarks.support.Installation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Who is measured, with what.
 *
 * @param key its short name on the command line
 * @param title its name in the table
 * @param host who looks
 * @param load at what
 */
record Contender(String key, String title, HealthHost.Kind host, Load load) {

    /** The JVM of this run is that of all contenders. */
    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /**
     * {@return the command that starts its JVM}
     *
     * @param flags of the JVM
     * @param directory where it leaves notes
     * @param ports the file that tells the endpoint's ports
     */
    List<String> command(List<String> flags, Path directory, Path ports) {
        List<String> command = new ArrayList<>();
        command.add(JAVA);
        command.addAll(flags);
        command.addAll(List.of("-cp", Installation.jar().toString(), HealthHost.class.getName()));
        command.addAll(HealthHost.arguments(host, directory, ports, load));
        return command;
    }
}
